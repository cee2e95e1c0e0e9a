import { Prisma } from '@/db/generated/client'
import { execute, queryOne, type Sql } from '@/db/sql'
import { senderVersion } from '../delivery/content-version'
import type { LimitDays } from '../delivery/mark-sending'
import type { HashedAddress } from '../suppression/select-suppressed-addresses'
import { isSuppressedAddress } from '../suppression/suppressed'

export type MarkReply = Pick<LimitDays, 'mailboxId' | 'mailboxDay' | 'rampLimit'> & {
  id: string
  /** Whom this attempt goes to. */
  recipients: readonly HashedAddress[]
  /** Of the mailbox and the settings that the job has read. */
  senderVersion: string
  now: Date
  leaseUntil: Date
}

const isSuppressedRecipient = isSuppressedAddress({
  email: Prisma.sql`to_whom.email`,
  hash: Prisma.sql`to_whom.hash`,
})

/**
 * Marks a reply `sending` and reserves it against the daily limit of its mailbox, in one statement; null where it is not pending and due
 * any more, the limit is used up, mailbox or settings were saved since, or one of its recipients is suppressed without a person's
 * confirmation or turns out to have it. The row of the day must be there.
 */
export const markReplySending = (sql: Sql, input: MarkReply) =>
  queryOne<{ claim: number }>(sql)`
  WITH claimable AS MATERIALIZED (
    SELECT r.id FROM replies r
    WHERE r.id = ${input.id}::uuid AND r.mailbox_id = ${input.mailboxId}::uuid AND r.status = 'pending' AND r.due_at <= ${input.now}
      AND NOT r.taken_emails && ${input.recipients.map(({ email }) => email)}::text[]
      AND (SELECT ${senderVersion} FROM mailboxes m, settings st WHERE m.id = r.mailbox_id) = ${input.senderVersion}
      AND NOT EXISTS (
        SELECT FROM unnest(${input.recipients.map(({ email }) => email)}::text[], ${input.recipients.map(({ hash }) => hash)}::text[])
                    AS to_whom(email, hash)
        WHERE to_whom.email <> ALL (r.despite_suppressed) AND ${isSuppressedRecipient})
    FOR UPDATE OF r SKIP LOCKED
  ), mailbox_left AS MATERIALIZED (
    SELECT d.reserved, LEAST(m.daily_limit, ${input.rampLimit ?? null}::int) AS daily_limit
    FROM mailbox_days d JOIN mailboxes m ON m.id = d.mailbox_id
    WHERE d.mailbox_id = ${input.mailboxId}::uuid AND d.day = ${input.mailboxDay}::date AND (SELECT count(*) FROM claimable) > 0
    FOR UPDATE OF d
  ), chosen AS MATERIALIZED (
    SELECT id FROM claimable, mailbox_left WHERE daily_limit IS NULL OR reserved < daily_limit
  ), reserve AS (
    UPDATE mailbox_days d SET reserved = d.reserved + 1
    WHERE d.mailbox_id = ${input.mailboxId}::uuid AND d.day = ${input.mailboxDay}::date AND EXISTS (SELECT FROM chosen)
  )
  UPDATE replies r
  SET status = 'sending', claim = r.claim + 1, sending_since = ${input.now}, lease_until = ${input.leaseUntil}, reason = NULL,
      updated_at = ${input.now}
  FROM chosen WHERE r.id = chosen.id AND r.status = 'pending'
  RETURNING r.claim`

/** Renews the leases of replies that still are `sending` under these claims. Returns how many. */
export const renewReplyLeasesIf = (
  sql: Sql,
  { emails, leaseUntil, now }: { emails: readonly { id: string; claim: number }[]; leaseUntil: Date; now: Date },
) =>
  execute(sql)`
  UPDATE replies r SET lease_until = ${leaseUntil}, updated_at = ${now}
  FROM unnest(${emails.map(({ id }) => id)}::uuid[], ${emails.map(({ claim }) => claim)}::int[]) AS kept(id, claim)
  WHERE r.id = kept.id AND r.claim = kept.claim AND r.status = 'sending'`
