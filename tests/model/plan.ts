import { Temporal } from 'temporal-polyfill'

const HOUR = 3_600_000

/** Hours of the day in which email may leave, on weekdays 1 (Monday) to 7; whole hours, the end exclusive. */
export type Window = { zone: string; days: readonly number[]; from: number; to: number }

const zoned = (at: number, zone: string) => Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone)

/** The local date of an instant, and that of some days later. */
export const localDay = (at: number, zone: string): string => zoned(at, zone).toPlainDate().toString()

export const nextLocalDay = (at: number, zone: string, days: number): string =>
  zoned(at, zone).toPlainDate().add({ days }).toString()

export function isOpen({ zone, days, from, to }: Window, at: number): boolean {
  const { dayOfWeek, hour } = zoned(at, zone)
  return days.includes(dayOfWeek) && hour >= from && hour < to
}

/** `at`, or else the first full hour after it in which the window is open. */
export function nextOpening(window: Window, at: number): number {
  let opening = at
  while (!isOpen(window, opening)) opening = (Math.floor(opening / HOUR) + 1) * HOUR
  return opening
}

/** The first opening on a later local day, in the zone of the limit that was reached. */
export const nextDayOpening = (window: Window, at: number, zone: string): number =>
  nextOpening(window, zoned(at, zone).toPlainDate().add({ days: 1 }).toZonedDateTime(zone).epochMilliseconds)
