import { Prisma } from '@/db/generated/client'
import { query, queryOne, type Sql } from '@/db/sql'
import { ASSUMED_DELIVERED, type EmailStatus } from '@/domain/campaign/progress'
import { isFirstStep, isOfPart } from '../delivery/queue-part'

export type StepCount = {
  stepNumber: number
  status: EmailStatus
  count: number
  firstAt: Date
  lastAt: Date
}

/** Fragment: the counts that the database keeps, what is summed up and what was noted since. One statement sees both as one. */
export const countsOf = (campaigns: Prisma.Sql) => Prisma.sql`(
  SELECT campaign_id, workflow_step_number, status, day, count, first_at, last_at
  FROM scheduled_email_counts WHERE campaign_id ${campaigns}
  UNION ALL
  SELECT campaign_id, workflow_step_number, status, day, count, first_at, last_at
  FROM scheduled_email_count_changes WHERE campaign_id ${campaigns}) counted`

/**
 * Counts by step and state, with the span of their times. The span is exact by the local day: times of emails that moved
 * on to another day do not count, those of emails that moved within one still do.
 */
export const selectStepCounts = (sql: Sql, campaignId: string) =>
  query<StepCount>(sql)`
  SELECT workflow_step_number AS "stepNumber", status, sum(count)::int AS count,
         min(first_at) AS "firstAt", max(last_at) AS "lastAt"
  FROM (SELECT workflow_step_number, status, day, sum(count) AS count, min(first_at) AS first_at, max(last_at) AS last_at
        FROM ${countsOf(Prisma.sql`= ${campaignId}::uuid`)}
        GROUP BY workflow_step_number, status, day HAVING sum(count) <> 0) by_day
  GROUP BY workflow_step_number, status`

/** Ledgers of several campaigns, for lists; first emails apart, of which each lead gets one. */
export const selectLedgers = (sql: Sql, campaignIds: readonly string[]) =>
  query<{ campaignId: string; status: EmailStatus; isFirstStep: boolean; count: number }>(sql)`
  SELECT campaign_id AS "campaignId", status, workflow_step_number = 1 AS "isFirstStep", sum(count)::int AS count
  FROM ${countsOf(Prisma.sql`= ANY(${[...campaignIds]}::uuid[])`)}
  GROUP BY 1, 2, 3`

export type DayCount = { day: string; planned: number; sent: number; failed: number }

/** Emails by local day: `planned` by their time, `sent` by when they left. */
export const selectDays = (sql: Sql, campaignId: string) =>
  query<DayCount>(sql)`
  SELECT to_char(day, 'YYYY-MM-DD') AS day, sum(count)::int AS planned,
         COALESCE(sum(count) FILTER (WHERE status = 'sent'), 0)::int AS sent,
         COALESCE(sum(count) FILTER (WHERE status = 'failed'), 0)::int AS failed
  FROM ${countsOf(Prisma.sql`= ${campaignId}::uuid`)}
  WHERE status NOT IN ('skipped', 'cancelled')
  GROUP BY day HAVING sum(count) <> 0 ORDER BY day`

// Written out, not as a parameter: the partial index is chosen by it.
const assumed = Prisma.raw(`'${ASSUMED_DELIVERED}'`)

/**
 * Sent emails of which a person or the setting decided that they were delivered: no server has said so. Most campaigns
 * never had such a decision, and their emails are not looked through (idx_emails_assumed).
 */
export const countAssumed = (sql: Sql, campaignId: string) =>
  query<{ count: number }>(sql)`
  SELECT count(*)::int AS count FROM emails WHERE campaign_id = ${campaignId}::uuid AND response = ${assumed}`

/** Failed emails by reason (null: none was recorded), most frequent first. */
export const selectFailures = (sql: Sql, campaignId: string) =>
  query<{ reason: string | null; count: number; lead: string }>(sql)`
  SELECT se.failure_reason AS reason, count(*)::int AS count,
         min(COALESCE(NULLIF(l.contact_name, ''), NULLIF(l.company_name, ''), l.email)) AS lead
  FROM scheduled_emails se JOIN leads l ON l.id = se.lead_id
  WHERE se.campaign_id = ${campaignId}::uuid AND se.status = 'failed'
  GROUP BY 1 ORDER BY 2 DESC LIMIT 20`

// The ends of the campaign's queues, each read from the partial index idx_scheduled_emails_due.
const endOfQueue = (campaignId: string, first: boolean, direction: 'ASC' | 'DESC') => Prisma.sql`(
  SELECT se.* FROM scheduled_emails se
  WHERE se.campaign_id = ${campaignId}::uuid AND se.mailbox_id = cm.mailbox_id AND se.status = 'pending'
    AND ${isFirstStep(first)}
  ORDER BY se.scheduled_for ${Prisma.raw(direction)} LIMIT 1)`

const endsOfQueues = (campaignId: string, direction: 'ASC' | 'DESC') => Prisma.sql`
  campaign_mailboxes cm CROSS JOIN LATERAL (
    ${endOfQueue(campaignId, false, direction)} UNION ALL ${endOfQueue(campaignId, true, direction)}) se`

export type NextPlanned = {
  id: string
  at: Date
  stepNumber: number
  leadId: string
  leadName: string
  mailboxId: string
}

/** The email that is due first among the pending ones. */
export const selectNextEmail = (sql: Sql, campaignId: string) =>
  queryOne<NextPlanned>(sql)`
  SELECT se.id, se.scheduled_for AS at, se.workflow_step_number AS "stepNumber", l.id AS "leadId",
         COALESCE(l.company_name, l.contact_name, l.email) AS "leadName", se.mailbox_id AS "mailboxId"
  FROM ${endsOfQueues(campaignId, 'ASC')} JOIN leads l ON l.id = se.lead_id
  WHERE cm.campaign_id = ${campaignId}::uuid
  ORDER BY se.scheduled_for, se.workflow_step_number DESC, se.id LIMIT 1`

/** The time at which the last planned email is due. */
export const selectLastPlanned = (sql: Sql, campaignId: string) =>
  queryOne<{ at: Date | null }>(sql)`
  SELECT max(se.scheduled_for) AS at FROM ${endsOfQueues(campaignId, 'DESC')} WHERE cm.campaign_id = ${campaignId}::uuid`

/** When the next pending email of each of these campaigns is due: the heads of its queues (idx_scheduled_emails_due). */
export const selectNextTimes = (sql: Sql, campaignIds: readonly string[]) =>
  query<{ campaignId: string; at: Date }>(sql)`
  SELECT cm.campaign_id AS "campaignId", min(head.scheduled_for) AS at
  FROM campaign_mailboxes cm CROSS JOIN (VALUES (1), (2)) AS kind(part)
  CROSS JOIN LATERAL (
    SELECT se.scheduled_for FROM scheduled_emails se
    WHERE se.campaign_id = cm.campaign_id AND se.mailbox_id = cm.mailbox_id AND se.status = 'pending'
      AND ${isOfPart(Prisma.sql`kind.part`)}
    ORDER BY se.scheduled_for LIMIT 1) head
  WHERE cm.campaign_id = ANY(${[...campaignIds]}::uuid[])
  GROUP BY 1`
