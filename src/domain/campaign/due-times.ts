import { Temporal } from 'temporal-polyfill'
import { CONTACT_GAP_MS } from '../delivery/decide'
import { instantOf, localDate, zoned } from '../time/local-time'
import { closesAt, isOpen, nextOpening, type SendingWindow } from '../time/window'

/** One step of a sequence as the planner sees it. The first step's `daysAfterPrevious` is not looked at. */
export type PlanStep = { stepNumber: number; templateId: string; daysAfterPrevious: number }

/**
 * When each step is due for leads that start at `start`: step 1 at the next opening; each later step the given
 * number of local days after the one before it, at step 1's local time (10:00 stays 10:00 across clock changes),
 * then moved to the next opening. Counting from the moved date, not from the start, keeps the gap: a Friday
 * start with steps a day apart gives Fri, Mon, Tue, never Mon twice. A step that was moved past step 1's time of day
 * (the mailbox lives in another zone than the campaign) lends its own to the next, or their gap would shrink to hours.
 */
export const stepTimes = (start: Date, timezone: string, window: SendingWindow, steps: readonly PlanStep[]): Date[] =>
  timesOf({ start, timezone, window, steps }, (wanted) => nextOpening(window, wanted))

type Sequence = { start: Date; timezone: string; window: SendingWindow; steps: readonly PlanStep[] }

/** `dueOf`: when a step leaves that is wanted at a time, after the step before it (null for the first). */
function timesOf({ start, timezone, steps }: Sequence, dueOf: (wanted: Date, previous: Date | null) => Date): Date[] {
  const times: Date[] = []
  let earliestTime: Temporal.PlainTime | undefined
  for (const step of steps) {
    const previous = times.at(-1)
    const first = times[0]
    if (!previous || !first) {
      times.push(dueOf(start, null))
      continue
    }
    const timeOfFirst = zoned(first, timezone).toPlainTime()
    const plainTime =
      earliestTime && Temporal.PlainTime.compare(earliestTime, timeOfFirst) > 0 ? earliestTime : timeOfFirst
    const day = zoned(previous, timezone).toPlainDate().add({ days: step.daysAfterPrevious })
    const wanted = instantOf(day.toZonedDateTime({ timeZone: timezone, plainTime }))
    const due = dueOf(wanted, previous)
    earliestTime = due > wanted ? zoned(due, timezone).toPlainTime() : undefined
    times.push(due)
  }
  return times
}

/** What sending may take from when an email is due: up to a minute until a worker looks, and its work. */
const SENDING_MS = 90_000

/**
 * When each step leaves, for leads that start at `start`: `stepTimes`, with what follows from the 24 hours between two
 * emails to a lead. Where the clocks are set forward, the step a day later leaves an hour later by the clock. An email
 * leaves up to a minute after it is due, and the one a day later as much later again: where that would carry a step past
 * the end of its window or its day, the sequence starts at the next opening, or just after midnight, instead.
 */
export function dueTimes(start: Date, timezone: string, window: SendingWindow, steps: readonly PlanStep[]): Date[] {
  const withRoom = (due: Date, emails: number) => {
    const last = new Date(due.getTime() + emails * SENDING_MS)
    const sameDay = [window.timezone, timezone].every((zone) => localDate(due, zone) === localDate(last, zone))
    if (sameDay && isOpen(window, last)) return due
    const end = Math.min(closesAt(window, due).getTime(), nextMidnight(due, timezone).getTime())
    return nextOpening(window, new Date(end))
  }
  // What has opened just now has all the room there is.
  const opensAt = (due: Date) => !isOpen(window, new Date(due.getTime() - 1))
  // Steps in a row that the 24 hours hold back, this one included.
  let inARow = 1
  return timesOf({ start, timezone, window, steps }, (wanted, previous) => {
    const free = previous ? previous.getTime() + CONTACT_GAP_MS : 0
    const due = nextOpening(window, new Date(Math.max(wanted.getTime(), free)))
    inARow = due.getTime() < free + SENDING_MS ? inARow + 1 : 1
    if (inARow > 1) return withRoom(due, inARow)
    return opensAt(due) ? due : withRoom(due, previous ? 1 : longestRow(steps))
  })
}

/** The most emails of a sequence that follow each other a day apart. */
const longestRow = (steps: readonly PlanStep[]): number => {
  let [longest, row] = [1, 1]
  for (const { daysAfterPrevious } of steps.slice(1)) {
    row = daysAfterPrevious === 1 ? row + 1 : 1
    longest = Math.max(longest, row)
  }
  return longest
}

/** When the local day after `at`'s begins. */
export const nextMidnight = (at: Date, timezone: string): Date =>
  instantOf(zoned(at, timezone).toPlainDate().add({ days: 1 }).toZonedDateTime(timezone))
