import { Prisma } from '../generated/client'

export type StepCount = {
  stepNumber: number
  status: string
  count: number
  firstAt: Date
  lastAt: Date
}

/** Counts by step and state, with the span of their times: one pass over the campaign's rows. */
export const readStepCounts = (campaignId: string) => Prisma.sql`
  SELECT workflow_step_number AS "stepNumber", status, count(*)::int AS count,
         min(scheduled_for) AS "firstAt", max(scheduled_for) AS "lastAt"
  FROM scheduled_emails WHERE campaign_id = ${campaignId}::uuid
  GROUP BY workflow_step_number, status`

/** Ledgers of several campaigns, for lists. */
export const readLedgers = (campaignIds: readonly string[]) => Prisma.sql`
  SELECT campaign_id AS "campaignId", status, count(*)::int AS count
  FROM scheduled_emails WHERE campaign_id = ANY(${[...campaignIds]}::uuid[])
  GROUP BY campaign_id, status`

/** Mails by local day: `planned` by their time, `sent` by when they left. */
export const readDays = ({ campaignId, timezone }: { campaignId: string; timezone: string }) => Prisma.sql`
  SELECT to_char(COALESCE(sent_at, scheduled_for) AT TIME ZONE ${timezone}, 'YYYY-MM-DD') AS day,
         count(*)::int AS planned, count(*) FILTER (WHERE status = 'sent')::int AS sent
  FROM scheduled_emails
  WHERE campaign_id = ${campaignId}::uuid AND status NOT IN ('skipped', 'cancelled')
  GROUP BY 1 ORDER BY 1`

/** Failed mails by reason, most frequent first. */
export const readFailures = (campaignId: string) => Prisma.sql`
  SELECT COALESCE(failure_reason, 'No reason was recorded') AS reason, count(*)::int AS count
  FROM scheduled_emails WHERE campaign_id = ${campaignId}::uuid AND status = 'failed'
  GROUP BY 1 ORDER BY 2 DESC LIMIT 20`

/** The mail that leaves next, if nothing holds it back. */
export const readNextMail = (campaignId: string) => Prisma.sql`
  SELECT se.id, se.scheduled_for AS at, se.workflow_step_number AS "stepNumber", l.id AS "leadId",
         COALESCE(l.company_name, l.contact_name, l.email) AS "leadName", se.mailbox_id AS "mailboxId"
  FROM scheduled_emails se JOIN leads l ON l.id = se.lead_id
  WHERE se.campaign_id = ${campaignId}::uuid AND se.status = 'pending'
  ORDER BY se.scheduled_for, se.workflow_step_number DESC, se.id LIMIT 1`
