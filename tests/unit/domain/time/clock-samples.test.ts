import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type ClockState, clockWords, isBehind, takeSample } from '@/domain/time/clock-samples'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const believed = { toldMs: 1_000_000_000, steadyMs: 5_000 }
const start: ClockState = { believed, suspect: null }
/** A sample so long after the believed one, so far ahead of what it should be. */
const sample = (afterMs: number, aheadMs: number) => ({
  toldMs: believed.toldMs + afterMs + aheadMs,
  steadyMs: believed.steadyMs + afterMs,
})

describe('samples of the time', () => {
  it('are believed as they come while they are less than a minute off', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: HOUR_MS }),
        fc.integer({ min: -MINUTE_MS, max: MINUTE_MS }),
        (after, ahead) => {
          const next = sample(after, ahead)
          expect(takeSample(start, next)).toEqual({ believed: next, suspect: null, jumpMs: null })
        },
      ),
    )
  })

  it('tell a jump only when a second one agrees with the first', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: MINUTE_MS + 1, max: 24 * HOUR_MS }),
        fc.boolean(),
        fc.integer({ min: 0, max: 2 * MINUTE_MS }),
        fc.integer({ min: -5_000, max: 5_000 }),
        (size, back, between, drift) => {
          const ahead = back ? -size : size
          const first = sample(1_000, ahead)
          const doubted = takeSample(start, first)
          expect(doubted).toEqual({ believed, suspect: first, jumpMs: null })
          const second = sample(1_000 + between, ahead + drift)
          const settled = takeSample(doubted, second)
          if (Math.abs(ahead + drift) <= MINUTE_MS) expect(settled.jumpMs).toBeNull()
          else expect(settled).toEqual({ believed: second, suspect: null, jumpMs: ahead + drift })
        },
      ),
    )
  })

  it('forget one that was wrong, and doubt anew where each tells another time', () => {
    const doubted = takeSample(start, sample(1_000, HOUR_MS))
    expect(takeSample(doubted, sample(3_000, 0))).toEqual({ believed: sample(3_000, 0), suspect: null, jumpMs: null })
    const other = sample(3_000, 3 * HOUR_MS)
    expect(takeSample(doubted, other)).toEqual({ believed, suspect: other, jumpMs: null })
  })
})

describe('what is to be known about the clock', () => {
  const now = new Date('2026-03-02T09:00:00Z')

  it('is told from a minute on', () => {
    expect([60_000, 60_001].map((ms) => isBehind(now, new Date(now.getTime() + ms)))).toEqual([false, true])
  })

  it('says the fact and what follows', () => {
    expect(clockWords({ kind: 'jumped', at: now, byMs: -90 * MINUTE_MS })).toBe(
      'The clock jumped 90 minutes back, to 2026-03-02T09:00:00.000Z. Emails leave by the new time.',
    )
    expect(clockWords({ kind: 'simulation_kept', now, speed: 60 })).toBe(
      'CLOCK_START and CLOCK_SPEED are not used: this database has a simulated clock already, which showed 2026-03-02T09:00:00.000Z at the start and runs 60 times as fast. For another time, start with another database.',
    )
    const stored = new Date('2027-03-02T09:00:00Z')
    expect(clockWords({ kind: 'behind', now, stored, wasSimulated: true })).toBe(
      'At the start the clock showed 2026-03-02T09:00:00.000Z, 365 days before the last entry of this database. It was used with simulated time, and CLOCK_START is not set now: set it to go on with that.',
    )
    expect(clockWords({ kind: 'behind', now, stored, wasSimulated: false })).toContain(
      'Check the clock of the machine that the database runs on.',
    )
  })
})
