import { execute, type Sql } from '@/db/sql'

/** Adds leads to a batch; those in it already stay as they are. Returns how many are new to it. */
export const addLeadsToBatch = (sql: Sql, batch: { batchId: string; leadIds: readonly string[]; at: Date }) =>
  execute(sql)`
  INSERT INTO batch_leads (batch_id, lead_id, added_at)
  SELECT ${batch.batchId}::uuid, l.id, ${batch.at}::timestamptz FROM leads l WHERE l.id = ANY(${batch.leadIds}::uuid[])
  ON CONFLICT DO NOTHING
  RETURNING lead_id`
