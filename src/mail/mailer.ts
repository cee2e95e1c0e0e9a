import type { SmtpOutcome } from '@/domain/delivery/outcome'

/** Where and how a mailbox speaks SMTP. Equal accounts share connections; a changed setting gets new ones. */
export type SmtpAccount = {
  host: string
  port: number
  /** `tls`: encrypted from the first byte; `starttls`: required upgrade; `none`: plain, for loopback. */
  security: 'tls' | 'starttls' | 'none'
  user?: string
  password?: string
  maxConnections: number
}

/** A mail ready for the wire. `raw` is the whole RFC 5322 message. */
export type OutgoingMail = { envelope: { from: string; to: string }; raw: Buffer }

export type DialogueHooks = {
  /** Asked right before MAIL FROM; `false` leaves the mail unsent, surely. */
  mayBegin(): boolean
  /** Called once: when the server has answered MAIL FROM, or when it is sure that this dialogue will not begin. */
  onBegun(): void
}

export type Mailer = {
  /** No dialogue lasts longer, however slowly the server answers. The lease of a claimed mail outlasts it. */
  readonly deadlineMs: number
  /**
   * Opens up to `wanted` logged-in connections, the first alone: if that one fails, its outcome is the answer and no
   * other is tried, so that a wrong password costs one login. Otherwise says how many are ready.
   */
  ready(account: SmtpAccount, wanted: number): Promise<{ connections: number } | { trouble: SmtpOutcome }>
  /** One SMTP dialogue. Never throws: what happened, and in which phase, is the answer. */
  send(account: SmtpAccount, mail: OutgoingMail, hooks?: DialogueHooks): Promise<SmtpOutcome>
  /** Closes every connection; dialogues under way end as `broken`. */
  close(): void
}

export const DIALOGUE_DEADLINE_MS = 120_000
