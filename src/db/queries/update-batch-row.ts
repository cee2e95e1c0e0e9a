import { Prisma } from '../generated/client'

/** Writes the fields that are given. No row: the batch is gone. */
export const updateBatchRow = (
  id: string,
  { name, description }: { name?: string | undefined; description?: string | null | undefined },
  at: Date,
) => {
  const assignments = [Prisma.sql`updated_at = ${at}`]
  if (name !== undefined) assignments.push(Prisma.sql`name = ${name}`)
  if (description !== undefined) assignments.push(Prisma.sql`description = ${description || null}`)
  return Prisma.sql`UPDATE lead_batches SET ${Prisma.join(assignments)} WHERE id = ${id}::uuid RETURNING id`
}

/** Takes leads out of a batch; the leads stay. Answers those that were in it. */
export const removeLeadsFromBatch = (batchId: string, leadIds: readonly string[]) => Prisma.sql`
  DELETE FROM batch_leads WHERE batch_id = ${batchId}::uuid AND lead_id = ANY(${leadIds}::uuid[]) RETURNING lead_id`
