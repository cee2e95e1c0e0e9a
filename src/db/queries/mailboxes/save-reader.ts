import { execute, queryOne, type Tx } from '@/db/sql'
import type { ReaderInput } from '@/domain/mailbox/mailbox-input'

export type StoredReader = { smtpUser: string | null; imapHost: string | null; imapUser: string | null }

/** Where a mailbox is read, with nulls where nothing reads it; null when the mailbox is gone. Its row is locked. */
export const lockReader = (tx: Tx, mailboxId: string) =>
  queryOne<StoredReader>(tx)`
  SELECT m.smtp_user AS "smtpUser", r.imap_host AS "imapHost", r.imap_user AS "imapUser"
  FROM mailboxes m LEFT JOIN mailbox_readers r ON r.mailbox_id = m.id
  WHERE m.id = ${mailboxId}::uuid FOR UPDATE OF m`

export type SealedReader = Omit<ReaderInput, 'imapUser' | 'imapPassword'> & {
  mailboxId: string
  imapUser: string | null
  imapPasswordEncrypted: string | null
}

/** Writes how a mailbox is read. With `keepsPassword` the stored one stays. */
export const upsertReader = (tx: Tx, reader: SealedReader, keepsPassword: boolean) =>
  execute(tx)`
  INSERT INTO mailbox_readers AS r
    (mailbox_id, imap_host, imap_port, imap_security, imap_user, imap_password_encrypted, appends_sent)
  VALUES (${reader.mailboxId}::uuid, ${reader.imapHost}, ${reader.imapPort}, ${reader.imapSecurity}, ${reader.imapUser},
          ${reader.imapPasswordEncrypted}, ${reader.appendsSent})
  ON CONFLICT (mailbox_id) DO UPDATE
  SET imap_host = EXCLUDED.imap_host, imap_port = EXCLUDED.imap_port, imap_security = EXCLUDED.imap_security,
      imap_user = EXCLUDED.imap_user, appends_sent = EXCLUDED.appends_sent,
      imap_password_encrypted = CASE WHEN ${keepsPassword}::boolean THEN r.imap_password_encrypted
                                     ELSE EXCLUDED.imap_password_encrypted END`

/**
 * Lets reading begin anew after a save: its health is that of a reader nobody has tried, it is due at once, and whoever reads with
 * the former settings has lost the lease. What is known of another account (last read, Message-IDs replaced) is forgotten.
 */
export const restartReader = (
  tx: Tx,
  {
    mailboxId,
    otherAccount,
    filesSent,
    at,
  }: { mailboxId: string; otherAccount: boolean; filesSent: boolean | null; at: Date },
) =>
  execute(tx)`
  UPDATE mailbox_readers
  SET health = 'ready', health_reason = NULL, trouble_count = 0, next_read_at = NULL, lease = lease + 1, lease_until = NULL,
      settings_version = settings_version + 1, copy_failure = NULL, copy_failures = 0, copies_next_at = NULL, updated_at = ${at},
      last_read_at = CASE WHEN ${otherAccount}::boolean THEN NULL ELSE last_read_at END,
      rewrites_message_id = CASE WHEN ${otherAccount}::boolean THEN NULL ELSE rewrites_message_id END,
      files_sent = CASE WHEN ${otherAccount}::boolean THEN ${filesSent}::boolean ELSE COALESCE(files_sent, ${filesSent}::boolean) END
  WHERE mailbox_id = ${mailboxId}::uuid`

/** Nothing reads the mailbox any more. What was read stays. */
export const deleteReader = (tx: Tx, mailboxId: string) =>
  execute(tx)`DELETE FROM mailbox_readers WHERE mailbox_id = ${mailboxId}::uuid`

/** Forgets how far each folder was read: another account has other messages under the same numbers. */
export const deleteReadingPlaces = (tx: Tx, mailboxId: string) =>
  execute(tx)`DELETE FROM mailbox_folders WHERE mailbox_id = ${mailboxId}::uuid`
