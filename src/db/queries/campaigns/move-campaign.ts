import { Prisma } from '@/db/generated/client'
import { executeIf, queryOne, type Sql } from '@/db/sql'
import { type CampaignStatus, STOPPED, statusesBefore } from '@/domain/campaign/state'

export type Move = {
  id: string
  to: CampaignStatus
  /** Statuses it may come from; all legal ones when absent. */
  from?: readonly CampaignStatus[]
  at: Date
  actor: string | null
  kind: string
  message: string
  reason?: string | null
  /** Of the event. */
  details?: { templateId: string }
}

/** Fragment: a person has stopped the campaign `c`; it did not end by itself. */
export const isStopped = Prisma.sql`(c.status = 'completed' AND c.status_reason IS NOT DISTINCT FROM ${STOPPED})`

export type MovedCampaign = { was: CampaignStatus }

/** Moves the campaign only if it still is in one of `from`, and writes the event; what has anything to come is archived no more. Null when it was moved meanwhile. */
export const moveCampaignIf = (
  sql: Sql,
  { id, to, from = statusesBefore(to), at, actor, kind, message, reason = null, details }: Move,
) =>
  queryOne<MovedCampaign>(sql)`
  WITH moved AS (
    UPDATE campaigns SET status = ${to}, updated_at = ${at}, status_reason = ${reason},
      archived_at = CASE WHEN ${to} IN ('scheduled', 'running', 'paused') THEN NULL ELSE archived_at END,
      paused_at = CASE WHEN ${to} = 'paused' THEN ${at}::timestamptz ELSE paused_at END,
      resumed_at = CASE WHEN ${to} = 'running' AND status IN ('paused', 'failed') THEN ${at}::timestamptz ELSE resumed_at END,
      actual_started_at = CASE WHEN ${to} = 'running' THEN COALESCE(actual_started_at, ${at}::timestamptz) ELSE actual_started_at END,
      completed_at = CASE WHEN ${to} = 'completed' THEN ${at}::timestamptz END,
      failed_at = CASE ${to} WHEN 'failed' THEN ${at}::timestamptz WHEN 'running' THEN NULL ELSE failed_at END,
      failure_reason = CASE ${to} WHEN 'failed' THEN ${reason}::text WHEN 'running' THEN NULL ELSE failure_reason END
    WHERE id = ${id}::uuid AND status = ANY(${[...from]}::text[])
    RETURNING id, old.status AS was
  ), event AS (
    INSERT INTO campaign_events (campaign_id, at, kind, actor, from_status, to_status, message, details)
    SELECT id, ${at}::timestamptz, ${kind}, ${actor}, was, ${to}, ${message},
           ${details ? JSON.stringify(details) : null}::jsonb FROM moved
  )
  SELECT was FROM moved`

/**
 * Archives the campaign if it has one of these statuses, is not archived, and has no email of which nobody knows yet whether it left,
 * with its event. False when it was not.
 */
export const archiveCampaignIf = (
  sql: Sql,
  { id, from, at, actor }: { id: string; from: readonly CampaignStatus[]; at: Date; actor: string },
) =>
  executeIf(sql)`
  WITH archived AS (
    UPDATE campaigns SET archived_at = ${at}, updated_at = ${at}
    WHERE id = ${id}::uuid AND archived_at IS NULL AND status = ANY(${[...from]}::text[])
      AND NOT EXISTS (SELECT 1 FROM scheduled_emails e WHERE e.campaign_id = campaigns.id AND e.status IN ('sending', 'held'))
    RETURNING id
  )
  INSERT INTO campaign_events (campaign_id, at, kind, actor, message)
  SELECT id, ${at}::timestamptz, 'archived', ${actor}, 'Archived' FROM archived`

/** Puts it back on the lists, with its event. False when it was not archived. */
export const unarchiveCampaignIf = (sql: Sql, { id, at, actor }: { id: string; at: Date; actor: string }) =>
  executeIf(sql)`
  WITH back AS (
    UPDATE campaigns SET archived_at = NULL, updated_at = ${at} WHERE id = ${id}::uuid AND archived_at IS NOT NULL
    RETURNING id
  )
  INSERT INTO campaign_events (campaign_id, at, kind, actor, message)
  SELECT id, ${at}::timestamptz, 'unarchived', ${actor}, 'Taken out of the archive' FROM back`
