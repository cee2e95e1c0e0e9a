import type { SmtpSecurity } from '../mailbox-input'

export type MailServer = { host: string; port: number; security: SmtpSecurity }

/** What is known of a mail provider, so that nobody has to look it up. */
export type MailboxPreset = {
  name: string
  /** Domains at which it gives addresses to everybody. */
  domains: readonly string[]
  /** Ends of the names of its servers for incoming email, in the MX records of domains that it hosts. */
  mx: readonly string[]
  smtp: MailServer
  imap: MailServer
  /** What its SMTP server accepts is put into Sent by itself; null: not known, or a setting there. */
  filesSent: boolean | null
  /** Domain whose SPF record names its servers, for the record of a domain that it hosts; null: not known, or not for others. */
  spf: string | null
  /** Usual limits of one account; null: not known, or not the same for all. */
  limits: { perDay: number | null; perHour: number | null; connections: number | null }
  /** The sign-in that other programs need: the account's password, one made for the program, or the provider's own page. */
  signIn: 'password' | 'app_password' | 'own_page'
  /** The provider's page on app passwords, or on access for other programs; null: none. */
  appPasswords: string | null
}

export const NO_LIMITS_KNOWN: MailboxPreset['limits'] = { perDay: null, perHour: null, connections: null }

/** TLS from the first byte. */
export const tls = (host: string, port: number): MailServer => ({ host, port, security: 'tls' })
export const startTls = (host: string, port: number): MailServer => ({ host, port, security: 'starttls' })
