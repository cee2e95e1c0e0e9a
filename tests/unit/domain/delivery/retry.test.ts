import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { coolDownUntil, retryAt } from '@/domain/delivery/retry'
import { DAY_MS } from '@/domain/time/duration'

const HOUR_MS = 3_600_000
const now = new Date('2026-03-02T09:00:00Z')

describe('retry', () => {
  it('waits 1 h, then doubles, within 10 %, and ends after the allowed attempts', () => {
    const minutes = (attempt: number, jitter: number) =>
      ((retryAt(attempt, 5, now, jitter)?.getTime() ?? 0) - now.getTime()) / 60_000
    expect([1, 2, 3, 4].map((attempt) => minutes(attempt, 0))).toEqual([60, 120, 240, 480])
    expect([minutes(1, -1), minutes(1, 1), minutes(1, 7)]).toEqual([54, 66, 66])
    expect(retryAt(3, 3, now, 0)).toBeNull()
    expect(retryAt(2, 3, now, 0)).not.toBeNull()
  })

  it('spreads the attempts at a full mailbox evenly over three days, as many as at any other', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10 }), fc.double({ min: -1, max: 1, noNaN: true }), (most, jitter) => {
        let at: Date | null = now
        const tried: Date[] = []
        for (; at; at = retryAt(tried.length, most, at, jitter, true)) tried.push(at)
        expect(tried).toHaveLength(most)
        const days = ((tried.at(-1)?.getTime() ?? 0) - now.getTime()) / DAY_MS
        expect(days).toBeGreaterThanOrEqual(most === 1 ? 0 : 2.7 - 1e-6)
        expect(days).toBeLessThanOrEqual(3.3 + 1e-6)
      }),
    )
    const hours = [1, 2].map(
      (attempt) => ((retryAt(attempt, 3, now, 0, true)?.getTime() ?? 0) - now.getTime()) / HOUR_MS,
    )
    expect(hours).toEqual([36, 36])
  })

  it('asks a host that refuses for a day no more than 40 times', () => {
    let at = now
    let asked = 0
    while (at.getTime() < now.getTime() + DAY_MS) at = coolDownUntil(++asked, at)
    expect(asked).toBeLessThanOrEqual(40)
  })
})
