import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dueTimes } from '@/domain/campaign/due-times'
import { DAY_MS } from '@/domain/time/duration'
import { alwaysOpen, isOpen, nextOpening, type SendingWindow } from '@/domain/time/window'
import { wallClock } from '../../../support/wall-clock'

const MINUTE_MS = 60_000
const BERLIN = 'Europe/Berlin'
const office: SendingWindow = {
  timezone: BERLIN,
  days: [1, 2, 3, 4, 5, 6, 7],
  startMinute: 540,
  endMinute: 1020,
  holidays: [],
}
const stepsOf = (days: readonly number[]) =>
  days.map((daysAfterPrevious, i) => ({ stepNumber: i + 1, templateId: 't', daysAfterPrevious }))
/** Times on the wall in Berlin. */
const inBerlin = (times: readonly Date[]) =>
  times.map((at) => {
    const { date, ms } = wallClock(at, BERLIN)
    return `${date} ${new Date(ms).toISOString().slice(11, 19)}`
  })

describe('when the steps of a lead leave', () => {
  it('an hour later by the clock from the day on which the clocks are set forward, as 24 hours ask, until a step has room', () => {
    const times = dueTimes(new Date('2026-03-28T09:00:00Z'), BERLIN, alwaysOpen(BERLIN), stepsOf([0, 1, 1, 2, 1, 3]))
    expect(inBerlin(times)).toEqual([
      '2026-03-28 10:00:00',
      '2026-03-29 11:00:00',
      '2026-03-30 11:00:00',
      '2026-04-01 10:00:00',
      '2026-04-02 10:00:00',
      '2026-04-05 10:00:00',
    ])
  })

  it('at 16:30, with a window until 17:00, a day later at the same time, and the next morning where an hour is skipped', () => {
    expect(inBerlin(dueTimes(new Date('2026-03-10T15:30:00Z'), BERLIN, office, stepsOf([0, 1, 1])))).toEqual([
      '2026-03-10 16:30:00',
      '2026-03-11 16:30:00',
      '2026-03-12 16:30:00',
    ])
    expect(inBerlin(dueTimes(new Date('2026-03-28T15:30:00Z'), BERLIN, office, stepsOf([0, 1, 1])))).toEqual([
      '2026-03-28 16:30:00',
      '2026-03-30 09:00:00',
      '2026-03-31 16:30:00',
    ])
  })

  it('just after midnight, or at the next opening, where seconds would carry a step over', () => {
    const late = dueTimes(new Date('2026-03-02T23:59:30Z'), 'UTC', alwaysOpen('UTC'), stepsOf([0, 1, 1]))
    expect(late.map((at) => at.toISOString())).toEqual([
      '2026-03-03T00:00:00.000Z',
      '2026-03-04T00:00:00.000Z',
      '2026-03-05T00:00:00.000Z',
    ])
    expect(inBerlin(dueTimes(new Date('2026-03-10T15:58:00Z'), BERLIN, office, stepsOf([0, 1])))).toEqual([
      '2026-03-11 09:00:00',
      '2026-03-12 09:00:00',
    ])
  })

  it('every second day from a window of one minute, which has closed when the 24 hours are over', () => {
    const minute = { ...office, endMinute: 541 }
    expect(inBerlin(dueTimes(new Date('2026-03-10T08:00:00Z'), BERLIN, minute, stepsOf([0, 1, 1])))).toEqual([
      '2026-03-10 09:00:00',
      '2026-03-12 09:00:00',
      '2026-03-14 09:00:00',
    ])
  })

  const zone = fc.constantFrom(BERLIN, 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'UTC')
  const sequence = fc.record({
    start: fc.oneof(
      fc.date({ min: new Date('2026-01-01'), max: new Date('2027-12-31'), noInvalidDate: true }),
      fc
        .tuple(
          fc.constantFrom('2026-03-28', '2026-03-07', '2026-10-24', '2026-10-03'),
          fc.integer({ min: -36 * 60, max: 36 * 60 }),
        )
        .map(([day, minutes]) => new Date(Date.parse(day) + minutes * MINUTE_MS)),
      // In the last minutes of an hour, where windows close.
      fc
        .tuple(fc.integer({ min: 0, max: 24 * 60 }), fc.integer({ min: -400, max: 0 }))
        .map(([hour, seconds]) => new Date(Date.parse('2026-03-02') + hour * 60 * MINUTE_MS + seconds * 1000)),
    ),
    timezone: zone,
    days: fc.array(fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 5 })), { minLength: 1, maxLength: 6 }),
    window: fc
      .record({
        timezone: zone,
        days: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
        from: fc.integer({ min: 0, max: 23 }),
        hours: fc.integer({ min: 1, max: 24 }),
      })
      .map(({ timezone, days, from, hours }): SendingWindow => {
        const endMinute = Math.min(24, from + hours) * 60
        return { timezone, days, startMinute: from * 60, endMinute, holidays: [] }
      }),
    late: fc.array(fc.integer({ min: 0, max: 89 }), { minLength: 6, maxLength: 6 }),
  })

  it('on the day that was planned, however late within a minute and a half each of them is sent', () => {
    fc.assert(
      fc.property(sequence, ({ start, timezone, days, window, late }) => {
        const times = dueTimes(start, timezone, window, stepsOf(days))
        let sent: Date | null = null
        times.forEach((due, i) => {
          const before = times[i - 1]
          if (before) expect(due.getTime() - before.getTime()).toBeGreaterThanOrEqual(DAY_MS)
          // What a worker does: not before it is due, nor within 24 hours, nor outside the window; and late.
          const free: number = Math.max(due.getTime(), sent ? sent.getTime() + DAY_MS : 0)
          const at = new Date(free + (late[i] ?? 0) * 1000)
          sent = isOpen(window, at) ? at : nextOpening(window, at)
          for (const zone of [window.timezone, timezone])
            expect(wallClock(sent, zone).date).toBe(wallClock(due, zone).date)
        })
      }),
      { numRuns: 2000 },
    )
  })

  it('is the same when it is asked from the first of them', () => {
    fc.assert(
      fc.property(sequence, ({ start, timezone, days, window }) => {
        const times = dueTimes(start, timezone, window, stepsOf(days))
        expect(dueTimes(times[0] ?? start, timezone, window, stepsOf(days))).toEqual(times)
      }),
      { numRuns: 500 },
    )
  })
})
