import { Prisma } from '@/db/generated/client'
import { execute, queryCount, queryOne, type Sql, type Tx } from '@/db/sql'

// For every lead at once what `tests/support/resume-shift.ts` says of one; a property test holds them together.
const overdue = (campaignId: string, now: Date) => Prisma.sql`
  SELECT lead_id, ${now}::timestamptz - min(scheduled_for) AS shift, count(*)::int AS emails, max(scheduled_for) AS last
  FROM scheduled_emails
  WHERE campaign_id = ${campaignId}::uuid AND status = 'pending'
  GROUP BY lead_id HAVING min(scheduled_for) < ${now}`

/** Shifts each lead's remaining emails by exactly how far its earliest one is overdue. Returns how many. */
export const shiftOverdue = (tx: Tx, campaignId: string, now: Date) =>
  execute(tx)`
  WITH overdue AS (${overdue(campaignId, now)})
  UPDATE scheduled_emails se
  SET scheduled_for = se.scheduled_for + overdue.shift, wait_reason = NULL, updated_at = ${now}
  FROM overdue
  WHERE se.campaign_id = ${campaignId}::uuid AND se.lead_id = overdue.lead_id AND se.status = 'pending'`

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
  WITH overdue AS (${overdue(campaignId, now)}), after AS (
    SELECT se.scheduled_for + COALESCE(overdue.shift, interval '0') AS due, overdue.shift
    FROM scheduled_emails se LEFT JOIN overdue ON overdue.lead_id = se.lead_id
    WHERE se.campaign_id = ${campaignId}::uuid AND se.status = 'pending'
  )
  SELECT (SELECT count(*)::int FROM overdue) AS "leadsShifted",
         count(*) FILTER (WHERE shift IS NOT NULL)::int AS "emailsShifted",
         count(*) FILTER (WHERE shift IS NULL)::int AS "emailsUnchanged",
         COALESCE(EXTRACT(epoch FROM max(shift)), 0)::float8 AS "largestShiftSeconds",
         min(due) AS "nextAt", max(due) AS "lastAt"
  FROM after`

/**
 * Shifts emails as `shiftOverdue` does, in all running campaigns, for leads whose earliest email is overdue by more
 * than 24 h.
 */
export const rescheduleLongOverdue = (sql: Sql, now: Date) =>
  queryCount(sql)`
  WITH overdue AS (
    SELECT c.id AS campaign_id, late.lead_id, late.shift FROM campaigns c
    CROSS JOIN LATERAL (
      SELECT lead_id, ${now}::timestamptz - min(scheduled_for) AS shift FROM scheduled_emails
      WHERE campaign_id = c.id AND status = 'pending' AND scheduled_for < ${now}::timestamptz - interval '24 hours'
      GROUP BY lead_id) late
    WHERE c.status = 'running'
  ), shifted AS (
    UPDATE scheduled_emails se SET scheduled_for = se.scheduled_for + overdue.shift, updated_at = ${now}
    FROM overdue
    WHERE se.campaign_id = overdue.campaign_id AND se.lead_id = overdue.lead_id AND se.status = 'pending'
    RETURNING 1
  )
  SELECT count(*)::int AS count FROM shifted`
