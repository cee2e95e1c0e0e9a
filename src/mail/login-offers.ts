import XOAuth2 from 'nodemailer/lib/xoauth2'
import type { SmtpAccount } from './mailer'

/** What a server's reply to EHLO offers, and the largest message that it takes, in bytes; null where it sets no limit. */
export type Offers = { login: boolean; encryption: boolean; maxBytes: number | null }

export const NO_OFFERS: Offers = { login: false, encryption: false, maxBytes: null }

/** The offers in a reply to EHLO. Some old servers write `AUTH=LOGIN`. */
export const offersOf = (reply: string): Offers => ({
  login: /^250[- ]AUTH[ =]/im.test(reply),
  encryption: /^250[- ]STARTTLS\b/im.test(reply),
  // RFC 1870: zero, or none named, is no limit.
  maxBytes: Number(/^250[- ]SIZE[ =]+(\d{1,15})\b/im.exec(reply)?.[1]) || null,
})

const LOOPBACK = /^((::ffff:)?127(\.\d{1,3}){3}|::1)$/

/**
 * Why no password may leave: for a login that the server did not offer, or in the clear to another machine: `address` is
 * where the connection went, whatever the server is called. Worded as the
 * server's refusal would be; null when it may.
 */
export function loginRefusal(
  { address = '', security }: Pick<SmtpAccount, 'security'> & { address: string | undefined },
  offers: Offers,
): { code: number; response: string } | null {
  if (!offers.login && offers.encryption && security === 'none')
    return { code: 538, response: '538 The server offers a login only after encryption: choose STARTTLS' }
  if (!offers.login) return { code: 503, response: '503 The server offers no login here' }
  if (security === 'none' && !LOOPBACK.test(address))
    return { code: 538, response: '538 No password leaves this machine unencrypted: choose STARTTLS or TLS' }
  return null
}

/** How an account proves who it is: by its token, which is not renewed here, or by its password. */
export function proofOf({
  user,
  password = '',
  accessToken,
}: Pick<SmtpAccount, 'password' | 'accessToken'> & { user: string }) {
  if (accessToken === undefined) return { credentials: { user, pass: password } }
  return { user, method: 'XOAUTH2', oauth2: new XOAuth2({ user, accessToken }) }
}
