import { query, type Sql } from '@/db/sql'

/** Adds leads to a batch; those in it already stay as they are. Returns those that are new to it. */
export const addLeadsToBatch = (sql: Sql, batch: { batchId: string; leadIds: readonly string[]; at: Date }) =>
  query<{ leadId: string }>(sql)`
  INSERT INTO batch_leads (batch_id, lead_id, added_at)
  SELECT ${batch.batchId}::uuid, l.id, ${batch.at}::timestamptz FROM leads l WHERE l.id = ANY(${batch.leadIds}::uuid[])
  ORDER BY l.id
  ON CONFLICT DO NOTHING
  RETURNING lead_id AS "leadId"`
