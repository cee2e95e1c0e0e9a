import { daysLater, hourAt, localDay, nextHour } from './calendar'

/** Hours of the day in which email may leave, on weekdays 1 (Monday) to 7; whole hours, the end exclusive. On none of `holidays`. */
export type Window = { zone: string; days: readonly number[]; from: number; to: number; holidays: readonly string[] }

/** Whether email leaves on a local date at all. */
export const opensOn = ({ days, holidays }: Window, { day, dayOfWeek }: { day: string; dayOfWeek: number }): boolean =>
  days.includes(dayOfWeek) && !holidays.includes(day)
export function isOpen(window: Window, at: number): boolean {
  const local = hourAt(at, window.zone)
  return opensOn(window, local) && local.hour >= window.from && local.hour < window.to
}
/** `at`, or else the first instant after it at which the window is open. */
export function nextOpening(window: Window, at: number): number {
  let opening = at
  while (!isOpen(window, opening)) opening = nextHour(opening)
  return opening
}
/** The first opening on a later local day, in the zone of the limit that was reached. */
export const nextDayOpening = (window: Window, at: number, zone: string): number =>
  nextOpening(window, daysLater(at, zone, 1))
/** When the window closes after `at`, or the day ends in one of these zones. */
export function windowEnd(window: Window, at: number, zones: readonly string[]): number {
  let end = nextHour(at)
  while (isOpen(window, end) && zones.every((zone) => localDay(at, zone) === localDay(end, zone))) end = nextHour(end)
  return end
}
