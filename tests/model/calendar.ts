import { Temporal } from 'temporal-polyfill'

export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

const zoned = (at: number, zone: string) => Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone)
// Windows, days and changes of the clocks of the worlds begin and end at full hours, and calendars are slow.
const hours = new Map<string, { day: string; dayOfWeek: number; hour: number }>()
/** What the clocks show in an hour. */
export function hourAt(at: number, zone: string) {
  const key = `${Math.floor(at / HOUR)} ${zone}`
  const known = hours.get(key)
  if (known) return known
  const local = zoned(at, zone)
  const one = { day: local.toPlainDate().toString(), dayOfWeek: local.dayOfWeek, hour: local.hour }
  hours.set(key, one)
  return one
}
/** The local date of an instant. */
export const localDay = (at: number, zone: string): string => hourAt(at, zone).day
const dates = new Map<string, { day: string; dayOfWeek: number }>()
/** The local date so many days after another, `YYYY-MM-DD`. */
export function dateAfter(day: string, days: number) {
  const key = `${day} ${days}`
  const known = dates.get(key)
  if (known) return known
  const date = Temporal.PlainDate.from(day).add({ days })
  const one = { day: date.toString(), dayOfWeek: date.dayOfWeek }
  dates.set(key, one)
  return one
}
export const startOf = (day: string, timeZone: string): number =>
  Temporal.PlainDate.from(day).toZonedDateTime({ timeZone }).epochMilliseconds
export const timeOfDay = (at: number, zone: string) => zoned(at, zone).toPlainTime()
export const later = (a: Temporal.PlainTime, b: Temporal.PlainTime) => (Temporal.PlainTime.compare(a, b) > 0 ? a : b)
/** The local date some days later, at a time of the day; midnight when absent. */
export const daysLater = (at: number, zone: string, days: number, plainTime = new Temporal.PlainTime()): number =>
  zoned(at, zone).toPlainDate().add({ days }).toZonedDateTime({ timeZone: zone, plainTime }).epochMilliseconds
export const nextHour = (at: number): number => (Math.floor(at / HOUR) + 1) * HOUR
