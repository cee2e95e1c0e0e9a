import { query, type Sql } from '@/db/sql'

/**
 * A campaign whose numbers are not those of its emails: `states` in which the kept counts differ, and by how many; the differences of
 * its counters of planned, sent and failed emails; and sent emails without a record.
 */
export type Imbalance = {
  name: string
  states: string[]
  scheduled: number
  sent: number
  failed: number
  unrecorded: number
}

/** Campaigns that are out of balance, by name. Reads every planned email: not for screens. */
export const selectImbalances = (sql: Sql) =>
  query<Imbalance>(sql)`
  WITH planned AS (
    SELECT campaign_id, status, count(*)::int AS count, count(*) FILTER (WHERE status = 'sent' AND email_id IS NULL)::int AS unrecorded
    FROM scheduled_emails GROUP BY 1, 2
  ), kept AS (
    SELECT campaign_id, status, sum(count)::int AS count
    FROM (SELECT campaign_id, status, count FROM scheduled_email_counts
          UNION ALL SELECT campaign_id, status, count FROM scheduled_email_count_changes) counted
    GROUP BY 1, 2
  ), by_state AS (
    SELECT campaign_id, status, COALESCE(p.count, 0) AS planned, COALESCE(k.count, 0) AS kept, COALESCE(p.unrecorded, 0) AS unrecorded
    FROM planned p FULL JOIN kept k USING (campaign_id, status)
  ), by_campaign AS (
    SELECT campaign_id, sum(planned)::int AS scheduled, COALESCE(sum(planned) FILTER (WHERE status = 'sent'), 0)::int AS sent,
      COALESCE(sum(planned) FILTER (WHERE status = 'failed'), 0)::int AS failed,
      sum(unrecorded)::int AS unrecorded,
      COALESCE(array_agg(status || ' ' || kept || ' instead of ' || planned ORDER BY status) FILTER (WHERE planned <> kept), '{}') AS states
    FROM by_state GROUP BY 1
  )
  SELECT c.name, COALESCE(b.states, '{}') AS states, COALESCE(b.unrecorded, 0) AS unrecorded,
    c.emails_scheduled_count - COALESCE(b.scheduled, 0) AS scheduled, c.emails_sent_count - COALESCE(b.sent, 0) AS sent,
    c.emails_failed_count - COALESCE(b.failed, 0) AS failed
  FROM campaigns c LEFT JOIN by_campaign b ON b.campaign_id = c.id
  WHERE b.states <> '{}' OR b.unrecorded > 0
    OR c.emails_scheduled_count <> COALESCE(b.scheduled, 0) OR c.emails_sent_count <> COALESCE(b.sent, 0)
    OR c.emails_failed_count <> COALESCE(b.failed, 0)
  ORDER BY c.name, c.id`
