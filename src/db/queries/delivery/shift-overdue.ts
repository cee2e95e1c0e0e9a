import { Prisma } from '@/db/generated/client'
import { execute, queryOne, type Sql, type Tx } from '@/db/sql'
import { isStillPending } from './moved-emails'
import { isOfPart } from './queue-part'

// For every lead at once what `tests/support/resume-shift.ts` says of one; a property test holds them together. By a window,
// and never by a join of leads with emails: the server takes a campaign that it has no statistics of for a single row, and
// compared every lead with every email.
const remaining = (campaignId: Prisma.Sql, now: Date) => Prisma.sql`
  SELECT e.id, e.lead_id, e.scheduled_for,
         ${now}::timestamptz - min(e.scheduled_for) OVER (PARTITION BY e.lead_id) AS overdue
  FROM scheduled_emails e WHERE e.campaign_id = ${campaignId} AND e.status = 'pending'`

/** Shifts each lead's remaining emails by exactly how far its earliest one is overdue. Returns how many. */
export const shiftOverdue = (tx: Tx, campaignId: string, now: Date) =>
  execute(tx)`
  UPDATE scheduled_emails se
  SET scheduled_for = se.scheduled_for + remaining.overdue, wait_reason = NULL, updated_at = ${now}
  FROM (${remaining(Prisma.sql`${campaignId}::uuid`, now)}) remaining
  WHERE se.id = remaining.id AND remaining.overdue > interval '0' AND ${isStillPending('se')}`

export type ShiftPreview = {
  leadsShifted: number
  emailsShifted: number
  emailsUnchanged: number
  /** The largest shift, in seconds. */
  largestShiftSeconds: number
  nextAt: Date | null
  lastAt: Date | null
}

/** The effect of `shiftOverdue`, without it: how many emails, and how far. */
export const previewShift = (sql: Sql, campaignId: string, now: Date) =>
  queryOne<ShiftPreview>(sql)`
  SELECT count(DISTINCT lead_id) FILTER (WHERE shift > interval '0')::int AS "leadsShifted",
         count(*) FILTER (WHERE shift > interval '0')::int AS "emailsShifted",
         count(*) FILTER (WHERE shift = interval '0')::int AS "emailsUnchanged",
         COALESCE(EXTRACT(epoch FROM max(shift)), 0)::float8 AS "largestShiftSeconds",
         min(scheduled_for + shift) AS "nextAt", max(scheduled_for + shift) AS "lastAt"
  FROM (SELECT lead_id, scheduled_for, GREATEST(overdue, interval '0') AS shift
        FROM (${remaining(Prisma.sql`${campaignId}::uuid`, now)}) remaining) moved`

// The head of each of the campaign's queues, as idx_scheduled_emails_due has them: what nothing is wrong with costs nothing.
const hasLongOverdue = (now: Date) => Prisma.sql`EXISTS (
  SELECT 1 FROM campaign_mailboxes cm CROSS JOIN (VALUES (1), (2)) AS kind(part)
  CROSS JOIN LATERAL (
    SELECT se.scheduled_for FROM scheduled_emails se
    WHERE se.campaign_id = c.id AND se.mailbox_id = cm.mailbox_id AND se.status = 'pending' AND ${isOfPart(Prisma.sql`kind.part`)}
    ORDER BY se.scheduled_for LIMIT 1) head
  WHERE cm.campaign_id = c.id AND head.scheduled_for < ${now}::timestamptz - interval '24 hours')`

/**
 * Shifts emails as `shiftOverdue` does, in all running campaigns, for leads whose earliest email is overdue by more
 * than 24 h. Returns how many.
 */
export const rescheduleLongOverdue = (sql: Sql, now: Date) =>
  execute(sql)`
  UPDATE scheduled_emails se SET scheduled_for = se.scheduled_for + late.overdue, updated_at = ${now}
  FROM (SELECT remaining.id, remaining.overdue FROM campaigns c
        CROSS JOIN LATERAL (${remaining(Prisma.sql`c.id`, now)}) remaining
        WHERE c.status = 'running' AND ${hasLongOverdue(now)}) late
  WHERE se.id = late.id AND late.overdue > interval '24 hours' AND ${isStillPending('se')}`
