import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { expect, it } from 'vitest'
import { localOf, momentOf, nextMorning } from '@/components/time/local-time'
import { isOpenNow } from '@/components/time/open-now'
import { allZones } from '@/components/time/zone-search'
import { alwaysOpen, isOpen } from '@/domain/time/window'

const zones = fc.constantFrom(...allZones())
const FROM = Date.UTC(1975, 0, 1)
const moments = fc.integer({ min: FROM, max: Date.UTC(2060, 0, 1) }).map((ms) => new Date(ms))

/** Moments around the clock changes of a zone, where the two would differ if they did anywhere. */
const changes = fc
  .record({ zone: zones, from: moments, away: fc.integer({ min: -180, max: 180 }) })
  .map(({ zone, from, away }) => {
    const start = Temporal.Instant.fromEpochMilliseconds(from.getTime()).toZonedDateTimeISO(zone)
    const change = start.getTimeZoneTransition('next') ?? start
    return { zone, at: new Date(change.epochMilliseconds + away * 60_000) }
  })
const anywhere = fc.oneof(fc.record({ zone: zones, at: moments }), changes)

const zonedAt = (at: Date, zone: string) =>
  Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(zone)

it('writes every moment as the calendar of the domain does, in all zones', () => {
  fc.assert(
    fc.property(anywhere, ({ zone, at }) => {
      const expected = zonedAt(at, zone).toPlainDateTime().toString({ smallestUnit: 'minute' })
      expect(localOf(at, zone)).toBe(expected)
    }),
    { numRuns: 3_000 },
  )
})

it('reads every local time as the calendar of the domain does, in the hours that clocks skip and repeat, too', () => {
  fc.assert(
    fc.property(anywhere, fc.integer({ min: -120, max: 120 }), ({ zone, at }, minutes) => {
      const local = zonedAt(at, 'UTC')
        .toPlainDateTime()
        .add({ minutes: minutes + Math.round(zonedAt(at, zone).offsetNanoseconds / 60e9) })
        .toString({ smallestUnit: 'minute' })
      const expected = Temporal.PlainDateTime.from(local).toZonedDateTime(zone).epochMilliseconds
      expect({ local, moment: momentOf(local, zone)?.toISOString() }).toEqual({
        local,
        moment: new Date(expected).toISOString(),
      })
    }),
    { numRuns: 3_000 },
  )
})

it('proposes the morning that the calendar of the domain finds', () => {
  fc.assert(
    fc.property(anywhere, ({ zone, at }) => {
      let day = zonedAt(at, zone).toPlainDate().add({ days: 1 })
      while (day.dayOfWeek > 5) day = day.add({ days: 1 })
      expect(nextMorning(at, zone)).toBe(`${day}T09:00`)
    }),
    { numRuns: 1_000 },
  )
})

it('finds a window open exactly when sending does', () => {
  const windows = fc.record({
    days: fc.subarray([1, 2, 3, 4, 5, 6, 7], { minLength: 1 }),
    hours: fc.tuple(fc.integer({ min: 0, max: 1439 }), fc.integer({ min: 1, max: 1440 })).filter(([a, b]) => a < b),
    isHoliday: fc.boolean(),
  })
  fc.assert(
    fc.property(anywhere, windows, ({ zone, at }, { days, hours, isHoliday }) => {
      const [startMinute, endMinute] = hours
      const holidays = isHoliday ? [zonedAt(at, zone).toPlainDate().toString()] : []
      const window = { ...alwaysOpen(zone), days, startMinute, endMinute, holidays }
      expect(isOpenNow(window, at)).toBe(isOpen(window, at))
    }),
    { numRuns: 2_000 },
  )
})

it('takes no day that calendars do not have, and no time that clocks do not show', () => {
  for (const local of ['2026-02-30T10:00', '2026-13-01', '2026-01-01T24:00', '2026-01-01T10:60', '10:00', ''])
    expect(momentOf(local, 'Europe/Berlin')).toBeNull()
  expect(momentOf('2026-02-28T10:00', 'Europe/Nowhere')).toBeNull()
})
