import type { SmtpOutcome } from '@/domain/delivery/outcome'

/** Where and how a mailbox speaks SMTP. */
export type SmtpAccount = {
  /** One connection pool per key; a change of any setting must change it. */
  key: string
  host: string
  port: number
  /** `tls`: encrypted from the first byte; `starttls`: required upgrade; `none`: plain, for loopback. */
  security: 'tls' | 'starttls' | 'none'
  user?: string
  password?: string
  maxConnections: number
}

export type Envelope = { from: string; to: string }

/** A mail ready for the wire. `raw` is the whole RFC 5322 message. */
export type OutgoingMail = { envelope: Envelope; raw: Buffer }

export type DialogueHooks = {
  /** Asked right before MAIL FROM; `false` leaves the mail unsent, surely. */
  mayBegin(): boolean
  /** Called once the server has answered MAIL FROM, or once it is sure that this dialogue will not begin. */
  onBegun(): void
}

export type Mailer = {
  /** One SMTP dialogue. Never throws: what happened, and in which phase, is the answer. */
  send(account: SmtpAccount, mail: OutgoingMail, hooks?: DialogueHooks): Promise<SmtpOutcome>
  /** Connects and logs in, sends nothing. */
  verify(account: SmtpAccount): Promise<SmtpOutcome>
  /** Opens up to `connections` connections ahead of use; failures show in the next `send`. */
  warm(account: SmtpAccount, connections: number): Promise<void>
  close(): Promise<void>
}
