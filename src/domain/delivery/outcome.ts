/** How far an SMTP dialogue had come. `body` starts when the server has asked for the message (354). */
export const SMTP_PHASES = ['connect', 'auth', 'mail', 'rcpt', 'data', 'body'] as const
export type SmtpPhase = (typeof SMTP_PHASES)[number]

/** What happened on the wire. */
export type SmtpOutcome =
  | { kind: 'accepted'; response: string }
  /** No MAIL FROM was spoken, by our own choice. */
  | { kind: 'not_begun' }
  | { kind: 'refused'; phase: SmtpPhase; code: number; response: string }
  /** No answer: connection lost, timeout, TLS or DNS trouble. */
  | { kind: 'broken'; phase: SmtpPhase; error: string }

/** What we make of it. Only `retry` uses up one of the mail's attempts. */
export type Verdict =
  | { kind: 'sent'; response: string }
  | { kind: 'not_begun' }
  | { kind: 'retry'; reason: string }
  | { kind: 'failed'; reason: string; addressInvalid: boolean }
  | { kind: 'held'; reason: string }
  /** Trouble of the mailbox; the mail goes back untouched. `stop`: until its settings change; `cool_down`: some time; `next_day`: its provider's daily limit. */
  | { kind: 'mailbox'; action: 'stop' | 'cool_down' | 'next_day'; reason: string }
  /** The message itself is refused: too large, malformed, blocked content. The template's fault. */
  | { kind: 'template'; reason: string }

type Refusal = { phase: SmtpPhase; code: number; enhanced: string; text: string }
type Rule = { when: (refusal: Refusal) => boolean; verdict: (reason: string) => Verdict }

const stop = (reason: string): Verdict => ({ kind: 'mailbox', action: 'stop', reason })
const coolDown = (reason: string): Verdict => ({ kind: 'mailbox', action: 'cool_down', reason })
const nextDay = (reason: string): Verdict => ({ kind: 'mailbox', action: 'next_day', reason })
const template = (reason: string): Verdict => ({ kind: 'template', reason })
const retry = (reason: string): Verdict => ({ kind: 'retry', reason })
const failed = (reason: string): Verdict => ({ kind: 'failed', reason, addressInvalid: false })
const invalidAddress = (reason: string): Verdict => ({ kind: 'failed', reason, addressInvalid: true })

const enhancedIn =
  (...codes: string[]) =>
  (refusal: Refusal) =>
    codes.includes(refusal.enhanced)
const beforeMail = ({ phase }: Refusal) => phase === 'connect' || phase === 'auth'

/**
 * First match wins. Phase, enhanced code and known text decide, never the first digit alone: Gmail's daily limit is a
 * 5xx, Exchange's submission quota a 554, and a full mailbox may be either.
 */
