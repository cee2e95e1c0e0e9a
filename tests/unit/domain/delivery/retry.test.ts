import { describe, expect, it } from 'vitest'
import { coolDownUntil, retryAt } from '@/domain/delivery/retry'
import { DAY_MS } from '@/domain/time/duration'

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

  it('asks a host that refuses for a day no more than 40 times', () => {
    let at = now
    let asked = 0
    while (at.getTime() < now.getTime() + DAY_MS) at = coolDownUntil(++asked, at)
    expect(asked).toBeLessThanOrEqual(40)
  })
})
