import { Prisma } from '@/db/generated/client'
import { query, type Sql } from '@/db/sql'
import { isOpen } from './open-emails'

// By the kept counts: emails that failed or were skipped, and may be so because a step failed, are as many as the other ones
// that count. What cannot fail is not looked through by the tick, each minute.
const mayFail = Prisma.sql`(
  SELECT COALESCE(sum(count) FILTER (WHERE status IN ('failed', 'skipped')), 0)
         > COALESCE(sum(count) FILTER (WHERE status IN ('pending', 'sending', 'held')), 0)
         + CASE WHEN c.resumed_at IS NULL THEN COALESCE(sum(count) FILTER (WHERE status IN ('sent', 'cancelled')), 0) ELSE 0 END
  FROM (SELECT status, count FROM scheduled_email_counts WHERE campaign_id = c.id
        UNION ALL SELECT status, count FROM scheduled_email_count_changes WHERE campaign_id = c.id) counted)`

/**
 * Running campaigns (among `ids`, or all when null) with failed emails, and the two counts that decide whether they
 * fail: emails that failed, or were skipped because the step before them failed, against all emails. After a resume
 * only later failures count, over the emails that were open then: the cause was looked at.
 */
export const selectFailureCounts = (sql: Sql, ids: readonly string[] | null) =>
  query<{ id: string; failed: number; planned: number }>(sql)`
  SELECT c.id, emails.failed, emails.planned FROM campaigns c
  CROSS JOIN LATERAL (
    SELECT count(*) FILTER (WHERE se.status = 'failed' OR se.failure_reason = 'previous_step_not_delivered')::int AS failed,
           count(*)::int AS planned
    FROM scheduled_emails se
    WHERE se.campaign_id = c.id
      AND (c.resumed_at IS NULL OR se.ended_at > c.resumed_at OR ${isOpen('se')})) emails
  WHERE (${ids === null} OR c.id = ANY(${[...(ids ?? [])]}::uuid[]))
    AND c.status = 'running' AND c.emails_failed_count > 0 AND ${mayFail}`
