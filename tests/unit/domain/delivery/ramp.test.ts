import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import { dailyLimitOf, limitOn, type Ramp, rampEnds, rampLimit, rampOf } from '@/domain/delivery/ramp'

// A Monday.
const RAMP: Ramp = { start: 2, step: 3, from: '2026-03-02' }
const EVERY_DAY = { days: [1, 2, 3, 4, 5, 6, 7], holidays: [] }
const WEEKDAYS = { days: [1, 2, 3, 4, 5], holidays: [] }

describe('a mailbox that ramps up', () => {
  it.each([
    ['2026-02-20', 2],
    ['2026-03-02', 2],
    ['2026-03-03', 5],
    ['2026-03-08', 20],
    ['2027-03-02', 2 + 365 * 3],
  ])('with a window every day may send on %s: %i', (day, limit) => {
    expect(rampLimit(RAMP, EVERY_DAY, day)).toBe(limit)
  })

  it.each([
    ['2026-03-06', 14],
    ['2026-03-07', 14],
    ['2026-03-08', 14],
    ['2026-03-09', 17],
  ])('does not grow on days on which its window is closed: on %s %i', (day, limit) => {
    expect(rampLimit(RAMP, WEEKDAYS, day)).toBe(limit)
  })

  it('does not grow on holidays either, each counted once and only where the window would open', () => {
    // A Wednesday twice, a Saturday, its first day, and one yet to come.
    const holidays = ['2026-03-04', '2026-03-04', '2026-03-07', '2026-03-02', '2026-03-20']
    expect(rampLimit(RAMP, { ...WEEKDAYS, holidays }, '2026-03-09')).toBe(14)
  })

  it('grows as counted day by day', () => {
    const window = fc.record({
      days: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
      holidays: fc.array(fc.integer({ min: 0, max: 400 }).map((days) => dayAfter(RAMP.from, days))),
    })
    fc.assert(
      fc.property(window, fc.integer({ min: -30, max: 400 }), ({ days, holidays }, after) => {
        let open = 0
        for (let day = 1; day <= after; day++) {
          const date = Temporal.PlainDate.from(dayAfter(RAMP.from, day))
          if (days.includes(date.dayOfWeek) && !holidays.includes(date.toString())) open++
        }
        expect(rampLimit(RAMP, { days, holidays }, dayAfter(RAMP.from, after))).toBe(2 + 3 * open)
      }),
    )
  })

  it('never sends more than its daily limit, and reaches it on the day that is named', () => {
    const limit = dailyLimitOf(12, RAMP, WEEKDAYS)
    const days = Array.from({ length: 9 }, (_, day) => limitOn(limit, dayAfter(RAMP.from, day)))
    expect(days).toEqual([2, 5, 8, 11, 12, 12, 12, 12, 12])
    expect(rampEnds(RAMP, 12, WEEKDAYS)).toBe('2026-03-06')
    expect(rampEnds(RAMP, 17, WEEKDAYS)).toBe('2026-03-09')
    expect(rampEnds(RAMP, 2, WEEKDAYS)).toBe('2026-03-02')
    expect(rampEnds({ ...RAMP, step: 0 }, 12, WEEKDAYS)).toBeNull()
    expect(rampEnds(RAMP, 12, { days: [], holidays: [] })).toBeNull()
  })

  it('is none without all of its columns, and then the daily limit alone counts', () => {
    expect(rampOf({ rampStart: null, rampStep: null, rampFrom: null })).toBeNull()
    const stored = { rampStart: 2, rampStep: 3, rampFrom: new Date('2026-03-02') }
    expect(rampOf(stored)).toEqual(RAMP)
    expect(limitOn(dailyLimitOf(12, null, WEEKDAYS), '2026-03-02')).toBe(12)
    expect(limitOn(dailyLimitOf(null, null, WEEKDAYS), '2026-03-02')).toBeNull()
    expect(limitOn(dailyLimitOf(null, RAMP, WEEKDAYS), '2026-03-03')).toBe(5)
  })
})

const dayAfter = (day: string, days: number) => Temporal.PlainDate.from(day).add({ days }).toString()
