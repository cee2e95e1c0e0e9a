import { Prisma } from '@/db/generated/client'
import { query, type Sql, type Tx } from '@/db/sql'
import { isTakenOut } from '../leads/taken-out'
import { isOfRestore } from '../restores/of-restore'
import { emailsOfLead, isStillPending } from './moved-emails'

/**
 * Holds emails still `sending` after their lease: their worker is gone, and whether they were delivered is unknown.
 * Returns how many, by campaign and mailbox.
 */
export const holdIfLeaseExpired = (tx: Tx, { realNow, now, reason }: { realNow: Date; now: Date; reason: string }) =>
  query<{ campaignId: string; mailboxId: string; emails: number }>(tx)`
  WITH lapsed AS (
    UPDATE scheduled_emails
    SET status = 'held', held_at = ${now}, lease_until = NULL, updated_at = ${now},
        failure_reason = ${reason}
    WHERE status = 'sending' AND lease_until < ${realNow}
    RETURNING campaign_id, mailbox_id
  )
  SELECT campaign_id AS "campaignId", mailbox_id AS "mailboxId", count(*)::int AS emails FROM lapsed GROUP BY 1, 2`

/**
 * Emails held at or before `heldBefore`, by campaign: those that the setting resolves. `isRestored`: they were held when a backup was
 * restored, or by that, so that somebody may have resolved them since, and they may have left.
 */
export const selectHeldBefore = (sql: Sql, heldBefore: Date) =>
  query<{ campaignId: string; ids: string[]; isRestored: boolean }>(sql)`
  SELECT campaign_id AS "campaignId", array_agg(id) AS ids, ${isOfRestore(Prisma.sql`held_at`)} AS "isRestored"
  FROM scheduled_emails
  WHERE status = 'held' AND held_at <= ${heldBefore}
  GROUP BY 1, 3`

const isOut = isTakenOut(Prisma.sql`se.campaign_id`, Prisma.sql`se.lead_id`)

/**
 * Puts held emails back to be sent again, in a campaign that is not over, and shifts the lead's later steps along; those of a
 * lead that was taken out of the campaign are cancelled. Returns those that it has put back or cancelled. The campaign is locked first: a Stop or a completion that is being
 * decided waits, and then sees the emails.
 */
export const putHeldBack = (
  sql: Sql,
  {
    campaignId,
    ids,
    now,
  }: {
    campaignId: string
    ids: readonly string[]
    now: Date
  },
) =>
  query<{ id: string; isPlanned: boolean }>(sql)`
  WITH campaign AS MATERIALIZED (
    SELECT id FROM campaigns WHERE id = ${campaignId}::uuid AND status IN ('running', 'paused', 'failed')
    FOR NO KEY UPDATE
  ), back AS (
    UPDATE scheduled_emails se
    SET status = CASE WHEN ${isOut} THEN 'cancelled' ELSE 'pending' END,
        ended_at = CASE WHEN ${isOut} THEN ${now}::timestamptz END,
        scheduled_for = GREATEST(se.scheduled_for, ${now}), held_at = NULL, failure_reason = NULL, updated_at = ${now}
    FROM campaign c
    WHERE se.campaign_id = c.id AND se.id = ANY(${[...ids]}::uuid[]) AND se.status = 'held'
    RETURNING new.id, new.status, new.lead_id, new.workflow_step_number, new.scheduled_for - old.scheduled_for AS shift
  ), later AS (
    UPDATE scheduled_emails later SET scheduled_for = later.scheduled_for + back.shift, updated_at = ${now}
    FROM back CROSS JOIN ${emailsOfLead('back')}
    WHERE later.id = own.id AND own.campaign_id = ${campaignId}::uuid AND ${isStillPending('later')}
      AND own.workflow_step_number > back.workflow_step_number
  )
  SELECT id, status = 'pending' AS "isPlanned" FROM back`

export type HeldEmail = { id: string; claim: number }

/** The held emails among `ids` (all of the campaign when null), with their fencing token. */
export const selectHeld = (sql: Sql, { campaignId, ids }: { campaignId: string; ids: readonly string[] | null }) =>
  query<HeldEmail>(sql)`
  SELECT id, claim FROM scheduled_emails
  WHERE campaign_id = ${campaignId}::uuid AND status = 'held'
    AND (${ids === null} OR id = ANY(${[...(ids ?? [])]}::uuid[]))`
