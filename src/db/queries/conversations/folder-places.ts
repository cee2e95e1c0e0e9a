import { Prisma } from '@/db/generated/client'
import { execute, queryOne, type Sql, type Tx } from '@/db/sql'

/** How far a folder was read: everything up to `lastUid` of this `uidValidity`. */
export type FolderPlace = { uidValidity: bigint; lastUid: number }

/** Since when the server refuses messages of a folder (ISO, real time), by uidValidity and number: "1 42". */
type Refused = Readonly<Record<string, string>>

/** The place up to which a folder was read, and which messages the server refuses; null for one that never was. */
export async function selectFolderPlace(
  sql: Sql,
  { mailboxId, path }: { mailboxId: string; path: string },
): Promise<(FolderPlace & { refused: Refused }) | null> {
  const found = await queryOne<{ uidValidity: string; lastUid: string; refused: Refused }>(sql)`
  SELECT uid_validity::text AS "uidValidity", last_uid::text AS "lastUid", refused
  FROM mailbox_folders WHERE mailbox_id = ${mailboxId}::uuid AND path = ${path}`
  return found && { ...found, uidValidity: BigInt(found.uidValidity), lastUid: Number(found.lastUid) }
}

/** Puts the place of a folder, which never goes back within one `uidValidity`. `readAt`: all of it was read by then. */
export const putFolderPlace = (
  sql: Sql | Tx,
  {
    mailboxId,
    path,
    role,
    uidValidity,
    lastUid,
    readAt = null,
  }: FolderPlace & { mailboxId: string; path: string; role: string; readAt?: Date | null },
) =>
  execute(sql)`
  INSERT INTO mailbox_folders AS f (mailbox_id, path, role, uid_validity, last_uid, last_read_at)
  VALUES (${mailboxId}::uuid, ${path}, ${role}, ${String(uidValidity)}::bigint, ${String(lastUid)}::bigint, ${readAt})
  ON CONFLICT (mailbox_id, path) DO UPDATE SET ${placeMoves}`

/** How the place `f` of a folder that was read before moves. */
export const placeMoves = Prisma.sql`
    role = EXCLUDED.role, uid_validity = EXCLUDED.uid_validity, failure = NULL, refused_since = NULL,
    last_uid = CASE WHEN f.uid_validity = EXCLUDED.uid_validity THEN GREATEST(f.last_uid, EXCLUDED.last_uid)
                    ELSE EXCLUDED.last_uid END,
    last_read_at = COALESCE(EXCLUDED.last_read_at, f.last_read_at)`

/** Notes why a folder cannot be read; its place stays. */
export const noteFolderFailure = (
  sql: Sql,
  { mailboxId, path, role, failure }: { mailboxId: string; path: string; role: string; failure: string },
) =>
  execute(sql)`
  INSERT INTO mailbox_folders (mailbox_id, path, role, uid_validity, failure)
  VALUES (${mailboxId}::uuid, ${path}, ${role}, 0, ${failure})
  ON CONFLICT (mailbox_id, path) DO UPDATE SET failure = EXCLUDED.failure`

/** Notes that the server refuses a folder. Its place stays. Returns since when it does. */
export const noteRefusedFolder = (
  sql: Sql,
  {
    mailboxId,
    path,
    role,
    failure,
    realNow,
  }: { mailboxId: string; path: string; role: string; failure: string; realNow: Date },
) =>
  queryOne<{ since: Date }>(sql)`
  INSERT INTO mailbox_folders AS f (mailbox_id, path, role, uid_validity, failure, refused_since)
  VALUES (${mailboxId}::uuid, ${path}, ${role}, 0, ${failure}, ${realNow})
  ON CONFLICT (mailbox_id, path) DO UPDATE
  SET failure = EXCLUDED.failure, refused_since = COALESCE(f.refused_since, EXCLUDED.refused_since)
  RETURNING refused_since AS since`

/** Notes that the server refuses a message of a folder, unless that is known already: it is asked for again wherever the place is. */
export const noteRefused = (
  sql: Sql,
  {
    mailboxId,
    path,
    role,
    key,
    realNow,
  }: { mailboxId: string; path: string; role: string; key: string; realNow: Date },
) =>
  execute(sql)`
  INSERT INTO mailbox_folders AS f (mailbox_id, path, role, uid_validity, refused)
  VALUES (${mailboxId}::uuid, ${path}, ${role}, 0, jsonb_build_object(${key}::text, ${realNow.toISOString()}::text))
  ON CONFLICT (mailbox_id, path) DO UPDATE SET refused = EXCLUDED.refused || f.refused`

/** Forgets messages that were refused: they were given since, given up, or are gone. */
export const clearRefused = (
  sql: Sql,
  { mailboxId, path, keys }: { mailboxId: string; path: string; keys: readonly string[] },
) =>
  execute(sql)`
  UPDATE mailbox_folders SET refused = refused - ${keys}::text[]
  WHERE mailbox_id = ${mailboxId}::uuid AND path = ${path}`

/**
 * Has a message that could not be read asked for once more, and its mailbox read now unless reading has stopped (`isDue`); null where
 * there is no such message, or its folder was numbered anew since. One that is refused again is given up at once, as it was before.
 */
export const askAgainIfUnreadable = (sql: Sql, id: string) =>
  queryOne<{ mailboxId: string; isDue: boolean }>(sql)`
  WITH asked AS (
    UPDATE mailbox_folders f
    SET refused = f.refused || jsonb_build_object(concat(m.uid_validity, ' ', m.uid), ${new Date(0).toISOString()}::text)
    FROM received_messages m
    WHERE m.id = ${id}::uuid AND m.kind = 'unreadable' AND f.mailbox_id = m.mailbox_id AND f.path = m.folder
      AND f.uid_validity = m.uid_validity
    RETURNING f.mailbox_id
  ), due AS (
    UPDATE mailbox_readers SET next_read_at = NULL
    WHERE mailbox_id IN (SELECT mailbox_id FROM asked) AND health <> 'stopped'
    RETURNING mailbox_id
  )
  SELECT mailbox_id AS "mailboxId", EXISTS (SELECT 1 FROM due) AS "isDue" FROM asked`

/** When the mailbox's first email left; null before. */
export const selectFirstOutreach = (sql: Sql, mailboxId: string) =>
  queryOne<{ at: Date | null }>(sql)`
  SELECT min(COALESCE(sent_at, sending_since)) AS at FROM scheduled_emails
  WHERE mailbox_id = ${mailboxId}::uuid AND (status IN ('sent', 'sending', 'held') OR claim > 0)`
