import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import { nextDayOpening, nextOpening } from '@/domain/time/window'

const local = (at: Date | undefined, timezone: string) =>
  Temporal.Instant.fromEpochMilliseconds(at?.getTime() ?? 0).toZonedDateTimeISO(timezone)
const at = (text: string, timezone: string) =>
  new Date(Temporal.PlainDateTime.from(text).toZonedDateTime(timezone).epochMilliseconds)

describe('a sending window', () => {
  it('opens after holidays, and on the next day for what found the limit used up', () => {
    const open = { timezone: 'UTC', days: [1, 2, 3, 4, 5], startMinute: 540, endMinute: 1020, holidays: ['2026-12-25'] }
    expect(nextOpening(open, new Date('2026-12-24T17:00:00Z'))).toEqual(new Date('2026-12-28T09:00:00Z'))
    expect(nextOpening(open, new Date('2026-12-24T16:59:59Z'))).toEqual(new Date('2026-12-24T16:59:59Z'))
    expect(nextDayOpening(open, new Date('2026-12-23T10:00:00Z'))).toEqual(new Date('2026-12-24T09:00:00Z'))
    expect(() => nextOpening({ ...open, days: [] }, new Date())).toThrow('does not open within two years')
  })

  it('a closed Saturday stays closed where the zone had no Friday', () => {
    const timezone = 'Pacific/Apia'
    const open = { timezone, days: [1, 2, 3, 4, 5], startMinute: 540, endMinute: 1020, holidays: [] }
    expect(
      local(nextOpening(open, at('2011-12-29T18:00', timezone)), timezone)
        .toPlainDateTime()
        .toString(),
    ).toBe('2012-01-02T09:00:00')
  })

  it.each([
    ['opens when the skipped hour is over', '2026-03-29T00:00', 150, 600, '2026-03-29T03:00:00+02:00'],
    ['stays closed where its hours are skipped', '2026-03-29T00:00', 135, 165, '2026-03-30T02:15:00+02:00'],
    ['opens at its first hour of two', '2026-10-25T00:00', 150, 600, '2026-10-25T02:30:00+02:00'],
    ['is closed in the repeated half hour before it', '2026-10-25T00:00:00Z', 150, 600, '2026-10-25T02:30:00+01:00'],
  ])('a window %s', (_title, from, startMinute, endMinute, opens) => {
    const timezone = 'Europe/Berlin'
    const open = { timezone, days: [1, 2, 3, 4, 5, 6, 7], startMinute, endMinute, holidays: [] }
    const start = from.endsWith('Z') ? new Date('2026-10-25T01:10:00Z') : at(from, timezone)
    expect(nextOpening(open, start)).toEqual(new Date(opens))
  })
})
