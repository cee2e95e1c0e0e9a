import { Temporal } from 'temporal-polyfill'

/** Local date of an instant, `YYYY-MM-DD`. Daily limits count by it. */
export const localDate = (at: Date, timezone: string): string => zoned(at, timezone).toPlainDate().toString()

/** An instant as calendar and clock of an IANA zone show it. */
export const zoned = (at: Date, timezone: string): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timezone)

/** The instant of a zoned time, as JavaScript's `Date`. */
export const instantOf = (at: Temporal.ZonedDateTime): Date => new Date(at.epochMilliseconds)

/** The same local time `days` calendar days later. */
export const daysLater = (at: Date, days: number, timezone: string): Date =>
  instantOf(zoned(at, timezone).add({ days }))

/** The instant at which the day after a local date, `YYYY-MM-DD`, begins. */
export const endOfDate = (date: string, timezone: string): Date =>
  instantOf(Temporal.PlainDate.from(date).add({ days: 1 }).toZonedDateTime(timezone))
