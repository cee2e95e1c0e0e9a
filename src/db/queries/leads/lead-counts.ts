import { execute, query, type Sql } from '@/db/sql'
import type { LeadStatus } from '@/domain/lead/status'

/** Under this id stand the counts of all leads. */
export const ALL_LEADS = '00000000-0000-0000-0000-000000000000'

/** How many leads of each batch have which status, from the counts that the database keeps; all leads under `ALL_LEADS`. */
export const selectLeadCounts = (sql: Sql, batchIds: readonly string[]) =>
  query<{ batchId: string; status: LeadStatus; count: number }>(sql)`
  SELECT batch_id AS "batchId", status, sum(count)::int AS count FROM (
    SELECT batch_id, status, count FROM lead_counts WHERE batch_id = ANY(${[...batchIds]}::uuid[])
    UNION ALL
    SELECT batch_id, status, count FROM lead_count_changes WHERE batch_id = ANY(${[...batchIds]}::uuid[])) counted
  GROUP BY 1, 2 HAVING sum(count) > 0`

/**
 * Adds the noted changes to the counts of leads, in one statement: a reader sees either the changes or their sum. At most
 * `limit` at a time; changes that another tick is rolling up are left to it, and those of deleted batches go with them.
 */
export const rollUpLeadCounts = (sql: Sql, limit: number) =>
  execute(sql)`
  WITH taken AS (
    DELETE FROM lead_count_changes
    WHERE id IN (SELECT id FROM lead_count_changes ORDER BY id LIMIT ${limit} FOR UPDATE SKIP LOCKED)
    RETURNING batch_id, status, count
  ), gone AS (
    DELETE FROM lead_counts
    WHERE batch_id IN (SELECT batch_id FROM taken) AND batch_id <> ${ALL_LEADS}::uuid
      AND batch_id NOT IN (SELECT id FROM lead_batches)
  )
  INSERT INTO lead_counts AS c (batch_id, status, count)
  SELECT batch_id, status, sum(count)::int FROM taken
  WHERE batch_id = ${ALL_LEADS}::uuid OR batch_id IN (SELECT id FROM lead_batches)
  GROUP BY 1, 2 ORDER BY 1, 2
  ON CONFLICT (batch_id, status) DO UPDATE SET count = c.count + EXCLUDED.count`
