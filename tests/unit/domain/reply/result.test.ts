import { describe, expect, it } from 'vitest'
import { judge, type SmtpOutcome } from '@/domain/delivery/outcome'
import { type ReplyAttempt, replyResultOf } from '@/domain/reply/result'
import { replyDueAt, replyLedgerOf } from '@/domain/reply/state'

const NOW = new Date('2026-12-18T09:00:00Z')
const ATTEMPT: ReplyAttempt = {
  ...{ recipients: ['ada@x.example', 'ben@x.example'], takenBefore: false },
  ...{ retryCount: 0, maxAttempts: 3, now: NOW, jitter: 0 },
}
const resultOf = (outcome: SmtpOutcome, over: Partial<ReplyAttempt> = {}) =>
  replyResultOf(outcome, judge(outcome), { ...ATTEMPT, ...over })
const accepted = (...refused: { address: string; code: number; response: string }[]): SmtpOutcome => ({
  kind: 'accepted',
  response: '250 OK',
  refused,
})
const GONE = { address: 'ben@x.example', code: 550, response: '550 5.1.1 User unknown' }
const LATER = { address: 'ben@x.example', code: 451, response: '451 4.7.1 Greylisted' }

describe('the state of a reply after an attempt', () => {
  it('is sent where the server takes it for all', () => {
    expect(resultOf({ kind: 'accepted', response: '250 OK' })).toEqual({
      ...{ status: 'sent', reason: null, dueAt: null, attemptUsed: false, response: '250 OK' },
      ...{ taken: ['ada@x.example', 'ben@x.example'], refused: [], invalid: [] },
    })
  })

  it('is sent, and names whom it did not reach, where some are refused for good', () => {
    expect(resultOf(accepted(GONE))).toMatchObject({
      ...{ status: 'sent', taken: ['ada@x.example'], refused: ['ben@x.example'], invalid: ['ben@x.example'] },
      reason: 'Not delivered to ben@x.example: 550 5.1.1 User unknown',
    })
  })

  it('is pending where some are put off, and sent once their attempts are used up', () => {
    expect(resultOf(accepted(LATER))).toMatchObject({
      ...{ status: 'pending', taken: ['ada@x.example'], refused: [], attemptUsed: true },
      dueAt: new Date('2026-12-18T10:00:00Z'),
    })
    expect(resultOf(accepted(LATER), { retryCount: 2 })).toMatchObject({
      ...{ status: 'sent', taken: ['ada@x.example'], refused: ['ben@x.example'] },
    })
  })

  it('is sent where the rest is refused that an earlier attempt did not reach, and failed where nobody got it', () => {
    const refused: SmtpOutcome = { kind: 'refused', phase: 'rcpt', code: 550, response: '550 5.7.1 No' }
    const rest = { recipients: ['ben@x.example'] }
    expect(resultOf(refused, { ...rest, takenBefore: true })).toMatchObject({
      ...{ status: 'sent', refused: ['ben@x.example'], reason: 'Not delivered to ben@x.example: 550 5.7.1 No' },
    })
    expect(resultOf(refused, rest)).toMatchObject({ status: 'failed', reason: '550 5.7.1 No' })
  })

  it('names an address that does not exist only where it is the one that was refused', () => {
    const unknown: SmtpOutcome = { kind: 'refused', phase: 'rcpt', code: 550, response: '550 5.1.1 User unknown' }
    expect(resultOf(unknown, { recipients: ['ben@x.example'] }).invalid).toEqual(['ben@x.example'])
    expect(resultOf(unknown).invalid).toEqual([])
  })

  it('is held where the answer is lost', () => {
    const lost: SmtpOutcome = { kind: 'broken', phase: 'body', error: 'lost' }
    expect(resultOf(lost)).toMatchObject({ status: 'held', taken: [], refused: [], attemptUsed: false })
  })
})

describe('what people write from a mailbox', () => {
  it('can be taken back for ten seconds of their own time, however fast the clock runs', () => {
    expect(replyDueAt(NOW, 1)).toEqual(new Date('2026-12-18T09:00:10Z'))
    expect(replyDueAt(NOW, 60)).toEqual(new Date('2026-12-18T09:10:00Z'))
  })

  it('adds up by state', () => {
    const counts = [
      { status: 'sent', count: 3 },
      { status: 'held', count: 1 },
      { status: 'cancelled', count: 2 },
    ] as const
    expect(replyLedgerOf(counts)).toEqual({
      written: 6,
      pending: 0,
      sending: 0,
      held: 1,
      sent: 3,
      failed: 0,
      cancelled: 2,
    })
  })
})
