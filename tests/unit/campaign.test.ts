import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { EMAIL_STATUSES, ledgerOf, nothingLeft, tooManyFailed } from '@/domain/campaign/progress'
import { resumeShift } from '@/domain/campaign/resume'
import { CAMPAIGN_STATUSES, canMove, illegalMove, NEXT, sourcesOf } from '@/domain/campaign/state'
import { coolDownUntil, retryAt } from '@/domain/delivery/retry'

const now = new Date('2026-03-02T09:00:00Z')

describe('campaign states', () => {
  it('allow exactly the drawn moves', () => {
    const moves = CAMPAIGN_STATUSES.flatMap((from) =>
      CAMPAIGN_STATUSES.filter((to) => canMove(from, to)).map((to) => `${from} -> ${to}`),
    )
    expect(moves).toEqual([
      'draft -> scheduled',
      'draft -> running',
      'scheduled -> draft',
      'scheduled -> running',
      'scheduled -> completed',
      'running -> paused',
      'running -> completed',
      'running -> failed',
      'paused -> running',
      'paused -> completed',
      'completed -> running',
      'failed -> running',
      'failed -> completed',
    ])
    for (const to of CAMPAIGN_STATUSES) for (const from of sourcesOf(to)) expect(NEXT[from]).toContain(to)
  })

  it('refuse a move by naming both states', () => {
    const refusal = illegalMove({ id: '1', name: 'Spring' }, 'resume', 'completed', 'running')
    expect(refusal.message).toBe(
      `Can't resume "Spring": it is completed, and completed cannot become running. Nothing was changed.`,
    )
  })
})

describe('the ledger', () => {
  it('always sums to what was planned', () => {
    const counts = fc.array(fc.record({ status: fc.constantFrom(...EMAIL_STATUSES), count: fc.nat(10_000) }))
    fc.assert(
      fc.property(counts, (rows) => {
        const { planned, ...rest } = ledgerOf(rows)
        expect(planned).toBe(Object.values(rest).reduce((sum, count) => sum + count, 0))
        expect(planned).toBe(rows.reduce((sum, { count }) => sum + count, 0))
        expect(nothingLeft({ planned, ...rest })).toBe(rest.pending === 0 && rest.sending === 0 && rest.held === 0)
      }),
    )
  })

  it('hides no row whose state it does not know', () => {
    expect(() => ledgerOf([{ status: 'lost', count: 1 }])).toThrow('"lost" is no state of a planned mail')
  })

  it('fails a campaign above half, never at ten mails or fewer', () => {
    expect(tooManyFailed({ failed: 6, planned: 11 })).toBe(true)
    expect(tooManyFailed({ failed: 6, planned: 12 })).toBe(false)
    expect(tooManyFailed({ failed: 10, planned: 10 })).toBe(false)
  })
})

describe('resume', () => {
  it('moves all by how far the earliest is overdue: gaps hold, nothing is due before now', () => {
    const times = fc.array(fc.date({ min: new Date('2026-01-01'), max: new Date('2026-06-01'), noInvalidDate: true }), {
      minLength: 1,
      maxLength: 8,
    })
    fc.assert(
      fc.property(times, (due) => {
        const shift = resumeShift(due, now)
        const earliest = Math.min(...due.map((time) => time.getTime()))
        expect(shift).toBe(Math.max(0, now.getTime() - earliest))
        for (const time of due)
          expect(time.getTime() + shift).toBeGreaterThanOrEqual(Math.min(now.getTime(), earliest + shift))
      }),
    )
    expect(resumeShift([], now)).toBe(0)
  })
})

describe('retry', () => {
  it('waits 1 h, then doubles, within 10 %, and ends after the allowed attempts', () => {
    const minutes = (attempt: number, jitter: number) =>
      ((retryAt(attempt, 5, now, jitter)?.getTime() ?? 0) - now.getTime()) / 60_000
    expect([1, 2, 3, 4].map((attempt) => minutes(attempt, 0))).toEqual([60, 120, 240, 480])
    expect([minutes(1, -1), minutes(1, 1), minutes(1, 7)]).toEqual([54, 66, 66])
    expect(retryAt(3, 3, now, 0)).toBeNull()
    expect(retryAt(2, 3, now, 0)).not.toBeNull()
  })

  it('asks a host that refuses for a day no more than 40 times', () => {
    let at = now
    let asked = 0
    while (at.getTime() < now.getTime() + 86_400_000) at = coolDownUntil(++asked, at)
    expect(asked).toBeLessThanOrEqual(40)
  })
})
