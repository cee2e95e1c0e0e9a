import {
  deleteReader,
  deleteReadingPlaces,
  lockReader,
  restartReader,
  type SealedReader,
  upsertReader,
} from '@/db/queries/mailboxes/save-reader'
import type { Tx } from '@/db/sql'
import type { ReaderInput } from '@/domain/mailbox/mailbox-input'
import { passwordFor, presetOfServer } from '@/domain/mailbox/presets/find-preset'
import { encrypt } from '@/lib/encryption'
import { placeOfImapPassword } from './get-smtp-account'

/** A way in as its row holds it; the password is sealed. Without one of its own, SMTP's user or password is null here. */
export function sealedReader(
  encryptionKey: string,
  mailboxId: string,
  { imapPassword, imapUser, ...reader }: ReaderInput,
): SealedReader {
  const typed = imapPassword ? passwordFor(reader.imapHost, imapPassword) : null
  return {
    ...reader,
    mailboxId,
    imapUser: imapUser || null,
    imapPasswordEncrypted: typed ? encrypt(encryptionKey, typed, placeOfImapPassword(mailboxId)) : null,
  }
}

/** Whether what SMTP accepts is filed into Sent, as far as the server's name says it. */
export const filesSentAt = (imapHost: string): boolean | null => presetOfServer(imapHost)?.filesSent ?? null

/**
 * Saves how a mailbox is read, before its own row is written: null removes the way in, undefined leaves it. Either way reading
 * begins anew, since a login may have been mended by the save. At another server, or with another user, it begins from the
 * first message. Nothing is written when the mailbox is gone.
 */
export async function saveReader(
  tx: Tx,
  save: {
    encryptionKey: string
    mailboxId: string
    reader: ReaderInput | null | undefined
    /** SMTP's user as it is saved with it. */
    smtpUser: string | null
    at: Date
  },
): Promise<void> {
  const { encryptionKey, mailboxId, reader, smtpUser, at } = save
  const before = await lockReader(tx, mailboxId)
  if (!before) return
  if (reader === null) {
    await deleteReader(tx, mailboxId)
    await deleteReadingPlaces(tx, mailboxId)
    return
  }
  const imapHost = reader?.imapHost ?? before.imapHost
  if (imapHost === null) return
  if (reader) {
    await upsertReader(tx, sealedReader(encryptionKey, mailboxId, reader), reader.imapPassword === undefined)
  }
  const user = (reader ? reader.imapUser || null : before.imapUser) ?? smtpUser
  const otherAccount = imapHost !== before.imapHost || user !== (before.imapUser ?? before.smtpUser)
  if (otherAccount) await deleteReadingPlaces(tx, mailboxId)
  await restartReader(tx, { mailboxId, otherAccount, filesSent: filesSentAt(imapHost), at })
}
