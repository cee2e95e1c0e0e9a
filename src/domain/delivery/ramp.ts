import { Temporal } from 'temporal-polyfill'
import type { SendingWindow } from '../time/window'

/** A mailbox that begins with few emails a day: `start` on its first day, `step` more on each sending day after it. */
export type Ramp = {
  start: number
  step: number
  /** Its first day, `YYYY-MM-DD` in the mailbox's zone. */
  from: string
}

/** Emails a day; null: no limit. As a function of the local date where it grows. */
export type DailyLimit = number | null | ((day: string) => number)

type RampColumns = { rampStart: number | null; rampStep: number | null; rampFrom: Date | null }

/** The ramp of a mailbox as its row holds it (the date as midnight in UTC); null without one. */
export const rampOf = ({ rampStart, rampStep, rampFrom }: RampColumns): Ramp | null =>
  rampStart === null || rampStep === null || rampFrom === null
    ? null
    : { start: rampStart, step: rampStep, from: rampFrom.toISOString().slice(0, 10) }

type EnteredRamp = { start: number; step: number; from?: string | undefined } | null | undefined

/** A ramp-up as its columns hold it, the date as `YYYY-MM-DD`; nothing where it is left as it is. It goes on from its first day. */
export function rampColumns(ramp: EnteredRamp, begun: Date | null, today: string) {
  if (ramp === undefined) return {}
  if (ramp === null) return { rampStart: null, rampStep: null, rampFrom: null }
  const from = ramp.from ?? begun?.toISOString().slice(0, 10) ?? today
  return { rampStart: ramp.start, rampStep: ramp.step, rampFrom: from }
}

type Days = Pick<SendingWindow, 'days' | 'holidays'>

/**
 * Emails that a ramp allows on a local date: its start until and on its first day, and so many more for each day from then on,
 * the first not counted, that is a weekday of the window and no holiday, the date itself included.
 */
export function rampLimit({ start, step, from }: Ramp, window: Days, day: string): number {
  return day <= from ? start : start + step * sendingDays(from, day, window)
}

/** What a mailbox may send on each local date: the smaller of its limit and of what its ramp allows. */
export function dailyLimitOf(dailyLimit: number | null, ramp: Ramp | null, window: Days): DailyLimit {
  if (!ramp) return dailyLimit
  // A plan asks for the same days again and again.
  const known = new Map<string, number>()
  return (day) => {
    const limit = known.get(day) ?? Math.min(dailyLimit ?? Number.POSITIVE_INFINITY, rampLimit(ramp, window, day))
    known.set(day, limit)
    return limit
  }
}

/** The limit on a local date; null without. */
export const limitOn = (limit: DailyLimit, day: string): number | null =>
  typeof limit === 'function' ? limit(day) : limit

/** The first local date on which the limit is the daily one again; null when the ramp never gets there. */
export function rampEnds(ramp: Ramp, dailyLimit: number, window: Days): string | null {
  if (ramp.start >= dailyLimit) return ramp.from
  if (ramp.step <= 0) return null
  let date = Temporal.PlainDate.from(ramp.from)
  for (let days = Math.ceil((dailyLimit - ramp.start) / ramp.step); days > 0; ) {
    date = date.add({ days: 1 })
    if (isSendingDay(date, window)) days--
    if (date.year > LAST_YEAR) return null
  }
  return date.toString()
}

const LAST_YEAR = 2200

/** Days after `from` up to and with `to` on which the window opens. */
function sendingDays(from: string, to: string, window: Days): number {
  const weekdays = new Set(window.days)
  const first = Temporal.PlainDate.from(from).add({ days: 1 })
  const length = first.until(to).days + 1
  const weeks = Math.floor(length / 7)
  let count = weeks * weekdays.size
  for (let rest = weeks * 7; rest < length; rest++) if (weekdays.has(first.add({ days: rest }).dayOfWeek)) count++
  for (const holiday of new Set(window.holidays)) {
    if (holiday > from && holiday <= to && weekdays.has(Temporal.PlainDate.from(holiday).dayOfWeek)) count--
  }
  return count
}

const isSendingDay = (date: Temporal.PlainDate, { days, holidays }: Days) =>
  days.includes(date.dayOfWeek) && !holidays.includes(date.toString())
