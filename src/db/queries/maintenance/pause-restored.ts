import { execute, query, queryOne, type Sql, type Tx } from '@/db/sql'
import type { CampaignStatus } from '@/domain/campaign/state'

/** Campaigns of which something would happen by itself. */
export const selectCampaignsToPause = (tx: Tx) =>
  query<{ id: string; status: CampaignStatus }>(tx)`
  SELECT id, status FROM campaigns WHERE status IN ('running', 'scheduled') ORDER BY id FOR NO KEY UPDATE`

/**
 * Holds emails that may have left: those that were on the wire, and of campaigns that run those that were due before the restore.
 * They count as having left when they were due, so that a look into Sent knows where to look. Returns how many, by campaign.
 */
export const holdEmailsInDoubt = (tx: Tx, { reason, at }: { reason: string; at: Date }) =>
  query<{ campaignId: string; emails: number }>(tx)`
  WITH held AS (
    UPDATE scheduled_emails se
    SET status = 'held', held_at = ${at}, lease_until = NULL, failure_reason = ${reason}, wait_reason = NULL, updated_at = ${at},
        sending_since = CASE WHEN se.status = 'sending' THEN se.sending_since ELSE se.scheduled_for END
    FROM campaigns c
    WHERE c.id = se.campaign_id
      AND (se.status = 'sending' OR (se.status = 'pending' AND c.status = 'running' AND se.scheduled_for <= ${at}))
    RETURNING se.campaign_id
  )
  SELECT campaign_id AS "campaignId", count(*)::int AS emails FROM held GROUP BY campaign_id`

/** Holds what people have written and what had not left for sure. Returns how many. */
export const holdRepliesInDoubt = (tx: Tx, { reason, at }: { reason: string; at: Date }) =>
  execute(tx)`
  UPDATE replies SET status = 'held', held_at = ${at}, lease_until = NULL, reason = ${reason}, updated_at = ${at}
  WHERE status IN ('pending', 'sending')`

/** Emails to our own people about what they wanted to be told of: they may have had them. The app shows the same. */
export const dropNotificationEmails = (tx: Tx, { reason }: { reason: string }) =>
  execute(tx)`UPDATE notifications SET email = 'not_sent', email_failure = ${reason} WHERE email IN ('due', 'sending')`

/** Ends what opens a door that may have been closed since: sessions, one-time values and links for new passwords. And who worked then. */
export async function endSessions(tx: Tx): Promise<void> {
  await execute(tx)`DELETE FROM sessions`
  await execute(tx)`DELETE FROM verifications`
  await execute(tx)`DELETE FROM password_resets`
  await execute(tx)`DELETE FROM worker_heartbeats`
}

export const insertRestore = (tx: Tx, { takenAt, at }: { takenAt: Date; at: Date }) =>
  execute(tx)`INSERT INTO restores (taken_at, restored_at) VALUES (${takenAt}, ${at})`

/** The latest restore that no person has accepted yet. */
export const selectOpenRestore = (sql: Sql) =>
  queryOne<{ takenAt: Date; restoredAt: Date }>(sql)`
  SELECT taken_at AS "takenAt", restored_at AS "restoredAt" FROM restores
  WHERE accepted_at IS NULL ORDER BY restored_at DESC LIMIT 1`

/** Accepts every restore that is open. Returns how many. */
export const acceptOpenRestores = (sql: Sql, { by, at }: { by: string; at: Date }) =>
  execute(sql)`UPDATE restores SET accepted_at = ${at}, accepted_by = ${by} WHERE accepted_at IS NULL`

/** The campaign's emails that a restore has held and of which nobody knows yet; null without any. */
export const selectHeldByRestore = (sql: Sql, campaignId: string) =>
  queryOne<{ takenAt: Date; emails: number }>(sql)`
  SELECT r.taken_at AS "takenAt", count(*)::int AS emails
  FROM restores r JOIN scheduled_emails se ON se.held_at = r.restored_at
  WHERE se.campaign_id = ${campaignId}::uuid AND se.status = 'held'
  GROUP BY r.taken_at ORDER BY r.taken_at DESC LIMIT 1`
