import { localOf, momentOf } from '@/components/time/local-time'
import { localMs, weekdayOf } from '@/components/time/wall-clock'
import { DAY_MS } from '@/domain/time/duration'

export type SnoozeChoice = { label: string; until: Date }

const MORNING = 'T08:00'
const HOUR_MS = 3_600_000

/** The eighth hour of the day that is so many days after today in a zone. */
function morningIn(days: number, now: Date, zone: string): Date {
  const day = new Date(localMs(now.getTime(), zone) + days * DAY_MS).toISOString().slice(0, 10)
  return momentOf(`${day}${MORNING}`, zone) ?? new Date(now.getTime() + days * DAY_MS)
}

/** Times that people mostly mean, in their own zone; all still to come. */
export function snoozeChoices(now: Date, zone: string): SnoozeChoice[] {
  const weekday = weekdayOf(localMs(now.getTime(), zone))
  const hours = new Date(now.getTime() + 3 * HOUR_MS)
  const isToday = localOf(hours, zone).slice(0, 10) === localOf(now, zone).slice(0, 10)
  return [
    ...(isToday ? [{ label: 'In 3 hours', until: hours }] : []),
    { label: 'Tomorrow morning', until: morningIn(1, now, zone) },
    // On a Sunday that is the same morning.
    ...(weekday === 7 ? [] : [{ label: 'Monday morning', until: morningIn(8 - weekday, now, zone) }]),
    { label: 'In a week', until: morningIn(7, now, zone) },
    { label: 'In a month', until: morningIn(30, now, zone) },
  ].filter((choice, n, all) => all.findIndex(({ until }) => until.getTime() === choice.until.getTime()) === n)
}
