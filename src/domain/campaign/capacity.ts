import { type DailyLimit, limitOn } from '../delivery/ramp'
import { instantOf, localDate, zoned } from '../time/local-time'
import { nextOpening, type SendingWindow } from '../time/window'

/** Emails by local date, `YYYY-MM-DD`. */
export type DayCounts = ReadonlyMap<string, number>

export type Capacity = {
  /** How many leads could get an email at each of these times without any day going over the limit. */
  free(times: readonly Date[]): number
  /** Books an email for each of `leads` leads at each of these times. */
  take(times: readonly Date[], leads: number): void
}

// Beyond, a campaign is no plan any more but a mistake in a limit.
const LONGEST_DAYS = 3653
/** The same in weeks. */
export const LONGEST_WEEKS = Math.floor(LONGEST_DAYS / 7)

/** Room under a daily limit (null: no limit) counted by local date in `timezone`, after what is planned already. */
export function createCapacity(dailyLimit: DailyLimit, timezone: string, planned: DayCounts = new Map()): Capacity {
  if (dailyLimit === null) return { free: () => Number.POSITIVE_INFINITY, take: () => undefined }
  const booked = new Map(planned)
  const emailsPerLead = (times: readonly Date[]) => {
    const days = new Map<string, number>()
    for (const time of times) {
      const day = localDate(time, timezone)
      days.set(day, (days.get(day) ?? 0) + 1)
    }
    return days
  }
  return {
    free(times) {
      let free = Number.POSITIVE_INFINITY
      for (const [day, emails] of emailsPerLead(times)) {
        const limit = limitOn(dailyLimit, day) ?? Number.POSITIVE_INFINITY
        free = Math.min(free, Math.floor((limit - (booked.get(day) ?? 0)) / emails))
      }
      return Math.max(0, free)
    },
    take(times, leads) {
      for (const [day, emails] of emailsPerLead(times)) booked.set(day, (booked.get(day) ?? 0) + emails * leads)
    },
  }
}

/**
 * When cohorts may start: at `start`, then once on each later local day on which the window opens. Where the window is
 * open around the clock they keep the start's local time, else, or with a gap between emails (`paced`), they begin with the
 * opening, so that the whole day is theirs.
 * @throws {RangeError} after ten years
 */
export function* cohortStarts(start: Date, window: SendingWindow, paced = false): Generator<Date> {
  yield start
  const { timezone, startMinute, endMinute } = window
  const first = zoned(start, timezone)
  const aroundTheClock = startMinute === 0 && endMinute === 1440 && !paced
  const taken = localDate(nextOpening(window, start), timezone)
  for (let day = 1; day <= LONGEST_DAYS; day++) {
    const date = first.toPlainDate().add({ days: day })
    const from = aroundTheClock
      ? date.toZonedDateTime({ timeZone: timezone, plainTime: first.toPlainTime() })
      : date.toZonedDateTime(timezone)
    const opening = nextOpening(window, instantOf(from))
    // Closed on that date, or the start's own day, which comes first.
    if (localDate(opening, timezone) !== date.toString() || date.toString() === taken) continue
    yield opening
  }
  throw new RangeError(
    'Limits, gaps and windows leave too little room for so many leads: the campaign would take more than ten years.',
  )
}
