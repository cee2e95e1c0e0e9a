import { Prisma } from '@/db/generated/client'
import { execute, type Sql } from '@/db/sql'
import type { EmailStatus } from '@/domain/campaign/progress'
import { isTakenOut } from '../leads/taken-out'
import { isStillPending } from './moved-emails'

export type RecordedDecision = { id: string; reason: string } & (
  | { kind: 'skip' | 'cancel' }
  | { kind: 'defer'; until: Date }
)

const ENDS = { skip: 'skipped', cancel: 'cancelled', defer: null } as const satisfies Record<string, EmailStatus | null>

/**
 * Writes the decisions about emails that don't leave now. A deferred email carries the lead's later steps along by
 * the same time, so that the gaps hold; a skipped or cancelled one takes them with it. What failed before keeps the reason of that. Only rows that
 * still are `pending` change, and are cancelled only while their lead is out of the campaign. It may be put back while the statement waits for
 * a row, so whoever cancels has locked the campaigns before (`lockCampaignsOfEmails`).
 */
export const recordDecisions = (sql: Sql, decisions: readonly RecordedDecision[], now: Date) =>
  execute(sql)`
  WITH decision AS (
    SELECT * FROM unnest(
      ${decisions.map((decision) => decision.id)}::uuid[],
      ${decisions.map((decision) => decision.reason)}::text[],
      ${decisions.map((decision) => (decision.kind === 'defer' ? decision.until : null))}::timestamptz[],
      ${decisions.map(({ kind }) => ENDS[kind])}::text[]
    ) AS d(id, reason, until, ends)
  ), decided AS (
    UPDATE scheduled_emails se
    SET status = COALESCE(d.ends, 'pending'),
        scheduled_for = GREATEST(se.scheduled_for, d.until),
        wait_reason = CASE WHEN d.until IS NOT NULL THEN d.reason END,
        failure_reason = CASE WHEN d.ends = 'skipped' THEN COALESCE(se.failure_reason, d.reason) ELSE se.failure_reason END,
        ended_at = CASE WHEN d.ends IS NOT NULL THEN ${now}::timestamptz END, updated_at = ${now}
    FROM decision d
    WHERE se.id = d.id AND se.status = 'pending'
      AND (d.ends IS DISTINCT FROM 'cancelled' OR ${isTakenOut(Prisma.sql`se.campaign_id`, Prisma.sql`se.lead_id`)})
    RETURNING new.campaign_id, new.lead_id, new.workflow_step_number, new.status,
              CASE WHEN d.ends = 'skipped' THEN d.reason END AS skip_reason,
              new.scheduled_for - old.scheduled_for AS shift
  )
  UPDATE scheduled_emails later
  SET status = decided.status, failure_reason = COALESCE(later.failure_reason, decided.skip_reason),
      ended_at = CASE WHEN decided.status <> 'pending' THEN ${now}::timestamptz END,
      scheduled_for = later.scheduled_for + decided.shift, updated_at = ${now}
  FROM decided
  WHERE later.campaign_id = decided.campaign_id AND later.lead_id = decided.lead_id
    AND later.workflow_step_number > decided.workflow_step_number AND ${isStillPending('later')}`
