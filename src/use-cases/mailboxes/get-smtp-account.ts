import type { Mailbox } from '@/db/generated/client'
import type { Config, Deps } from '@/deps'
import { greetingName } from '@/domain/delivery/greeting-name'
import type { SmtpAccount } from '@/mail/mailer'
import { openPassword } from './stored-secret'

/**
 * The SMTP server and login of a mailbox. Those of kind `environment` take both from `SMTP_URL`.
 * @throws {UnreadablePassword}
 */
export function accountOf({ config }: Pick<Deps, 'config'>, mailbox: Mailbox): SmtpAccount {
  const { maxConnections, fromEmail } = mailbox
  const name = greetingName({ own: mailbox.greetingName, appUrl: config.appUrl, fromEmail })
  if (mailbox.kind === 'environment') return { ...environmentAccount(config), greetingName: name, maxConnections }
  return {
    greetingName: name,
    host: mailbox.smtpHost ?? '',
    port: mailbox.smtpPort ?? 587,
    security: mailbox.smtpSecurity,
    user: mailbox.smtpUser ?? undefined,
    password: mailbox.smtpPasswordEncrypted
      ? openPassword(config, mailbox.smtpPasswordEncrypted, placeOfPassword(mailbox.id))
      : undefined,
    maxConnections,
    allowPrivate: config.allowPrivateMailHosts,
  }
}

/** `smtp://` upgrades by STARTTLS except on loopback; `smtps://` is TLS from the first byte. */
function environmentAccount({ smtpUrl, sandbox }: Config): Omit<SmtpAccount, 'greetingName' | 'maxConnections'> {
  const url = new URL(smtpUrl)
  const implicit = url.protocol === 'smtps:'
  const loopback = sandbox || ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname)
  return {
    // Whoever writes the environment knows where this machine's mail server is.
    allowPrivate: true,
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port) || (implicit ? 465 : 587),
    security: implicit ? 'tls' : loopback ? 'none' : 'starttls',
    user: url.username ? decodeURIComponent(url.username) : undefined,
    password: url.password ? decodeURIComponent(url.password) : undefined,
  }
}

/** The place where a mailbox's password is stored, bound into its encryption. */
export const placeOfPassword = (mailboxId: string) => `mailboxes/${mailboxId}/smtp_password`

/** The place where the password of its way in is stored. */
export const placeOfImapPassword = (mailboxId: string) => `mailboxes/${mailboxId}/imap_password`
