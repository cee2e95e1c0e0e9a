import type { SmtpPhase } from '@/domain/delivery/outcome'

/** An error of nodemailer's. */
export type SmtpError = Error & { responseCode?: number; response?: string; command?: string; code?: string }

/** nodemailer reports a refused recipient only with the reply to DATA: the command shows which it was; else it is `phase`. */
export function phaseOf({ command, code }: SmtpError, phase: SmtpPhase): SmtpPhase {
  if (command === 'MAIL FROM') return 'mail'
  if (command === 'RCPT TO') return 'rcpt'
  if (command === 'DATA') return code === 'EMESSAGE' ? 'body' : 'data'
  return phase
}

// After 354, or 250 from some servers, in reply to DATA a lost connection may hide an acceptance.
export const AFTER_YES = {
  connect: 'connect',
  auth: 'auth',
  mail: 'rcpt',
  rcpt: 'data',
  data: 'body',
  body: 'body',
} as const

// nodemailer reads one reply a turn of the event loop: those to MAIL, RCPT, DATA and the message may come in one packet.
export const REPLIES = 4
export function afterTurns(turns: number, then: () => void): void {
  if (turns === 0) then()
  else setImmediate(() => afterTurns(turns - 1, then))
}

/** Maps a refusal that nodemailer makes in the server's place to the reply that the server would have given. */
export function refusedWithoutAnswer({ code, message }: SmtpError): { phase: SmtpPhase; code: number } | null {
  // A login that could not even be tried, for want of a password or a method, is a refused one.
  if (code === 'EAUTH' || code === 'EOAUTH2') return { phase: 'auth', code: 535 }
  if (code === 'EENVELOPE') return { phase: /sender/i.test(message) ? 'mail' : 'rcpt', code: 553 }
  return null
}

// PostgreSQL stores no NUL, and one in a reply must not keep it from being recorded.
export const plain = (text: string) => text.replaceAll('\0', '')
