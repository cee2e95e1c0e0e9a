import type { Mailbox, MailboxReader } from '@/db/generated/client'
import type { Deps } from '@/deps'
import type { ImapAccount } from '@/mail/imap/imap-account'
import { accountOf, placeOfImapPassword } from './get-smtp-account'
import { openPassword } from './stored-secret'

/**
 * The IMAP server and login of a mailbox. Without a user of its own the reader signs in as SMTP does; a user without a
 * password of its own takes SMTP's password.
 * @throws {UnreadablePassword}
 */
export function imapAccountOf(
  deps: Pick<Deps, 'config'>,
  mailbox: Mailbox,
  reader: Pick<
    MailboxReader,
    'mailboxId' | 'imapHost' | 'imapPort' | 'imapSecurity' | 'imapUser' | 'imapPasswordEncrypted'
  >,
): ImapAccount {
  const { imapHost: host, imapPort: port, imapSecurity: security, imapUser, imapPasswordEncrypted: sealed } = reader
  const own = sealed ? openPassword(deps.config, sealed, placeOfImapPassword(reader.mailboxId)) : null
  const smtp = imapUser !== null && own !== null ? null : accountOf(deps, mailbox)
  return {
    host,
    port,
    security,
    user: imapUser ?? smtp?.user ?? '',
    password: own ?? smtp?.password ?? '',
    allowPrivate: deps.config.allowPrivateMailHosts,
  }
}
