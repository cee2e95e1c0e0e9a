import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { suspectOf } from '@/domain/delivery/answer-rules'
import {
  enhancedCode,
  judge,
  refusalOf,
  SMTP_PHASES,
  type SmtpOutcome,
  type SmtpPhase,
  type Verdict,
} from '@/domain/delivery/outcome'
import { SMTP_ANSWERS } from '../../../fixtures/smtp-answers'
import { UNSOURCED_ANSWERS } from '../../../fixtures/smtp-answers-unsourced'

const wordFor = (verdict: Verdict) => {
  if (verdict.kind === 'mailbox') return verdict.action
  return verdict.kind === 'failed' && verdict.addressInvalid ? 'invalid' : verdict.kind
}
/** The verdict, and for a failed email what else than its recipient may be at fault: its content, or its size. */
const meaningFor = (outcome: SmtpOutcome & { kind: 'refused' }) => {
  const word = wordFor(judge(outcome))
  const suspect = suspectOf(refusalOf(outcome))
  return word === 'failed' && suspect !== null && suspect !== 'mailbox' ? suspect : word
}
const refused = (phase: SmtpPhase, response: string): SmtpOutcome & { kind: 'refused' } => ({
  kind: 'refused',
  phase,
  code: Number(response.slice(0, 3)),
  response,
})

