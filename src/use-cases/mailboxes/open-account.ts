import type { Mailbox, MailboxReader } from '@/db/generated/client'
import type { Deps } from '@/deps'
import type { MailboxFailure } from '@/domain/delivery/mailbox-health'
import type { ImapAccount } from '@/mail/imap/imap-account'
import { ImapFailure } from '@/mail/imap/opened-mailbox'
import type { SmtpAccount } from '@/mail/mailer'
import { expireToken, freshToken, NoToken } from './fresh-token'
import { imapAccountOf } from './get-imap-account'
import { accountOf } from './get-smtp-account'
import { UnreadablePassword } from './stored-secret'

export { NoToken } from './fresh-token'
export { UnreadablePassword } from './stored-secret'

/**
 * The SMTP server and login of a mailbox: with a token where a person has signed in at the provider, else with its password.
 * @throws {NoToken} when there is no token
 * @throws {UnreadablePassword}
 */
export async function openAccount(deps: Deps, mailbox: Mailbox): Promise<SmtpAccount> {
  if (!(await hasSignIn(deps, mailbox.id))) return accountOf(deps, mailbox)
  const { password: _, ...account } = accountOf(deps, mailbox)
  return { ...account, user: account.user ?? mailbox.fromEmail, accessToken: await freshToken(deps, mailbox.id) }
}

/** What it means for a mailbox that no login could be made for it; null for any other error. */
export function accountFailure(error: unknown): MailboxFailure | null {
  if (error instanceof NoToken) {
    return { kind: 'mailbox', action: error.kind === 'ended' ? 'stop' : 'cool_down', reason: error.message }
  }
  return error instanceof UnreadablePassword ? { kind: 'mailbox', action: 'stop', reason: error.message } : null
}

/**
 * The IMAP server and login of a mailbox, likewise.
 * @throws {ImapFailure} when there is no token, or a stored password cannot be read
 */
export async function openImapAccount(deps: Deps, mailbox: Mailbox, reader: MailboxReader): Promise<ImapAccount> {
  const account = readableAccount(deps, mailbox, reader)
  if (!(await hasSignIn(deps, mailbox.id))) return account
  try {
    return { ...account, user: account.user || mailbox.fromEmail, accessToken: await freshToken(deps, mailbox.id) }
  } catch (error) {
    if (!(error instanceof NoToken)) throw error
    throw new ImapFailure(error.kind === 'ended' ? 'sign_in' : 'passing', error.message)
  }
}

function readableAccount(deps: Deps, mailbox: Mailbox, reader: MailboxReader): ImapAccount {
  try {
    return imapAccountOf(deps, mailbox, reader)
  } catch (error) {
    throw error instanceof UnreadablePassword ? new ImapFailure('sign_in', error.message) : error
  }
}

/**
 * Signs in to read a mailbox. A token that the server refuses may have ended before its time: the next attempt gets a new one.
 * @throws {ImapFailure}
 */
export async function openForReading<Opened>(
  deps: Deps,
  mailbox: Mailbox,
  reader: MailboxReader,
  open: (account: ImapAccount) => Promise<Opened>,
): Promise<Opened> {
  const account = await openImapAccount(deps, mailbox, reader)
  try {
    return await open(account)
  } catch (error) {
    const isRefused =
      error instanceof ImapFailure && account.accessToken !== undefined && /^(?:sign_in|provider)$/.test(error.kind)
    if (!isRefused || !(await expireToken(deps, mailbox.id))) throw error
    throw new ImapFailure('passing', 'The server refused the token before its end. A new one is fetched.', error.said)
  }
}

/** Whether the mailbox signed in on the page of its provider, so that no password is sent. */
export const hasSignIn = async ({ db }: Pick<Deps, 'db'>, mailboxId: string) =>
  (await db.mailboxSignIn.count({ where: { mailboxId } })) > 0
