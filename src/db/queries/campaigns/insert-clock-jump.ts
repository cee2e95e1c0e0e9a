import { execute, type Sql } from '@/db/sql'

/**
 * Writes the jump of the clock into the history of each running campaign, once: another process has noticed
 * it, too.
 */
export const insertClockJump = (sql: Sql, { at, message }: { at: Date; message: string }) =>
  execute(sql)`
  INSERT INTO campaign_events (campaign_id, at, kind, actor, message)
  SELECT c.id, ${at}::timestamptz, 'clock_jumped', NULL, ${message}
  FROM campaigns c
  WHERE c.status = 'running' AND NOT EXISTS (
      SELECT FROM campaign_events e
      WHERE e.campaign_id = c.id AND e.kind = 'clock_jumped'
        AND e.at BETWEEN ${new Date(at.getTime() - 300_000)} AND ${new Date(at.getTime() + 300_000)})`
