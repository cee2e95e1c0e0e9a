import type { Temporal } from 'temporal-polyfill'
import { instantOf, zoned } from './local-time'
import { isOpenAt, isOpenDate } from './open-hours'

/** When a mailbox may send: ISO weekdays, minutes after local midnight (end exclusive), local dates off. */
export type SendingWindow = {
  timezone: string
  days: readonly number[]
  startMinute: number
  endMinute: number
  /** Local dates, `YYYY-MM-DD`, on which nothing is sent. */
  holidays: readonly string[]
}

/** A window that never closes. */
export const alwaysOpen = (timezone: string): SendingWindow => ({
  timezone,
  days: [1, 2, 3, 4, 5, 6, 7],
  startMinute: 0,
  endMinute: 1440,
  holidays: [],
})

// Two years of closed days mean that the window never opens; beyond, the settings are at fault, not the calendar.
const LOOK_AHEAD_DAYS = 731

/** True when the wall clock is within the hours, on days of 23 and 25 h, too. */
export function isOpen(window: SendingWindow, at: Date): boolean {
  // Most windows never close, and calendars are slow.
  if (isAlwaysOpen(window)) return true
  const local = zoned(at, window.timezone)
  const day = local.toPlainDate()
  return isOpenAt(window, { date: day.toString(), weekday: day.dayOfWeek, minute: local.hour * 60 + local.minute })
}

const isOpenDay = (window: SendingWindow, day: Temporal.PlainDate): boolean =>
  isOpenDate(window, { date: day.toString(), weekday: day.dayOfWeek })

const isAlwaysOpen = ({ days, startMinute, endMinute, holidays }: SendingWindow): boolean =>
  startMinute === 0 && endMinute === 1440 && holidays.length === 0 && new Set(days).size === 7

/**
 * The first instant at or after `at` at which the window is open: `at` itself when it is.
 * @throws {RangeError} when it does not open within two years.
 */
export function nextOpening(window: SendingWindow, at: Date): Date {
  if (isOpen(window, at)) return at
  let day = zoned(at, window.timezone).toPlainDate()
  for (let i = 0; i < LOOK_AHEAD_DAYS; i++) {
    const opening = isOpenDay(window, day)
      ? candidatesOn(window, day).find((candidate) => candidate > at && isOpen(window, candidate))
      : undefined
    if (opening) return opening
    day = day.add({ days: 1 })
  }
  throw new RangeError('The sending window does not open within two years: check its weekdays, hours and holidays.')
}

/**
 * When the window may open on a local day: at its hour, and where the clocks change when they do, since a window may
 * begin in the skipped hour and open again in a repeated one. `isOpen` decides whether it does: a zone that changed sides of
 * the date line has skipped whole days.
 */
function candidatesOn({ timezone, startMinute }: SendingWindow, day: Temporal.PlainDate): Date[] {
  const hour = day.toPlainDateTime({ hour: Math.floor(startMinute / 60), minute: startMinute % 60 })
  const midnight = day.toZonedDateTime(timezone)
  const change = midnight.hoursInDay === 24 ? null : midnight.getTimeZoneTransition('next')
  return [
    hour.toZonedDateTime(timezone, { disambiguation: 'earlier' }),
    hour.toZonedDateTime(timezone, { disambiguation: 'later' }),
    ...(change ? [change] : []),
  ]
    .map(instantOf)
    .sort((a, b) => a.getTime() - b.getTime())
}

/**
 * When the window that is open at `at` closes, or the local day ends, whichever comes first. Where the clocks change
 * within, it closes when they show its end, or have skipped it.
 */
export function closesAt(window: SendingWindow, at: Date): Date {
  const { timezone, endMinute } = window
  const day = zoned(at, timezone).toPlainDate()
  const midnight = day.add({ days: 1 }).toZonedDateTime(timezone)
  const begin = day.toZonedDateTime(timezone)
  const change = begin.hoursInDay === 24 ? null : begin.getTimeZoneTransition('next')
  const end =
    endMinute === 1440 ? null : day.toPlainDateTime({ hour: Math.floor(endMinute / 60), minute: endMinute % 60 })
  const closings = [
    ...(end ? [end.toZonedDateTime(timezone, { disambiguation: 'earlier' })] : []),
    ...(end ? [end.toZonedDateTime(timezone, { disambiguation: 'later' })] : []),
    ...(change ? [change] : []),
    midnight,
  ].map(instantOf)
  closings.sort((a, b) => a.getTime() - b.getTime())
  const isEnd = (closing: Date) => closing > at && (closing >= instantOf(midnight) || !isOpen(window, closing))
  return closings.find(isEnd) ?? instantOf(midnight)
}

/**
 * The first opening on a later local day than `at`'s: where emails go for which today's limit left no room. The day is
 * the limit's: the mailbox's own, or the campaign's in `timezone`.
 */
export function nextDayOpening(window: SendingWindow, at: Date, timezone = window.timezone): Date {
  const tomorrow = zoned(at, timezone).toPlainDate().add({ days: 1 })
  return nextOpening(window, instantOf(tomorrow.toZonedDateTime(timezone)))
}
