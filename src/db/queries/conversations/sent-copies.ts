import { Prisma } from '@/db/generated/client'
import { execute, executeIf, query, queryOne, type Sql } from '@/db/sql'

// The reader `r` asks for copies, its server is known to file none, and its latest failure is over.
const mayFile = (realNow: Date) => Prisma.sql`r.appends_sent AND r.files_sent = false AND r.health <> 'stopped'
    AND (r.copies_next_at IS NULL OR r.copies_next_at <= ${realNow})`
// The copy `c` has waited, and nobody is at it.
const isDue = ({ realNow, acceptedBefore }: CopiesDue) => Prisma.sql`c.accepted_at <= ${acceptedBefore}
    AND (c.lease_until IS NULL OR c.lease_until < ${realNow})`

export type CopiesDue = { realNow: Date; acceptedBefore: Date }

/** Mailboxes with copies that can be put into Sent now. */
export const selectMailboxesWithCopies = (sql: Sql, due: CopiesDue) =>
  query<{ mailboxId: string }>(sql)`
  SELECT r.mailbox_id AS "mailboxId" FROM mailbox_readers r
  WHERE ${mayFile(due.realNow)}
    AND EXISTS (SELECT 1 FROM sent_copies c WHERE c.mailbox_id = r.mailbox_id AND ${isDue(due)})`

/** A message that waits to be put into Sent, claimed. */
export type ClaimedCopy = {
  id: string
  /** Of the email, or of the reply, that it is a copy of. */
  sentId: string
  claim: number
  raw: Buffer
  acceptedAt: Date
  /** Ours, and the provider's where it is known. */
  messageIds: string[]
}

/**
 * Claims the copy that was tried least, then the oldest; null where none is due, or the reader was saved since `settingsVersion`.
 * Whoever holds an older claim of it has lost it.
 */
export const claimCopyIfDue = (
  sql: Sql,
  {
    mailboxId,
    settingsVersion,
    leaseUntil,
    ...due
  }: CopiesDue & { mailboxId: string; settingsVersion: number; leaseUntil: Date },
) =>
  queryOne<ClaimedCopy>(sql)`
  UPDATE sent_copies s SET claim = s.claim + 1, lease_until = ${leaseUntil}
  FROM sent_copies own
  LEFT JOIN scheduled_emails se ON se.id = own.email_id
  LEFT JOIN emails e ON e.id = own.email_id
  LEFT JOIN replies p ON p.id = own.reply_id
  WHERE own.id = s.id AND s.id = (
    SELECT c.id FROM sent_copies c JOIN mailbox_readers r ON r.mailbox_id = c.mailbox_id
    WHERE c.mailbox_id = ${mailboxId}::uuid AND r.settings_version = ${settingsVersion} AND ${mayFile(due.realNow)} AND ${isDue(due)}
    ORDER BY c.claim, c.accepted_at, c.id LIMIT 1 FOR UPDATE OF c SKIP LOCKED)
  RETURNING s.id, COALESCE(s.email_id, s.reply_id) AS "sentId", s.claim, s.raw, s.accepted_at AS "acceptedAt",
            array_remove(ARRAY[se.message_id, e.provider_message_id, p.message_id, p.provider_message_id], NULL) AS "messageIds"`

type Claim = { id: string; claim: number }

/** Renews the lease of a copy; false when another job has it, or it is not wanted any more. */
export const renewCopyLeaseIf = (sql: Sql, { id, claim, leaseUntil }: Claim & { leaseUntil: Date }) =>
  executeIf(sql)`
  UPDATE sent_copies s SET lease_until = ${leaseUntil} FROM mailbox_readers r
  WHERE s.id = ${id}::uuid AND s.claim = ${claim} AND r.mailbox_id = s.mailbox_id
    AND r.appends_sent AND r.files_sent = false`

/** Leaves a copy to a later attempt. */
export const releaseCopyIf = (sql: Sql, { id, claim }: Claim) =>
  executeIf(sql)`UPDATE sent_copies SET lease_until = NULL WHERE id = ${id}::uuid AND claim = ${claim}`

/** The copy lies in Sent: nothing is kept of it here. */
export const deleteCopyIf = (sql: Sql, { id, claim }: Claim) =>
  executeIf(sql)`DELETE FROM sent_copies WHERE id = ${id}::uuid AND claim = ${claim}`

/** Gives up copies that were tried too often or are too old, and those of mailboxes that want none any more. Returns them. */
export const dropCopies = (sql: Sql, { attempts, acceptedBefore }: { attempts: number; acceptedBefore: Date }) =>
  query<{ sentId: string; mailboxId: string; claim: number }>(sql)`
  DELETE FROM sent_copies c
  WHERE ((c.claim >= ${attempts} AND c.lease_until IS NULL) OR c.accepted_at < ${acceptedBefore}
    OR NOT EXISTS (SELECT 1 FROM mailbox_readers r
                   WHERE r.mailbox_id = c.mailbox_id AND r.appends_sent AND r.files_sent IS NOT TRUE))
  RETURNING COALESCE(c.email_id, c.reply_id) AS "sentId", c.mailbox_id AS "mailboxId", c.claim`

type OfReader = { mailboxId: string; settingsVersion: number }

/** Notes why copies cannot be put into Sent and when they are tried again, unless the settings were saved since. */
export const noteCopyFailureIf = (
  sql: Sql,
  { mailboxId, settingsVersion, failure, nextAt }: OfReader & { failure: string; nextAt: Date },
) =>
  executeIf(sql)`
  UPDATE mailbox_readers SET copy_failure = ${failure}, copy_failures = copy_failures + 1, copies_next_at = ${nextAt}
  WHERE mailbox_id = ${mailboxId}::uuid AND settings_version = ${settingsVersion}`

/** Forgets a failure: a copy was put into Sent since. */
export const clearCopyFailure = (sql: Sql, mailboxId: string) =>
  execute(sql)`
  UPDATE mailbox_readers SET copy_failure = NULL, copy_failures = 0, copies_next_at = NULL
  WHERE mailbox_id = ${mailboxId}::uuid AND copy_failures > 0`

/** Notes that the provider files copies by itself, unless the settings were saved since: none is added any more. */
export const noteFilingIf = (sql: Sql, { mailboxId, settingsVersion }: OfReader) =>
  executeIf(sql)`
  UPDATE mailbox_readers SET files_sent = true
  WHERE mailbox_id = ${mailboxId}::uuid AND settings_version = ${settingsVersion} AND files_sent = false`

/**
 * Stops a reader whose sign-in was refused elsewhere than in its own work, unless its settings were saved since: a wrong password
 * is not tried again.
 */
export const stopReaderIf = (sql: Sql, { mailboxId, settingsVersion, reason }: OfReader & { reason: string }) =>
  executeIf(sql)`
  UPDATE mailbox_readers SET health = 'stopped', health_reason = ${reason}, next_read_at = NULL
  WHERE mailbox_id = ${mailboxId}::uuid AND settings_version = ${settingsVersion} AND health <> 'stopped'`
