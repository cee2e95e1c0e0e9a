import type { Mailbox, MailboxReader } from '@/db/generated/client'
import type { Deps } from '@/deps'
import type { ImapAccount } from '@/mail/imap/imap-account'
import { ImapFailure } from '@/mail/imap/opened-mailbox'
import type { SmtpAccount } from '@/mail/mailer'
import { freshToken, NoToken } from './fresh-token'
import { imapAccountOf } from './get-imap-account'
import { accountOf } from './get-smtp-account'

export { NoToken } from './fresh-token'

/**
 * The SMTP server and login of a mailbox: with a token where a person has signed in at the provider, else with its password.
 * @throws {NoToken} when there is no token
 * @throws {Error} when the stored password cannot be decrypted
 */
export async function openAccount(deps: Deps, mailbox: Mailbox): Promise<SmtpAccount> {
  if (!(await hasSignIn(deps, mailbox.id))) return accountOf(deps, mailbox)
  const { password: _, ...account } = accountOf(deps, mailbox)
  return { ...account, user: account.user ?? mailbox.fromEmail, accessToken: await freshToken(deps, mailbox.id) }
}

/**
 * The IMAP server and login of a mailbox, likewise.
 * @throws {ImapFailure} when there is no token
 * @throws {Error} when a stored password cannot be decrypted
 */
export async function openImapAccount(deps: Deps, mailbox: Mailbox, reader: MailboxReader): Promise<ImapAccount> {
  const account = imapAccountOf(deps, mailbox, reader)
  if (!(await hasSignIn(deps, mailbox.id))) return account
  try {
    return { ...account, user: account.user || mailbox.fromEmail, accessToken: await freshToken(deps, mailbox.id) }
  } catch (error) {
    if (!(error instanceof NoToken)) throw error
    throw new ImapFailure(error.kind === 'ended' ? 'sign_in' : 'passing', error.message)
  }
}

const hasSignIn = async ({ db }: Pick<Deps, 'db'>, mailboxId: string) =>
  (await db.mailboxSignIn.count({ where: { mailboxId } })) > 0
