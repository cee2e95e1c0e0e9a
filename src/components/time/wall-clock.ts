const clocks = new Map<string, Intl.DateTimeFormat>()

function clockOf(zone: string) {
  let clock = clocks.get(zone)
  if (!clock) {
    clock = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      calendar: 'iso8601',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
      hourCycle: 'h23',
    })
    clocks.set(zone, clock)
  }
  return clock
}

/**
 * What calendar and clock of a zone show at a moment, to the second, as the moment at which those of UTC show the same.
 * @throws {RangeError} for a zone that is none
 */
export function localMs(ms: number, zone: string): number {
  const shown: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {}
  for (const { type, value } of clockOf(zone).formatToParts(ms)) shown[type] = Number(value)
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = shown
  return Date.UTC(year, month - 1, day, hour, minute, second)
}

/** The ISO weekday of a local time, from 1 for Monday. */
export const weekdayOf = (local: number) => new Date(local).getUTCDay() || 7
