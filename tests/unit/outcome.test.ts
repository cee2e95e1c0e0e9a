import { describe, expect, it } from 'vitest'
import { judge, type SmtpPhase, type Verdict } from '@/domain/delivery/outcome'

const kindOf = (verdict: Verdict) =>
  verdict.kind === 'mailbox'
    ? verdict.action
    : verdict.kind === 'failed' && verdict.addressInvalid
      ? 'invalid'
      : verdict.kind
const answer = (phase: SmtpPhase, response: string) =>
  kindOf(judge({ kind: 'refused', phase, code: Number(response.slice(0, 3)), response }))

describe('judging SMTP outcomes', () => {
  it.each<[string, SmtpPhase, string]>([
    [
      'stop',
      'auth',
      '535 5.7.8 Username and Password not accepted. For more information, go to https://support.google.com/mail',
    ],
    ['stop', 'auth', '534 5.7.9 Application-specific password required'],
    ['cool_down', 'auth', '454 4.7.0 Temporary authentication failure'],
    ['cool_down', 'connect', '421 4.7.0 Too many connections'],
    ['cool_down', 'rcpt', '421 4.7.28 Our system has detected an unusual rate of unsolicited mail'],
    ['cool_down', 'data', '432 4.3.2 STOREDRV.ClientSubmit; sender thread limit exceeded'],
    ['cool_down', 'rcpt', '450 4.2.1 The user you are trying to contact is receiving mail too quickly'],
    ['next_day', 'data', '550 5.4.5 Daily user sending limit exceeded'],
    ['next_day', 'body', '554 5.2.0 STOREDRV.Submission.Exception:SubmissionQuotaExceededException'],
    ['stop', 'body', '550 5.2.252 SendAsDenied; not allowed to send as sales@example.com'],
    ['stop', 'mail', '553 5.1.8 Sender address rejected: Domain not found'],
    ['stop', 'rcpt', '554 5.7.1 <ada@example.com>: Relay access denied'],
    ['stop', 'body', '550 5.7.26 This mail has been blocked because the sender is unauthenticated'],
    ['stop', 'body', '550 5.7.515 Access denied, sending domain does not meet the required authentication level'],
    [
      'invalid',
      'rcpt',
      '550 5.1.1 <nobody@example.com>: Recipient address rejected: User unknown in virtual mailbox table',
    ],
    ['invalid', 'rcpt', '550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup'],
    ['invalid', 'rcpt', '550 5.4.4 Invalid domain'],
    ['invalid', 'rcpt', '550 No such user here'],
    ['retry', 'rcpt', '452 4.2.2 The email account that you tried to reach is over quota'],
    ['retry', 'rcpt', '552 5.2.2 Mailbox full'],
    ['retry', 'rcpt', '450 4.7.1 Greylisted, please try again in 300 seconds'],
    ['retry', 'rcpt', '451 4.3.0 Mail server temporarily rejected message'],
    ['template', 'body', '552 5.3.4 Message size exceeds fixed limit'],
    ['template', 'body', '554 5.6.0 Message content rejected'],
    ['failed', 'rcpt', '554 5.7.1 Service unavailable; client host blocked by policy'],
    ['failed', 'body', '550 5.7.1 Message considered spam'],
  ])('%s: at %s, %s', (expected, phase, response) => {
    expect(answer(phase, response)).toBe(expected)
  })

  it.each<[string, SmtpPhase]>([
    ['cool_down', 'connect'],
    ['cool_down', 'auth'],
    ['cool_down', 'mail'],
    ['retry', 'rcpt'],
    ['retry', 'data'],
    ['held', 'body'],
  ])('%s when the connection is lost at %s', (expected, phase) => {
    expect(kindOf(judge({ kind: 'broken', phase, error: 'ECONNRESET' }))).toBe(expected)
  })
})
