import type { SmtpOutcome } from '@/domain/delivery/outcome'

/** Where and how a mailbox speaks SMTP. Equal accounts share connections; a changed setting gets new ones. */
export type SmtpAccount = {
  host: string
  port: number
  /** `tls`: encrypted from the first byte; `starttls`: required upgrade; `none`: plain, for loopback. */
  security: 'tls' | 'starttls' | 'none'
  user?: string
  password?: string
  /** In place of the password: a token of OAuth 2, for XOAUTH2. */
  accessToken?: string
  /** The name that EHLO gives: servers ask for one with a dot. */
  greetingName: string
  /** The server may be this machine or in its network; absent: no. */
  allowPrivate?: boolean
  maxConnections: number
}

/** An email ready for the wire. `raw` is the whole RFC 5322 message. `further`: recipients beside the first, in one transaction. */
export type OutgoingMail = { envelope: { from: string; to: string; further?: readonly string[] }; raw: Buffer }

export type SmtpHooks = {
  /** Called right before MAIL FROM; `false` leaves the email unsent, surely. */
  mayBegin(): boolean
  /** Called once: after the server's reply to MAIL FROM, or when it is sure that this transaction will not begin. */
  onBegun(): void
}

/** Connections that are free, or come free in a moment to whoever waits for them; `limit`: a further one was refused, and so many are open. */
export type Ready = { connections: number; limit?: number }

export type Mailer = {
  /**
   * Milliseconds until a transaction has handed its message over, or ends, however slow the server is: the lease of a
   * claimed email outlasts it. The answer to the message may take `ANSWER_SHARE` times as long, while the lease is renewed.
   */
  readonly deadlineMs: number
  /**
   * Opens up to `wanted` logged-in connections, the first alone: if that one fails, its outcome is returned and no
   * other is tried, so that a wrong password costs one login. Returns how many are free, after a moment at most: what opens
   * later is found by the next call, and none may be free while others are in use. `soonFree`: so many that the caller uses are about
   * to come free, and count.
   */
  ready(account: SmtpAccount, wanted: number, soonFree?: number): Promise<Ready | { failure: SmtpOutcome }>
  /**
   * One SMTP transaction, over the next connection that is free. Never throws: returns what happened, and in which phase. Where none
   * comes free in a moment, it is not begun; without hooks a further connection is tried first.
   */
  send(account: SmtpAccount, mail: OutgoingMail, hooks?: SmtpHooks): Promise<SmtpOutcome>
  /** Gives connections that are not in use back to the server: where it has few, another process may want them. */
  release(account: SmtpAccount): void
  /** Closes every connection; transactions under way end as `broken`. */
  close(): void
}

export const SMTP_DEADLINE_MS = 120_000
/** RFC 5321, 4.5.3.2.6: ten minutes for the answer to the message, five times the deadline. */
export const ANSWER_SHARE = 5
