import { execute, query, queryOne, type Sql } from '@/db/sql'
import type { ListeningCandidate } from '@/domain/conversation/listening'
import { SANDBOX_READER_HOST } from '@/domain/conversation/sandbox-answer'

/** Mailboxes that are read and whose outreach is live: a campaign runs with them, or they sent something after `since`. The busiest first. */
export const selectListeningCandidates = (sql: Sql, { realNow, since }: { realNow: Date; since: Date }) =>
  query<ListeningCandidate>(sql)`
  SELECT r.mailbox_id AS "mailboxId", lately.emails, (r.listening_until IS NULL OR r.listening_until < ${realNow}) AS "isFree"
  FROM mailbox_readers r
  CROSS JOIN LATERAL (
    SELECT COALESCE(sum(h.mails), 0)::int AS emails FROM mailbox_hours h
    WHERE h.mailbox_id = r.mailbox_id AND h.hour >= ${since}) lately
  WHERE r.health = 'ready' AND r.last_read_at IS NOT NULL AND r.imap_host <> ${SANDBOX_READER_HOST}
    AND (lately.emails > 0 OR EXISTS (
      SELECT 1 FROM campaign_mailboxes cm JOIN campaigns c ON c.id = cm.campaign_id
      WHERE cm.mailbox_id = r.mailbox_id AND c.status = 'running'))
  ORDER BY lately.emails DESC, r.mailbox_id`

/** A lease to listen: whoever holds an older one, or settings from before a save, has lost it. */
export type ListenLease = { mailboxId: string; lease: number; settingsVersion: number }

/** Takes the lease to listen to a mailbox that nobody listens to; null where somebody does. */
export const claimListeningIfFree = (
  sql: Sql,
  { mailboxId, realNow, until }: { mailboxId: string; realNow: Date; until: Date },
) =>
  queryOne<ListenLease>(sql)`
  UPDATE mailbox_readers SET listen_lease = listen_lease + 1, listening_until = ${until}
  WHERE mailbox_id = ${mailboxId}::uuid AND health = 'ready' AND (listening_until IS NULL OR listening_until < ${realNow})
  RETURNING mailbox_id AS "mailboxId", listen_lease AS lease, settings_version AS "settingsVersion"`

/** Renews leases, and returns the mailboxes of those that still stand: not taken over, not saved since, and still read. */
export const renewListeningIf = (sql: Sql, { leases, until }: { leases: readonly ListenLease[]; until: Date }) =>
  query<{ mailboxId: string }>(sql)`
  UPDATE mailbox_readers r SET listening_until = ${until}
  FROM unnest(${leases.map(({ mailboxId }) => mailboxId)}::uuid[], ${leases.map(({ lease }) => lease)}::int[],
              ${leases.map(({ settingsVersion }) => settingsVersion)}::int[]) AS own(mailbox_id, lease, settings_version)
  WHERE r.mailbox_id = own.mailbox_id AND r.listen_lease = own.lease AND r.settings_version = own.settings_version
    AND r.health = 'ready'
  RETURNING r.mailbox_id AS "mailboxId"`

/** Gives a lease back. */
export const releaseListeningIf = (sql: Sql, { mailboxId, lease }: Pick<ListenLease, 'mailboxId' | 'lease'>) =>
  execute(sql)`
  UPDATE mailbox_readers SET listening_until = NULL WHERE mailbox_id = ${mailboxId}::uuid AND listen_lease = ${lease}`

/**
 * Makes a mailbox due to be read, unless somebody is at it, or it was read since something was heard. `isUnread`: no reading that
 * began after that has ended yet.
 */
export const callReaderIfUnread = (
  sql: Sql,
  { mailboxId, heardAt, realNow }: { mailboxId: string; heardAt: Date; realNow: Date },
) =>
  queryOne<{ isDue: boolean; isUnread: boolean }>(sql)`
  WITH due AS (
    UPDATE mailbox_readers SET next_read_at = LEAST(next_read_at, ${realNow}::timestamptz)
    WHERE mailbox_id = ${mailboxId}::uuid AND health = 'ready' AND (last_read_at IS NULL OR last_read_at < ${heardAt})
      AND (lease_until IS NULL OR lease_until < ${realNow})
    RETURNING mailbox_id
  )
  SELECT EXISTS (SELECT 1 FROM due) AS "isDue",
         r.health = 'ready' AND (r.last_read_at IS NULL OR r.last_read_at < ${heardAt}) AS "isUnread"
  FROM mailbox_readers r WHERE r.mailbox_id = ${mailboxId}::uuid`
