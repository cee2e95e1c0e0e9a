import { Prisma } from '../generated/client'

export const insertBatch = (batch: { name: string; description: string | null; at: Date }) => Prisma.sql`
  INSERT INTO lead_batches (name, description, created_at, updated_at)
  VALUES (${batch.name}, ${batch.description}, ${batch.at}, ${batch.at})
  RETURNING id, name`

/** The batch, kept from being deleted until the transaction ends. */
export const lockBatch = (batchId: string) => Prisma.sql`
  SELECT id, name FROM lead_batches WHERE id = ${batchId}::uuid FOR KEY SHARE`
