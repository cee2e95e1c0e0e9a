import { columnsOf } from '@/db/columns'
import { type MailboxReader, Prisma } from '@/db/generated/client'
import { executeIf, query, queryOne, type Sql, type Tx } from '@/db/sql'

// One that has stopped is tried again by itself only where it has a time for that.
const isDue = (realNow: Date) => Prisma.sql`(health <> 'stopped' OR next_read_at IS NOT NULL)
    AND (next_read_at IS NULL OR next_read_at <= ${realNow}) AND (lease_until IS NULL OR lease_until < ${realNow})`

/** Readers whose time has come and that nobody holds, the longest waiting first. */
export const selectDueReaders = (sql: Sql, realNow: Date) =>
  query<{ mailboxId: string }>(sql)`
  SELECT mailbox_id AS "mailboxId" FROM mailbox_readers
  WHERE ${isDue(realNow)}
  ORDER BY next_read_at NULLS FIRST`

/** Takes the lease of a reader that is due and free, and counts it; null when it is not. */
export const claimReaderIfDue = (
  sql: Sql,
  { mailboxId, realNow, leaseUntil }: { mailboxId: string; realNow: Date; leaseUntil: Date },
) =>
  queryOne<MailboxReader>(sql)`
  UPDATE mailbox_readers r SET lease = lease + 1, lease_until = ${leaseUntil}
  WHERE mailbox_id = ${mailboxId}::uuid AND ${isDue(realNow)}
  RETURNING ${columnsOf('r', Prisma.MailboxReaderScalarFieldEnum)}`

/** A lease: whoever holds an older one writes nothing. */
export type ReaderLease = { mailboxId: string; lease: number }

/**
 * Renews the lease within the transaction that acts, and locks it until its end; false when another reader has it, or the
 * settings were saved since.
 */
export const renewReaderLeaseIf = (
  tx: Tx,
  { mailboxId, lease }: ReaderLease,
  { settingsVersion, leaseUntil }: { settingsVersion: number; leaseUntil: Date },
) =>
  executeIf(tx)`
  UPDATE mailbox_readers SET lease_until = ${leaseUntil}
  WHERE mailbox_id = ${mailboxId}::uuid AND lease = ${lease} AND settings_version = ${settingsVersion}`

/** How a reading ended. */
export type ReadingEnd = {
  health: MailboxReader['health']
  healthReason: string | null
  troubleCount: number
  /** Null: at once, or where it has stopped not until the settings change. */
  nextReadAt: Date | null
  /** When everything was read that had arrived by then; null: not all was read. */
  readAt: Date | null
}

/** Gives the lease back with what came of it, unless another reader has it, or the settings were saved since. */
export const endReadingIf = (
  sql: Sql,
  { mailboxId, lease }: ReaderLease,
  settingsVersion: number,
  { health, healthReason, troubleCount, nextReadAt, readAt }: ReadingEnd,
) =>
  executeIf(sql)`
  UPDATE mailbox_readers
  SET health = ${health}, health_reason = ${healthReason}, trouble_count = ${troubleCount},
      next_read_at = ${nextReadAt}, last_read_at = COALESCE(${readAt}::timestamptz, last_read_at), lease_until = NULL
  WHERE mailbox_id = ${mailboxId}::uuid AND lease = ${lease} AND settings_version = ${settingsVersion}`

/** Gives the lease back alone: what was found belongs to settings that are not there any more. */
export const releaseReaderIf = (sql: Sql, { mailboxId, lease }: ReaderLease) =>
  executeIf(sql)`
  UPDATE mailbox_readers SET lease_until = NULL WHERE mailbox_id = ${mailboxId}::uuid AND lease = ${lease}`