const RULES: readonly Rule[] = [
  // The account or its rights: nothing will leave until a person changes something.
  { when: ({ phase, code }) => phase === 'auth' && code >= 500, verdict: stop },
  {
    when: ({ code, enhanced, text }) =>
      code >= 500 && (enhanced === '5.7.8' || /\bauthenticat\w+ (failed|required|unsuccessful)/i.test(text)),
    verdict: stop,
  },
  // The provider's quota for this account.
  {
    when: ({ code, enhanced, text }) =>
      (code === 550 && enhanced === '5.4.5') ||
      /SubmissionQuotaExceeded|daily (user )?sending (limit|quota)|daily message quota|sending limit exceeded|exceeded (the|your) (max\w* )?(daily|24|sending)/i.test(
        text,
      ),
    verdict: nextDay,
  },
  {
    when: ({ enhanced, text }) => /^5\.2\.25[1-5]$/.test(enhanced) || /STOREDRV\.Submission|SendAsDenied/i.test(text),
    verdict: stop,
  },
  // We may not send from, or through, here.
  {
    when: ({ enhanced, text }) =>
      enhanced === '5.1.8' ||
      ['5.7.26', '5.7.515', '5.7.60'].includes(enhanced) ||
      /relay(ing)? (access )?(denied|not permitted|prohibited)|unable to relay|not (allowed|permitted) to relay|sender (address )?rejected|not verified|sender (is )?not (allowed|authori[sz]ed)/i.test(
        text,
      ),
    verdict: stop,
  },
  // Slow down: rate limits and temporary blocks of this sender.
  {
    when: ({ code, enhanced, phase }) =>
      code === 421 ||
      (code === 432 && enhanced === '4.3.2') ||
      (code === 450 && enhanced === '4.2.1') ||
      (code < 500 && enhanced.startsWith('4.7.') && !(phase === 'rcpt' && enhanced === '4.7.1')),
    verdict: coolDown,
  },
  { when: beforeMail, verdict: coolDown },
  // Greylisting asks for patience with this recipient, not with the mailbox.
  {
    when: ({ code, enhanced, text }) => code < 500 && (enhanced === '4.7.1' || /gr[ea]ylist/i.test(text)),
    verdict: retry,
  },
  // The address does not exist.
  {
    when: ({ code, enhanced, phase, text }) =>
      code >= 500 &&
      (enhancedIn('5.1.1', '5.1.2', '5.1.10', '5.4.4')({ code, enhanced, phase, text }) ||
        (phase === 'rcpt' &&
          !/^5\.[2-7]/.test(enhanced) &&
          /user unknown|no such (user|mailbox|recipient)|unknown (user|recipient|mailbox)|does not exist|invalid (mailbox|recipient)|mailbox (not found|unavailable)|recipient (address )?rejected/i.test(
            text,
          ))),
    verdict: invalidAddress,
  },
  // The recipient's mailbox is full: passing, whatever the first digit.
  {
    when: ({ enhanced, text }) =>
      /^[45]\.2\.2$/.test(enhanced) || /(mailbox|quota).{0,20}(full|exceeded)|over ?quota/i.test(text),
    verdict: retry,
  },
  // The message itself.
  {
    when: ({ code, enhanced, phase }) =>
      (code === 552 && ['5.3.4', '5.2.3', ''].includes(enhanced)) ||
      enhanced === '5.3.4' ||
      enhanced === '5.2.3' ||
      (code === 554 && enhanced === '5.6.0' && phase !== 'rcpt') ||
      (enhanced.startsWith('5.6.') && phase === 'body'),
    verdict: template,
  },
  { when: ({ code }) => code >= 400 && code < 500, verdict: retry },
]

/** Says what an SMTP outcome means for the mail and its mailbox. Total: every outcome has exactly one verdict. */
export function judge(outcome: SmtpOutcome): Verdict {
  switch (outcome.kind) {
    case 'accepted':
      return { kind: 'sent', response: outcome.response }
    case 'not_begun':
      return { kind: 'not_begun' }
    case 'broken':
      return judgeBroken(outcome.phase, outcome.error)
    case 'refused': {
      const { phase, code, response } = outcome
      const refusal = { phase, code, enhanced: enhancedCode(response), text: response }
      const rule = RULES.find(({ when }) => when(refusal))
      return (rule?.verdict ?? failed)(response)
    }
  }
}

// Once the server has asked for the message, a lost connection may hide an acceptance. Doubt is held, never re-sent.
function judgeBroken(phase: SmtpPhase, error: string): Verdict {
  if (phase === 'body')
    return { kind: 'held', reason: `The connection was lost after the message was handed over: ${error}` }
  if (phase === 'rcpt' || phase === 'data') return retry(`The connection was lost: ${error}`)
  return coolDown(error)
}

/** The RFC 3463 code that follows the reply code, or ''. Multi-line replies carry it on each line; the first counts. */
export const enhancedCode = (response: string): string => /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})\b/.exec(response)?.[1] ?? ''
