import { query, type Sql } from '@/db/sql'

/**
 * What counts against a mailbox's daily limit, by its local day: what these campaigns have planned (overdue emails leave today), and
 * today's reservations. One index range a campaign (idx_scheduled_emails_due).
 */
export const selectBookedByDay = (
  sql: Sql,
  input: { mailboxId: string; campaignIds: readonly string[]; timezone: string; today: string; now: Date },
) =>
  query<{ day: string; emails: number }>(sql)`
  SELECT day, sum(emails)::int AS emails FROM (
    SELECT to_char(GREATEST(scheduled_for, ${input.now}) AT TIME ZONE ${input.timezone}, 'YYYY-MM-DD') AS day, count(*) AS emails
    FROM scheduled_emails
    WHERE campaign_id = ANY(${[...input.campaignIds]}::uuid[]) AND mailbox_id = ${input.mailboxId}::uuid AND status = 'pending'
    GROUP BY 1
    UNION ALL
    SELECT to_char(day, 'YYYY-MM-DD'), reserved FROM mailbox_days
    WHERE mailbox_id = ${input.mailboxId}::uuid AND day = ${input.today}::date) booked
  GROUP BY day`
