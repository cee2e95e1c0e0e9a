import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { missedRuns, nextRunAfter, type Recurrence } from '@/domain/lead-generation/recurrence'
import { RECURRING_INTERVALS, type RecurringInterval } from '@/domain/lead-generation/recurring-intervals'
import { DAY_MS } from '@/domain/time/duration'
import { zoned } from '@/domain/time/local-time'

const ZONES = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'America/Sao_Paulo',
  'Pacific/Apia',
]
const recurrence = fc.record({
  first: fc.date({ min: new Date('2009-01-01'), max: new Date('2035-01-01'), noInvalidDate: true }),
  interval: fc.constantFrom(...RECURRING_INTERVALS),
  timezone: fc.constantFrom(...ZONES),
  endDate: fc.constant(null),
})
const rule = (first: string, interval: RecurringInterval, timezone: string, endDate?: string): Recurrence => ({
  first: new Date(first),
  interval,
  timezone,
  endDate: endDate ? new Date(endDate) : null,
})
const nextLocal = (from: Recurrence, after: string) => {
  const next = nextRunAfter(from, new Date(after))
  return next && zoned(next, from.timezone).toString({ timeZoneName: 'never' })
}
const DAYS = { daily: 1, every_2_days: 2, every_3_days: 3, weekly: 7 }

describe('recurrence', () => {
  it('takes the last day of a month that lacks the day, and has the day again afterwards', () => {
    const monthly = rule('2027-12-31T09:00:00Z', 'monthly', 'UTC')
    const runs: string[] = []
    for (let at: Date | null = monthly.first; at && runs.length < 5; ) {
      at = nextRunAfter(monthly, at)
      if (at) runs.push(at.toISOString().slice(0, 10))
    }
    expect(runs).toEqual(['2028-01-31', '2028-02-29', '2028-03-31', '2028-04-30', '2028-05-31'])
  })

  it('keeps the local time across clock changes; a time in the gap moves forward for that day alone', () => {
    const daily = rule('2026-03-27T02:30:00+01:00', 'daily', 'Europe/Berlin')
    expect(nextLocal(daily, '2026-03-28T12:00:00Z')).toBe('2026-03-29T03:30:00+02:00')
    expect(nextLocal(daily, '2026-03-29T12:00:00Z')).toBe('2026-03-30T02:30:00+02:00')
    // In the overlap of autumn it is the first of the two.
    expect(nextLocal(daily, '2026-10-24T12:00:00Z')).toBe('2026-10-25T02:30:00+02:00')
  })

  it('has no run after the end date, and one at it', () => {
    const daily = rule('2026-03-02T09:00:00Z', 'daily', 'UTC', '2026-03-04T09:00:00Z')
    expect(nextLocal(daily, '2026-03-03T09:00:00Z')).toBe('2026-03-04T09:00:00+00:00')
    expect(nextLocal(daily, '2026-03-04T09:00:00Z')).toBeNull()
  })

  it('is always later, never skips a run, and counts days and months from the first run', () => {
    fc.assert(
      fc.property(recurrence, fc.integer({ min: 0, max: 40 * 366 * 24 }), (from, hours) => {
        const after = new Date(from.first.getTime() + hours * 3_600_000)
        const next = nextRunAfter(from, after)
        if (!next) throw new Error('There is no end')
        expect(next.getTime()).toBeGreaterThan(after.getTime())
        // The run before `next` was due at or before `after`: nothing lies between.
        const start = zoned(from.first, from.timezone)
        const due = zoned(next, from.timezone)
        const dates = start.toPlainDate().until(due.toPlainDate())
        if (from.interval === 'monthly') {
          expect(due.day).toBe(Math.min(start.day, due.daysInMonth))
          const months = (due.year - start.year) * 12 + due.month - start.month
          expect(nextRunAfter(from, new Date(next.getTime() - 1))).toEqual(next)
          if (months > 1) {
            const before = start.toPlainDate().add({ months: months - 1 })
            expect(before.toString() <= zoned(after, from.timezone).toPlainDate().toString()).toBe(true)
          }
        } else {
          // Apia had no 30 December 2011: a run due on it is made a day later.
          const skippedDay = from.timezone === 'Pacific/Apia' && due.toPlainDate().toString() === '2011-12-31'
          if (!skippedDay) expect(dates.days % DAYS[from.interval]).toBe(0)
          expect(next.getTime() - after.getTime()).toBeLessThanOrEqual((DAYS[from.interval] + 1) * DAY_MS + 7_200_000)
        }
      }),
      { numRuns: 2_000 },
    )
  })

  it('keeps the local time of day, but for times that a clock change skips', () => {
    fc.assert(
      fc.property(recurrence, fc.integer({ min: 0, max: 2000 }), (from, days) => {
        const next = nextRunAfter(from, new Date(from.first.getTime() + days * DAY_MS))
        if (!next) throw new Error('There is no end')
        const wanted = zoned(from.first, from.timezone).toPlainTime()
        const due = zoned(next, from.timezone)
        if (due.toPlainTime().equals(wanted)) return
        // Then the wanted time does not exist on that day.
        const there = due.toPlainDate().toPlainDateTime(wanted).toZonedDateTime(from.timezone)
        expect(there.toPlainTime().equals(wanted)).toBe(false)
      }),
      { numRuns: 2_000 },
    )
  })

  it('lets one run stand for all that were missed, whatever the downtime', () => {
    fc.assert(
      fc.property(recurrence, fc.integer({ min: 1, max: 60 * 24 }), (from, hours) => {
        const due = nextRunAfter(from, from.first)
        if (!due) throw new Error('There is no end')
        const at = new Date(due.getTime() + hours * 3_600_000)
        const once = missedRuns(from, due, at)
        const next = nextRunAfter(from, at)
        expect(once.due.getTime()).toBeLessThanOrEqual(at.getTime())
        expect(next?.getTime()).toBeGreaterThan(at.getTime())
        // Counted one by one, they come to the same.
        let missed = 0
        for (let one = due; one < once.due; missed++) one = nextRunAfter(from, one) as Date
        expect(once.missed).toBe(missed)
        expect(nextRunAfter(from, once.due)).toEqual(next)
      }),
      { numRuns: 150 },
    )
  })

  it('counts ten days without a worker as one run that stands for nine more', () => {
    const daily = rule('2026-03-02T09:00:00Z', 'daily', 'Europe/Berlin')
    expect(missedRuns(daily, new Date('2026-03-03T09:00:00Z'), new Date('2026-03-12T20:00:00Z'))).toEqual({
      due: new Date('2026-03-12T09:00:00Z'),
      missed: 9,
    })
  })
})
