import type { PlanStep } from '@/domain/campaign/due-times'
import type { PlanInput, PlanMailbox } from '@/domain/campaign/schedule'
import type { SendingWindow } from '@/domain/time/window'
import { addDays, instantAt, wallClock } from '../wall-clock'

// The planner's rules once more, slowly, with the platform's clocks instead of Temporal.

const QUARTER_MS = 900_000
const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
// An email leaves so much later than it is due, at the most.
const LATE_MS = 90_000

/** Whether the window is open at a time on the wall. */
export function isOpenByWallClock(
  { timezone, days, holidays, startMinute, endMinute }: SendingWindow,
  at: Date,
): boolean {
  const { date, weekday, ms } = wallClock(at, timezone)
  const inHours = ms >= startMinute * MINUTE_MS && ms < endMinute * MINUTE_MS
  return inHours && days.includes(weekday) && !holidays.includes(date)
}

/** Looks at every quarter of an hour: windows of these plans open on one, and so do clock changes. */
function opening(window: SendingWindow, from: Date): Date {
  if (isOpenByWallClock(window, from)) return from
  let at = (Math.floor(from.getTime() / QUARTER_MS) + 1) * QUARTER_MS
  for (;;) {
    const { date, weekday, ms } = wallClock(new Date(at), window.timezone)
    const closed = !window.days.includes(weekday) || window.holidays.includes(date)
    if (!closed && isOpenByWallClock(window, new Date(at))) return new Date(at)
    // A closed day may be left in larger steps, until three hours before its end.
    at += closed && ms < 21 * HOUR_MS ? 2 * HOUR_MS : QUARTER_MS
  }
}

/**
 * The time itself if so many emails in a row, each late, still leave before the window or the day of mailbox or campaign ends,
 * which is at a quarter of an hour; else the opening after.
 */
function roomy(window: SendingWindow, at: Date, zone: string, emails: number): Date {
  const dates = (time: Date) => [wallClock(time, window.timezone).date, wallClock(time, zone).date].join()
  const last = at.getTime() + emails * LATE_MS
  for (let end = (Math.floor(at.getTime() / QUARTER_MS) + 1) * QUARTER_MS; end <= last; end += QUARTER_MS) {
    const time = new Date(end)
    if (!isOpenByWallClock(window, time) || dates(time) !== dates(at)) return opening(window, time)
  }
  return at
}

function timesOf(start: Date, zone: string, window: SendingWindow, steps: readonly PlanStep[]): Date[] {
  let inARow = 1
  const rows = steps.slice(1).map(({ daysAfterPrevious }) => {
    inARow = daysAfterPrevious === 1 ? inARow + 1 : 1
    return inARow
  })
  const begin = opening(window, start)
  const opensAt = (at: Date) => !isOpenByWallClock(window, new Date(at.getTime() - 1))
  const first = opensAt(begin) ? begin : roomy(window, begin, zone, Math.max(1, ...rows))
  const times = [first]
  let atLeast = 0
  let row = 1
  for (const { daysAfterPrevious } of steps.slice(1)) {
    const date = addDays(wallClock(times.at(-1) ?? first, zone).date, daysAfterPrevious)
    const wanted = instantAt(date, Math.max(wallClock(first, zone).ms, atLeast), zone)
    const free = (times.at(-1) ?? first).getTime() + DAY_MS
    const early = opening(window, new Date(Math.max(wanted.getTime(), free)))
    row = early.getTime() - free < LATE_MS ? row + 1 : 1
    const due = row === 1 && opensAt(early) ? early : roomy(window, early, zone, row)
    atLeast = due > wanted ? wallClock(due, zone).ms : 0
    times.push(due)
  }
  return times
}

/** The days on which leads of a mailbox may start, with the times of their steps and the dates against whose limits they count. */
function* startDays({ start, timezone, steps }: PlanInput, { window }: PlanMailbox) {
  const dayOf = (first: Date) => {
    const times = timesOf(first, timezone, window, steps)
    const dates = (zone: string) => times.map((at) => wallClock(at, zone).date)
    return { times, ofMailbox: dates(window.timezone), ofCampaign: dates(timezone) }
  }
  const begin = wallClock(start, window.timezone)
  const wholeDay = window.startMinute === 0 && window.endMinute === 1440
  const opens = wallClock(opening(window, start), window.timezone).date
  yield dayOf(start)
  for (let date = addDays(begin.date, 1); ; date = addDays(date, 1)) {
    if (date <= opens) continue
    const at = opening(window, instantAt(date, wholeDay ? begin.ms : 0, window.timezone))
    if (wallClock(at, window.timezone).date === date) yield dayOf(at)
  }
}

/** Lead by lead: each gets the first day on which every one of its steps has room. */
export function planSlowly(input: PlanInput, shares: readonly number[]) {
  const ofCampaign = new Map<string, number>()
  const leads: { mailboxId: string; times: Date[] }[] = []
  const fits = (dates: string[], counts: ReadonlyMap<string, number>, limit: number | null) =>
    limit === null ||
    dates.every((date) => (counts.get(date) ?? 0) + dates.filter((other) => other === date).length <= limit)
  const book = (dates: string[], counts: Map<string, number>) => {
    for (const date of dates) counts.set(date, (counts.get(date) ?? 0) + 1)
  }
  input.mailboxes.forEach((mailbox, index) => {
    const ofMailbox = new Map(mailbox.planned)
    const hasRoom = (day: { ofMailbox: string[]; ofCampaign: string[] }) =>
      fits(day.ofMailbox, ofMailbox, mailbox.dailyLimit) && fits(day.ofCampaign, ofCampaign, input.dailyLimit)
    let left = shares[index] ?? 0
    for (const day of startDays(input, mailbox)) {
      for (; left > 0 && hasRoom(day); left--) {
        book(day.ofMailbox, ofMailbox)
        book(day.ofCampaign, ofCampaign)
        leads.push({ mailboxId: mailbox.id, times: day.times })
      }
      if (left === 0) break
    }
  })
  return leads
}
