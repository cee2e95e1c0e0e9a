import { meaningOf, type Refusal } from './answer-rules'
import { tooLargeWords } from './message-size'

/** Phases of an SMTP transaction. `body` starts with the server's go-ahead for the message (354). */
export const SMTP_PHASES = ['connect', 'auth', 'mail', 'rcpt', 'data', 'body'] as const
export type SmtpPhase = (typeof SMTP_PHASES)[number]

/** A recipient that the server refused beside others whom it took. */
export type RefusedRecipient = { address: string; code: number; response: string }

/** Result on the wire. */
export type SmtpOutcome =
  /** `refused`: those of several recipients whom it is not delivered to; absent: none. */
  | { kind: 'accepted'; response: string; refused?: readonly RefusedRecipient[] }
  /** No MAIL FROM was spoken, by our own choice. */
  | { kind: 'not_begun' }
  /** Larger than the server says it takes: not offered. In bytes. */
  | { kind: 'too_large'; limit: number }
  | { kind: 'refused'; phase: SmtpPhase; code: number; response: string }
  /** No reply: connection lost, timeout, TLS or DNS failure. */
  | {
      kind: 'broken'
      phase: SmtpPhase
      error: string
      /** MAIL, RCPT and DATA were sent together, and the server was silent to all until the deadline. */
      unanswered?: boolean
    }

/** Meaning of a result. Only `retry` and `failed` use up one of the email's attempts. */
export type Verdict =
  | { kind: 'sent'; response: string }
  | { kind: 'not_begun' }
  /** `isFull`: until the recipient's mailbox is emptied. */
  | { kind: 'retry'; reason: string; isFull?: true }
  | { kind: 'failed'; reason: string; addressInvalid: boolean }
  | { kind: 'held'; reason: string }
  /** Failure of the mailbox; the email goes back untouched. `stop`: until its settings change; `cool_down`: some time; `next_day`: its provider's daily limit. */
  | { kind: 'mailbox'; action: 'stop' | 'cool_down' | 'next_day'; reason: string }
  /**
   * The emails of its campaign are refused alike, for their content or size: the template's fault. The email goes back
   * untouched. No outcome says so by itself: see `refusal-streak`.
   */
  | { kind: 'template'; reason: string }

/**
 * Returns what an SMTP outcome means for an email of so many bytes and its mailbox. Total: every outcome has exactly one
 * verdict.
 */
export function judge(outcome: SmtpOutcome, bytes = 0): Verdict {
  switch (outcome.kind) {
    case 'accepted':
      return { kind: 'sent', response: outcome.response }
    case 'not_begun':
      return { kind: 'not_begun' }
    case 'too_large':
      return { kind: 'failed', reason: tooLargeWords(bytes, outcome), addressInvalid: false }
    case 'broken':
      return judgeBroken(outcome.phase, outcome.error)
    case 'refused':
      return judgeRefusal(refusalOf(outcome), bytes)
  }
}

/** The refusal in an outcome that is one. */
export const refusalOf = ({ phase, code, response }: SmtpOutcome & { kind: 'refused' }): Refusal => ({
  phase,
  code,
  enhanced: enhancedCode(response),
  text: response,
})

function judgeRefusal(refusal: Refusal, bytes: number): Verdict {
  const reason = refusal.text
  const meaning = meaningOf(refusal)
  switch (meaning) {
    case 'stop':
    case 'cool_down':
    case 'next_day':
      return { kind: 'mailbox', action: meaning, reason }
    case 'full':
      return { kind: 'retry', reason, isFull: true }
    case 'retry':
      return { kind: meaning, reason }
    case 'too_large':
      return { kind: 'failed', reason: tooLargeWords(bytes, { response: reason }), addressInvalid: false }
    case 'refused':
    case 'address_invalid':
    case null:
      return { kind: 'failed', reason, addressInvalid: meaning === 'address_invalid' }
  }
}

// After the server's go-ahead for the message, a lost connection may hide an acceptance. Doubt is held, never re-sent.
function judgeBroken(phase: SmtpPhase, error: string): Verdict {
  switch (phase) {
    case 'body':
      return { kind: 'held', reason: `The message was handed over, but no answer to it came: ${error}` }
    case 'rcpt':
    case 'data':
      return { kind: 'retry', reason: `The connection was lost: ${error}` }
    case 'connect':
    case 'auth':
    case 'mail':
      return { kind: 'mailbox', action: 'cool_down', reason: error }
  }
}

/**
 * The RFC 3463 code of a reply, or ''. It follows the reply code on each line, the first counts; qmail and others write
 * `(#5.1.1)` somewhere behind. Its class must be the reply's, so that no address or version is taken for one.
 */
export function enhancedCode(response: string): string {
  const [, level, atStart] = /^([245])\d\d[ -](?:SMTP; )?([245]\.\d{1,3}\.\d{1,3})\b(?!\.)/.exec(response) ?? []
  if (atStart && atStart[0] === level) return atStart
  const behind = /#([245]\.\d{1,3}\.\d{1,3})\b(?!\.)/.exec(response)?.[1] ?? ''
  return behind && behind[0] === response[0] ? behind : ''
}
