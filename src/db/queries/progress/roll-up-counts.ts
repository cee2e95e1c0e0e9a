import { execute, type Sql } from '@/db/sql'

/**
 * Adds the noted changes to the counts of planned emails, in one statement: a reader sees either the changes or their
 * sum. At most `limit` at a time; changes that another tick is rolling up are left to it, and those of deleted
 * campaigns are deleted with them.
 */
export const rollUpCountChanges = (sql: Sql, limit: number) =>
  execute(sql)`
  WITH taken AS (
    DELETE FROM scheduled_email_count_changes
    WHERE id IN (SELECT id FROM scheduled_email_count_changes ORDER BY id LIMIT ${limit} FOR UPDATE SKIP LOCKED)
    RETURNING campaign_id, workflow_step_number, status, day, count, first_at, last_at
  ), total AS (
    SELECT campaign_id, workflow_step_number, status, day, sum(count)::int AS count, min(first_at) AS first_at, max(last_at) AS last_at
    FROM taken WHERE campaign_id IN (SELECT id FROM campaigns) GROUP BY 1, 2, 3, 4
  )
  INSERT INTO scheduled_email_counts AS c (campaign_id, workflow_step_number, status, day, count, first_at, last_at)
  SELECT * FROM total ORDER BY 1, 2, 3, 4
  ON CONFLICT (campaign_id, workflow_step_number, status, day) DO UPDATE
  SET count = c.count + EXCLUDED.count, first_at = LEAST(c.first_at, EXCLUDED.first_at), last_at = GREATEST(c.last_at, EXCLUDED.last_at)`
