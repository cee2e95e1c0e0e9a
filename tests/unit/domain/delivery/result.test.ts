import { describe, expect, it } from 'vitest'
import { judge, type Verdict } from '@/domain/delivery/outcome'
import { type EmailResult, resultOf } from '@/domain/delivery/result'

const now = new Date('2026-03-02T09:00:00Z')
const first = { retryCount: 0, maxAttempts: 3, now, jitter: 0 }

const untouched = { dueAt: null, attemptUsed: false, addressInvalid: false }
const table: [string, Verdict, EmailResult][] = [
  [
    'sent is sent, with the answer of the server',
    { kind: 'sent', response: '250 ok' },
    { ...untouched, status: 'sent', reason: '250 ok' },
  ],
  [
    'held is held, with its reason',
    { kind: 'held', reason: 'connection lost' },
    { ...untouched, status: 'held', reason: 'connection lost' },
  ],
  [
    'a refusal of this email fails it and uses an attempt',
    { kind: 'failed', reason: '550 no', addressInvalid: false },
    { ...untouched, status: 'failed', reason: '550 no', attemptUsed: true },
  ],
  [
    'an address that does not exist is reported along',
    { kind: 'failed', reason: '550 5.1.1', addressInvalid: true },
    { ...untouched, status: 'failed', reason: '550 5.1.1', attemptUsed: true, addressInvalid: true },
  ],
  [
    'a retry waits an hour after the first attempt',
    { kind: 'retry', reason: '451 later' },
    {
      ...untouched,
      status: 'pending',
      reason: 'retry: 451 later',
      dueAt: new Date('2026-03-02T10:00:00Z'),
      attemptUsed: true,
    },
  ],
  ...(['stop', 'cool_down', 'next_day'] as const).map((action): [string, Verdict, EmailResult] => [
    `a failure of the mailbox (${action}) uses no attempt, and the email is due again after 15 minutes`,
    { kind: 'mailbox', action, reason: '421 busy' },
    { ...untouched, status: 'pending', reason: '421 busy', dueAt: new Date('2026-03-02T09:15:00Z') },
  ]),
  [
    "a fault of the template uses none of the email's attempts either",
    { kind: 'template', reason: '552 too large' },
    { ...untouched, status: 'pending', reason: '552 too large', dueAt: new Date('2026-03-02T09:15:00Z') },
  ],
  [
    'an email whose transaction did not begin goes back as it was',
    { kind: 'not_begun' },
    { ...untouched, status: 'pending', reason: null },
  ],
]

describe('the result of an attempt', () => {
  it.each(table)('%s', (_, verdict, result) => {
    expect(resultOf(verdict, first)).toEqual(result)
  })

  it.each([
    ['rcpt', 452, '452 4.2.2 Mailbox full'],
    ['body', 552, '552 5.2.2 Over quota'],
    ['rcpt', 552, '552 Quota exceeded'],
  ] as const)(
    'tries a full mailbox again after a day and a half, whatever says so (%s %i)',
    (phase, code, response) => {
      const verdict = judge({ kind: 'refused', phase, code, response })
      expect(resultOf(verdict, first)).toMatchObject({ status: 'pending', dueAt: new Date('2026-03-03T21:00:00Z') })
      expect(resultOf(verdict, { ...first, retryCount: 2 })).toMatchObject({ status: 'failed', reason: response })
    },
  )

  it('doubles the wait with each attempt, spread by the jitter', () => {
    const retry: Verdict = { kind: 'retry', reason: '451 later' }
    expect(resultOf(retry, { ...first, retryCount: 1 }).dueAt).toEqual(new Date('2026-03-02T11:00:00Z'))
    expect(resultOf(retry, { ...first, jitter: 1 }).dueAt).toEqual(new Date('2026-03-02T10:06:00Z'))
    expect(resultOf(retry, { ...first, jitter: -1 }).dueAt).toEqual(new Date('2026-03-02T09:54:00Z'))
  })

  it('fails at the last attempt, under the reason of the server alone', () => {
    expect(resultOf({ kind: 'retry', reason: '451 later' }, { ...first, retryCount: 2 })).toEqual({
      ...untouched,
      status: 'failed',
      reason: '451 later',
      attemptUsed: true,
    })
  })
})
