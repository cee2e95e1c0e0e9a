import type { Mailbox } from '@/db/generated/client'
import { selectSenderVersion } from '@/db/queries/delivery/content-version'
import type { Deps } from '@/deps'
import { toWindow } from '@/domain/campaign/sending-mailboxes'
import { isAvailable } from '@/domain/delivery/mailbox-health'
import type { SendingWindow } from '@/domain/time/window'
import type { SmtpAccount } from '@/mail/mailer'
import { accountOf } from '@/use-cases/mailboxes/get-smtp-account'
import { getSettings, type SettingsView } from '@/use-cases/settings/get-settings'
import { degradeMailbox } from './mailbox-health'

/** A mailbox at work, with everything that its batches share. */
export type Sender = {
  mailbox: Mailbox
  account: SmtpAccount
  window: SendingWindow
  settings: SettingsView
  /** Of mailbox and settings as they were read: no email leaves once one of them was saved since. */
  version: string
}

/** Reads a mailbox with what its batches share; null when it is gone, not available now, or its password unreadable. */
export async function openSender(deps: Deps, mailboxId: string): Promise<Sender | null> {
  // The version first: what is saved during the reads below makes it an old one, and the job begins anew.
  const current = await selectSenderVersion(deps.sql, mailboxId)
  const mailbox = await deps.db.mailbox.findUnique({ where: { id: mailboxId } })
  if (!current || !mailbox || !isAvailable(mailbox, deps.clock.now())) return null
  const account = await accountOrStop(deps, mailbox)
  if (!account) return null
  return { mailbox, account, window: toWindow(mailbox), settings: await getSettings(deps), version: current.version }
}

/** Opens the mailbox's account. A password that cannot be read any more (another ENCRYPTION_KEY) stops the mailbox. */
async function accountOrStop(deps: Deps, mailbox: Mailbox): Promise<SmtpAccount | null> {
  try {
    return accountOf(deps, mailbox)
  } catch (error) {
    deps.log.error({ mailbox: mailbox.id, err: error }, 'mailbox credentials cannot be read')
    const reason = 'Its stored password cannot be read with this ENCRYPTION_KEY. Enter the password again.'
    await degradeMailbox(deps, mailbox, { kind: 'mailbox', action: 'stop', reason })
    return null
  }
}
