import { queryOne, type Sql, type Tx } from '@/db/sql'

/** Inserts a batch. */
export const insertBatch = (sql: Sql, batch: { name: string; description: string | null; at: Date }) =>
  queryOne<{ id: string; name: string }>(sql)`
  INSERT INTO lead_batches (name, description, created_at, updated_at)
  VALUES (${batch.name}, ${batch.description}, ${batch.at}, ${batch.at})
  RETURNING id, name`

/** The batch, kept from being deleted until the transaction ends. */
export const lockBatch = (tx: Tx, batchId: string) =>
  queryOne<{ id: string; name: string }>(tx)`
  SELECT id, name FROM lead_batches WHERE id = ${batchId}::uuid FOR KEY SHARE`
