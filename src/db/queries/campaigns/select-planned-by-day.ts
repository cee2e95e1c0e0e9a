import { query, type Sql } from '@/db/sql'
import type { CampaignStatus } from '@/domain/campaign/state'

/**
 * Bookings against a mailbox's daily limit, by its local day: emails planned by campaigns that are not over (overdue
 * ones leave today), and today's reservations. One index range a campaign (idx_scheduled_emails_due).
 */
export const selectPlannedByDay = (
  sql: Sql,
  input: {
    mailboxId: string
    timezone: string
    today: string
    now: Date
  },
) =>
  query<{ day: string; emails: number }>(sql)`
  SELECT day, sum(emails)::int AS emails FROM (
    SELECT to_char(GREATEST(se.scheduled_for, ${input.now}) AT TIME ZONE ${input.timezone}, 'YYYY-MM-DD') AS day, count(*) AS emails
    FROM campaign_mailboxes cm
    JOIN campaigns c ON c.id = cm.campaign_id AND c.status IN ('running', 'paused', 'failed')
    JOIN scheduled_emails se ON se.campaign_id = c.id AND se.mailbox_id = cm.mailbox_id AND se.status = 'pending'
    WHERE cm.mailbox_id = ${input.mailboxId}::uuid
    GROUP BY 1
    UNION ALL
    SELECT to_char(day, 'YYYY-MM-DD'), reserved FROM mailbox_days
    WHERE mailbox_id = ${input.mailboxId}::uuid AND day = ${input.today}::date) booked
  GROUP BY day`

/**
 * When emails are due from a mailbox that campaigns in these states have planned, in the order in which they leave:
 * overdue ones now, follow-ups first. Emails of one campaign that are due together are one row.
 */
export const selectPlannedTimes = (
  sql: Sql,
  input: { mailboxId: string; statuses: readonly CampaignStatus[]; now: Date },
) =>
  query<{ at: Date; campaignId: string; emails: number }>(sql)`
  SELECT GREATEST(se.scheduled_for, ${input.now}::timestamptz) AS at, c.id AS "campaignId", count(*)::int AS emails
  FROM campaign_mailboxes cm
  JOIN campaigns c ON c.id = cm.campaign_id AND c.status = ANY(${[...input.statuses]}::text[])
  JOIN scheduled_emails se ON se.campaign_id = c.id AND se.mailbox_id = cm.mailbox_id AND se.status = 'pending'
  WHERE cm.mailbox_id = ${input.mailboxId}::uuid
  GROUP BY 1, 2, se.workflow_step_number = 1
  ORDER BY 1, se.workflow_step_number = 1, 2`
