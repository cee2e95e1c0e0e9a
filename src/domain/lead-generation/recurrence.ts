import type { Temporal } from 'temporal-polyfill'
import { instantOf, zoned } from '../time/local-time'
import type { RecurringInterval } from './recurring-intervals'

export type Recurrence = {
  /** When the first run was due. Its local time, and for `monthly` its day of the month, are those of all runs. */
  first: Date
  interval: RecurringInterval
  /** IANA zone of the campaign. */
  timezone: string
  /** No run is due after it. */
  endDate: Date | null
}

const DAYS = { daily: 1, every_2_days: 2, every_3_days: 3, weekly: 7 } as const

/**
 * The first run due after `after`, or null when none is before the end. 10:00 stays 10:00 across clock changes; a time in
 * the gap moves forward, one in the overlap takes the first. A month without the first run's day takes its last day, and
 * the next one has the day again: counting is from the first run, never from the one before.
 */
export function nextRunAfter({ first, interval, timezone, endDate }: Recurrence, after: Date): Date | null {
  const start = zoned(first, timezone)
  // One before the local date of `after` cannot be skipped, whatever the clocks did in between.
  let number = Math.max(1, runsUntil(start, zoned(after, timezone), interval) - 1)
  let due = runAt(start, interval, number)
  while (due <= after) due = runAt(start, interval, ++number)
  return endDate && due > endDate ? null : due
}

/** The last run due at or before `at`, and how many were due before it, since the one at `from`. */
export function missedRuns(recurrence: Recurrence, from: Date, at: Date): { due: Date; missed: number } {
  let due = from
  let missed = 0
  for (;;) {
    const next = nextRunAfter(recurrence, due)
    if (!next || next > at) return { due, missed }
    due = next
    missed++
  }
}

const runAt = (start: Temporal.ZonedDateTime, interval: RecurringInterval, number: number): Date => {
  const date = start.toPlainDate()
  const day = interval === 'monthly' ? date.add({ months: number }) : date.add({ days: DAYS[interval] * number })
  return instantOf(day.toZonedDateTime({ timeZone: start.timeZoneId, plainTime: start.toPlainTime() }))
}

function runsUntil(start: Temporal.ZonedDateTime, until: Temporal.ZonedDateTime, interval: RecurringInterval): number {
  const days = start.toPlainDate().until(until.toPlainDate()).days
  // Months have 28 to 31 days: too few rather than too many.
  return interval === 'monthly' ? Math.floor(days / 31) : Math.floor(days / DAYS[interval])
}
