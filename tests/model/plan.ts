import { Temporal } from 'temporal-polyfill'

const HOUR = 3_600_000

/** Hours of the day in which email may leave, on weekdays 1 (Monday) to 7; whole hours, the end exclusive. */
export type Window = { zone: string; days: readonly number[]; from: number; to: number }

const zoned = (at: number, zone: string) => Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone)

/** The local date of an instant. */
export const localDay = (at: number, zone: string): string => zoned(at, zone).toPlainDate().toString()

function isOpen({ zone, days, from, to }: Window, at: number): boolean {
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

/**
 * Step 1 is due at the start, each later one its days after the date the one before it got, at the start's local time,
 * moved to the next opening.
 */
function stepTimes(start: number, zone: string, window: Window, days: readonly number[]): number[] {
  const first = nextOpening(window, start)
  const times = [first]
  let time = zoned(first, zone).toPlainTime()
  for (const gap of days.slice(1)) {
    const date = zoned(times.at(-1) ?? first, zone)
      .toPlainDate()
      .add({ days: gap })
    const wanted = date.toZonedDateTime({ timeZone: zone, plainTime: time }).epochMilliseconds
    const due = nextOpening(window, wanted)
    times.push(due)
    const ofFirst = zoned(first, zone).toPlainTime()
    const moved = due > wanted ? zoned(due, zone).toPlainTime() : ofFirst
    time = Temporal.PlainTime.compare(moved, ofFirst) > 0 ? moved : ofFirst
  }
  return times
}

/** When the cohort of the `day`th day after the start begins; null when that day has no opening of its own. */
function cohortStart(start: number, window: Window, day: number): number | null {
  if (day === 0) return start
  const { zone } = window
  const date = zoned(start, zone).toPlainDate().add({ days: day })
  const allDay = window.from === 0 && window.to === 24
  const plainTime = allDay ? zoned(start, zone).toPlainTime() : new Temporal.PlainTime()
  const opening = nextOpening(window, date.toZonedDateTime({ timeZone: zone, plainTime }).epochMilliseconds)
  const isItsOwn = localDay(opening, zone) === date.toString()
  return isItsOwn && date.toString() !== localDay(nextOpening(window, start), zone) ? opening : null
}

/** The times of one lead's steps: those of the first cohort of which every step fits. */
export function firstFitting(
  { start, zone, window, days }: { start: number; zone: string; window: Window; days: readonly number[] },
  fits: (times: readonly number[]) => boolean,
): number[] {
  for (let day = 0; day < 400; day++) {
    const at = cohortStart(start, window, day)
    if (at === null) continue
    const times = stepTimes(at, zone, window, days)
    if (fits(times)) return times
  }
  throw new Error('No cohort fits within 400 days')
}
