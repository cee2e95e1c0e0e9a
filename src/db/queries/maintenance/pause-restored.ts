import { Prisma } from '@/db/generated/client'
import { execute, query, queryOne, type Sql, type Tx } from '@/db/sql'
import type { CampaignStatus } from '@/domain/campaign/state'

/** Campaigns of which something would happen by itself. */
export const selectCampaignsToPause = (tx: Tx) =>
  query<{ id: string; status: CampaignStatus }>(tx)`
  SELECT id, status FROM campaigns WHERE status IN ('running', 'scheduled') ORDER BY id FOR NO KEY UPDATE`

/**
 * Campaign time at the restore: `at`, or what simulated time says then. Never before the backup, whose clock may have been another one.
 */
export const selectCampaignTime = (tx: Tx, { takenAt, at }: { takenAt: Date; at: Date }) =>
  queryOne<{ now: Date }>(tx)`
  SELECT GREATEST(${takenAt}::timestamptz, ${at}::timestamptz,
                  (SELECT LEAST(starts_at + (${at}::timestamptz - real_origin) * speed, ${at}::timestamptz + interval '100 years')
                   FROM simulated_clock)) AS now`

type InDoubt = { reason: string; at: Date; now: Date }

/**
 * Holds emails that may have left: those that were on the wire, and those that were due before the restore, whatever their campaign did
 * when the backup was made: one that was paused may have been resumed since. They count as having left when they were due, so that a
 * look into Sent knows where to look, and as claimed, so that links and answers know to whom; those of today count against the limits
 * of today. Returns how many, by campaign. `now`: campaign time.
 */
export const holdEmailsInDoubt = (tx: Tx, { reason, at, now }: InDoubt) =>
  query<{ campaignId: string; emails: number }>(tx)`
  WITH held AS (
    UPDATE scheduled_emails se
    SET status = 'held', claim = se.claim + (se.status = 'pending')::int, held_at = ${at}, lease_until = NULL, failure_reason = ${reason},
        wait_reason = NULL, updated_at = ${at},
        sending_since = CASE WHEN se.status = 'sending' THEN se.sending_since ELSE se.scheduled_for END
    WHERE se.status = 'sending' OR (se.status = 'pending' AND se.scheduled_for <= ${now})
    RETURNING se.campaign_id, se.mailbox_id, old.status AS was, old.scheduled_for AS due
  ), of_mailboxes AS (${reserveToday('mailbox', 'mailboxes', now)}), of_campaigns AS (${reserveToday('campaign', 'campaigns', now)})
  SELECT campaign_id AS "campaignId", count(*)::int AS emails FROM held GROUP BY campaign_id`

// Places among the limits of today, in the zone of whose limits they are. What was on the wire has its place already.
function reserveToday(of: 'mailbox' | 'campaign', owners: 'mailboxes' | 'campaigns', now: Date): Prisma.Sql {
  const [days, id, table] = [`${of}_days`, `${of}_id`, owners].map((name) => Prisma.raw(name))
  return Prisma.sql`
    INSERT INTO ${days} AS d (${id}, day, reserved)
    SELECT o.id, (${now}::timestamptz AT TIME ZONE o.timezone)::date, count(*)
    FROM held h JOIN ${table} o ON o.id = h.${id}
    WHERE h.was = 'pending' AND (h.due AT TIME ZONE o.timezone)::date = (${now}::timestamptz AT TIME ZONE o.timezone)::date
    GROUP BY o.id
    ON CONFLICT (${id}, day) DO UPDATE SET reserved = d.reserved + EXCLUDED.reserved`
}

/** Holds what people have written and what had not left for sure. Returns how many. */
export const holdRepliesInDoubt = (tx: Tx, { reason, at }: { reason: string; at: Date }) =>
  execute(tx)`
  UPDATE replies SET status = 'held', held_at = ${at}, lease_until = NULL, reason = ${reason}, updated_at = ${at}
  WHERE status IN ('pending', 'sending')`

/** Emails to our own people about what they wanted to be told of: they may have had them. The app shows the same. */
export const dropNotificationEmails = (tx: Tx, { reason }: { reason: string }) =>
  execute(tx)`UPDATE notifications SET email = 'not_sent', email_failure = ${reason} WHERE email IN ('due', 'sending')`

/**
 * Ends what opens a door that may have been closed since: sessions, one-time values, links for new passwords and invitations. And who
 * worked then.
 */
export async function endSessions(tx: Tx, at: Date): Promise<void> {
  await execute(tx)`UPDATE invitations SET revoked_at = ${at} WHERE accepted_at IS NULL AND revoked_at IS NULL`
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
