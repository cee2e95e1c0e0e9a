import { execute, executeIf, query, queryOne, type Sql } from '@/db/sql'
import { SANDBOX_READER_HOST } from '@/domain/conversation/sandbox-answer'

/** The number that the next answer gets at the least. */
export const selectNextUid = (sql: Sql, mailboxId: string) =>
  queryOne<{ next: number }>(sql)`
  SELECT COALESCE(max(uid), 0) + 1 AS next FROM sandbox_answers WHERE mailbox_id = ${mailboxId}::uuid`

/** Numbers of the answers after one, received at `since` or later, in order. */
export const selectUidsAfter = (
  sql: Sql,
  { mailboxId, uid, since }: { mailboxId: string; uid: number; since: Date | null },
) =>
  query<{ uid: number }>(sql)`
  SELECT uid FROM sandbox_answers
  WHERE mailbox_id = ${mailboxId}::uuid AND uid > ${uid} AND received_at >= COALESCE(${since}::timestamptz, '-infinity')
  ORDER BY uid`

/** Whole answers by their numbers, in order. */
export const selectAnswers = (sql: Sql, { mailboxId, uids }: { mailboxId: string; uids: readonly number[] }) =>
  query<{ uid: number; raw: Buffer; receivedAt: Date }>(sql)`
  SELECT uid, raw, received_at AS "receivedAt" FROM sandbox_answers
  WHERE mailbox_id = ${mailboxId}::uuid AND uid = ANY(${[...uids]}::int[]) ORDER BY uid`

/** Lets a mailbox be read at once where answers came while its last reading was under way; false where none did, or it failed. */
export const readAgainIfUnread = (sql: Sql, mailboxId: string) =>
  executeIf(sql)`
  UPDATE mailbox_readers r SET next_read_at = NULL
  WHERE r.mailbox_id = ${mailboxId}::uuid AND r.imap_host = ${SANDBOX_READER_HOST} AND r.lease_until IS NULL AND r.health = 'ready'
    AND EXISTS (SELECT 1 FROM sandbox_answers a LEFT JOIN mailbox_folders f ON f.mailbox_id = a.mailbox_id AND f.path = 'INBOX'
                WHERE a.mailbox_id = r.mailbox_id AND a.uid > COALESCE(f.last_uid, 0))`

/** Takes the way in of the sandbox from a mailbox: nothing reads it any more. */
export const closeSandboxReader = (sql: Sql, mailboxId: string) =>
  execute(sql)`
  DELETE FROM mailbox_readers WHERE mailbox_id = ${mailboxId}::uuid AND imap_host = ${SANDBOX_READER_HOST}`