describe('judging SMTP outcomes', () => {
  it('knows at least 60 answers of real servers with their sources, of every kind', () => {
    const texts = new Set(SMTP_ANSWERS.map(([server, phase, , text]) => [server, phase, text].join('|')))
    expect(texts.size).toBe(SMTP_ANSWERS.length)
    expect(texts.size).toBeGreaterThanOrEqual(60)
    expect(new Set(SMTP_ANSWERS.map(([, , expected]) => expected)).size).toBe(8)
    for (const [, , , text, source] of SMTP_ANSWERS)
      expect(source, text).toMatch(/^https:\/\/\S+$|^github\.com\/[\w-]+\/[\w-]+: \S+$|^seen on /)
  })

  it.each([
    'Postfix',
    'Exim',
    'Sendmail',
    'Exchange',
    'Exchange Online',
    'Gmail',
    'Yahoo',
    'Outlook.com',
    'Yandex',
    'Amazon SES',
    'SendGrid',
    'Mailgun',
    'Zoho',
    'Exim (cPanel)',
  ])('knows several answers of %s', (name) => {
    expect(SMTP_ANSWERS.filter(([server]) => server === name).length).toBeGreaterThanOrEqual(2)
  })

  const answers = [...SMTP_ANSWERS, ...UNSOURCED_ANSWERS]
  it.each(answers.map(([server, phase, expected, text]) => [server, phase, expected, text] as const))(
    '%s at %s: %s: %s',
    (_server, phase, expected, text) => {
      expect(meaningFor(refused(phase, text))).toBe(expected)
    },
  )

  it.each(SMTP_PHASES)('421 at %s is about the mailbox, and leaves the mail as it was', (phase) => {
    for (const text of [
      '421 Service not available',
      '421 4.3.2 System not accepting network messages',
      '421 4.7.0 Greylisted, try again later',
    ]) {
      expect(wordFor(judge(refused(phase, text)))).toBe('cool_down')
    }
  })

  it.each([
    '535 5.7.8 no',
    '534 5.7.9 no',
    '500 unrecognized',
    '504 5.7.4 Unrecognized authentication type',
    '503 no AUTH',
  ])('a login refused with %s stops the mailbox', (text) => {
    expect(wordFor(judge(refused('auth', text)))).toBe('stop')
  })

  it.each(['500 5.5.1 Command unrecognized: STARTTLS', '502 5.5.1 Not implemented', '454 4.7.0 TLS not available'])(
    'STARTTLS or a greeting refused with %s lets the mailbox cool down',
    (text) => {
      expect(wordFor(judge(refused('connect', text)))).toBe('cool_down')
    },
  )

  it('takes a bare 552 for the size where MAIL FROM has named it, for the mailbox of the recipient where that was named', () => {
    expect(meaningFor(refused('mail', '552 Beyond what we take'))).toBe('size')
    expect(meaningFor(refused('rcpt', '552 Beyond what we take'))).toBe('retry')
    expect(meaningFor(refused('body', '552 Beyond what we take'))).toBe('content')
  })

  it.each([
    '554 5.7.1 Your account has been blocked for sending',
    '550 This account is on hold, contact billing',
    '550 5.7.1 Sender domain nexa.example has not been verified',
    '550 Your trial period has ended',
    '550 5.7.1 The sending domain is not configured',
    '550 5.7.0 Outgoing mail from <sales@nexa.example> has been suspended',
  ])('after the message, %s speaks of our account', (text) => {
    expect(meaningFor(refused('body', text))).toBe('stop')
  })

  it.each([
    '554 5.7.1 Message blocked: it links to a domain that is blocked',
    '550 The account of the recipient is on hold',
    '550 5.7.1 Attachment blocked for users of trial versions',
  ])('after the message, %s does not', (text) => {
    expect(['failed', 'content']).toContain(meaningFor(refused('body', text)))
  })

  it('tells an address that the relay refuses from one that its owner refuses', () => {
    expect(wordFor(judge(refused('rcpt', '550 5.7.1 Unable to relay')))).toBe('stop')
    expect(wordFor(judge(refused('body', '550 5.7.1 Message considered spam')))).toBe('failed')
    expect(wordFor(judge(refused('rcpt', '550 5.7.1 Access denied')))).toBe('failed')
  })

  it.each<[string, SmtpPhase]>([
    ['cool_down', 'connect'],
    ['cool_down', 'auth'],
    ['cool_down', 'mail'],
    ['retry', 'rcpt'],
    ['retry', 'data'],
    ['held', 'body'],
  ])('%s when the connection is lost at %s', (expected, phase) => {
    for (const error of ['read ECONNRESET', 'Timeout', 'getaddrinfo ENOTFOUND', 'Connection closed unexpectedly']) {
      expect(wordFor(judge({ kind: 'broken', phase, error }))).toBe(expected)
    }
  })

  it.each([
    ['550 5.1.1 User unknown', '5.1.1'],
    ['550-5.1.1 The account\n550 5.1.1 does not exist', '5.1.1'],
    ['554 sorry, no mailbox here by that name. (#5.1.1)', '5.1.1'],
    ['550 #5.7.1 Rejected', '5.7.1'],
    ['250 2.0.0 OK', '2.0.0'],
    ['550 5.1.1.7 is a version', ''],
    ['421 Exim 4.94.2', ''],
    ['451 5.1.1 contradicts itself', ''],
    ['451 contradicts itself (#5.1.1)', ''],
    ['550 user unknown', ''],
    ['', ''],
  ])('the enhanced code of "%s" is "%s"', (response, code) => {
    expect(enhancedCode(response)).toBe(code)
  })

  const phase = fc.constantFrom(...SMTP_PHASES)
  const code = fc.integer({ min: 0, max: 999 })
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.constantFrom(...SMTP_ANSWERS.map((answer) => answer[3])),
    fc.tuple(code, fc.stringMatching(/^[ -][245]\.\d{1,3}\.\d{1,3}$/), fc.string()).map((parts) => parts.join('')),
  )
  const outcome: fc.Arbitrary<SmtpOutcome> = fc.oneof(
    fc.record({ kind: fc.constant('accepted' as const), response: text }),
    fc.record({ kind: fc.constant('not_begun' as const) }),
    fc.record({ kind: fc.constant('too_large' as const), limit: fc.nat() }),
    fc.record({ kind: fc.constant('refused' as const), phase, code, response: text }),
    fc.record({ kind: fc.constant('broken' as const), phase, error: text }),
  )

  it('has a verdict for whatever a server says; only an accepted mail is sent, only one lost in its body is held', () => {
    fc.assert(
      fc.property(outcome, (seen) => {
        const verdict = judge(seen)
        expect(verdict.kind === 'sent').toBe(seen.kind === 'accepted')
        expect(verdict.kind === 'not_begun').toBe(seen.kind === 'not_begun')
        expect(verdict.kind === 'held').toBe(seen.kind === 'broken' && seen.phase === 'body')
        // Before a recipient is named, no lead can be at fault, and no attempt is used up.
        if ('phase' in seen && ['connect', 'auth', 'mail'].includes(seen.phase)) {
          // But for the size that MAIL FROM named.
          const isSize =
            seen.phase === 'mail' && 'reason' in verdict && verdict.reason.startsWith('The email is too large')
          expect(verdict.kind).toBe(isSize ? 'failed' : 'mailbox')
        }
      }),
      { numRuns: 20_000 },
    )
  })

  it('reads the longest answer at once', () => {
    for (const filling of ['5.1.1 ', 'exceeded storage ', 'message size ', 'a', '\n']) {
      // Its own work: what others do on this machine counts for nothing.
      const before = process.cpuUsage()
      judge(refused('rcpt', `550 ${filling.repeat(200_000)}`))
      expect(process.cpuUsage(before).user / 1000).toBeLessThan(5_000)
    }
  })
})
