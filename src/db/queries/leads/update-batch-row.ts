import { Prisma } from '@/db/generated/client'
import { execute, executeIf, type Tx } from '@/db/sql'

/** Writes the fields that are given. Returns false when the batch is gone. */
export const updateBatchRow = (
  tx: Tx,
  id: string,
  { name, description }: { name?: string | undefined; description?: string | null | undefined },
  at: Date,
) => {
  const assignments = [Prisma.sql`updated_at = ${at}`]
  if (name !== undefined) assignments.push(Prisma.sql`name = ${name}`)
  if (description !== undefined) assignments.push(Prisma.sql`description = ${description || null}`)
  return executeIf(tx)`UPDATE lead_batches SET ${Prisma.join(assignments)} WHERE id = ${id}::uuid RETURNING id`
}

/** Takes leads out of a batch; the leads stay. Returns how many were in it. */
export const removeLeadsFromBatch = (tx: Tx, batchId: string, leadIds: readonly string[]) =>
  execute(tx)`
  DELETE FROM batch_leads WHERE batch_id = ${batchId}::uuid AND lead_id = ANY(${leadIds}::uuid[]) RETURNING lead_id`
