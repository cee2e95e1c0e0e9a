import { Temporal } from 'temporal-polyfill'

/** When a mailbox may send: ISO weekdays, minutes after local midnight (end exclusive), local dates off. */
export type SendingWindow = {
  timezone: string
  days: readonly number[]
  startMinute: number
  endMinute: number
  /** Local dates, `YYYY-MM-DD`, on which nothing is sent. */
  holidays: readonly string[]
}

export const ALWAYS_OPEN = (timezone: string): SendingWindow => ({
  timezone,
  days: [1, 2, 3, 4, 5, 6, 7],
  startMinute: 0,
  endMinute: 1440,
  holidays: [],
})

// Two years of closed days mean that the window never opens; beyond, the settings are at fault, not the calendar.
const LOOK_AHEAD_DAYS = 731

/** Local date of an instant, `YYYY-MM-DD`. Daily limits count by it. */
export const localDate = (at: Date, timezone: string): string => zoned(at, timezone).toPlainDate().toString()

export const zoned = (at: Date, timezone: string): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timezone)

export const instantOf = (at: Temporal.ZonedDateTime): Date => new Date(at.epochMilliseconds)

/** The window's opening and closing on a local day; null when that day is closed. Days of 23 and 25 h come out right. */
export function openingOn(window: SendingWindow, day: Temporal.PlainDate): { opens: Date; closes: Date } | null {
  if (!window.days.includes(day.dayOfWeek) || window.holidays.includes(day.toString())) return null
  const opens = instantOf(atMinute(day, window.startMinute, window.timezone))
  const closes = instantOf(atMinute(day, window.endMinute, window.timezone))
  // A window that falls wholly into a skipped hour has no length on that day.
  return closes > opens ? { opens, closes } : null
}

export function isOpen(window: SendingWindow, at: Date): boolean {
  const opening = openingOn(window, zoned(at, window.timezone).toPlainDate())
  return opening !== null && at >= opening.opens && at < opening.closes
}

/**
 * The first instant at or after `at` at which the window is open: `at` itself when it is.
 * @throws {RangeError} when it does not open within two years.
 */
export function nextOpening(window: SendingWindow, at: Date): Date {
  let day = zoned(at, window.timezone).toPlainDate()
  for (let i = 0; i < LOOK_AHEAD_DAYS; i++) {
    const opening = openingOn(window, day)
    if (opening && at < opening.closes) return at > opening.opens ? at : opening.opens
    day = day.add({ days: 1 })
  }
  throw new RangeError('The sending window does not open within two years: check its weekdays, hours and holidays.')
}

/** The first opening on a later local day than `at`'s: where mails go that found today's limit used up. */
export function nextDayOpening(window: SendingWindow, at: Date): Date {
  const tomorrow = zoned(at, window.timezone).toPlainDate().add({ days: 1 })
  return nextOpening(window, instantOf(atMinute(tomorrow, 0, window.timezone)))
}

// A time in the gap of a clock change moves forward, one in the overlap takes the first: Temporal's "compatible".
function atMinute(day: Temporal.PlainDate, minute: number, timezone: string): Temporal.ZonedDateTime {
  if (minute >= 1440) return day.add({ days: 1 }).toZonedDateTime(timezone)
  const time = Temporal.PlainTime.from({ hour: Math.floor(minute / 60), minute: minute % 60 })
  return day.toZonedDateTime({ timeZone: timezone, plainTime: time })
}
