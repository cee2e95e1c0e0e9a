import { counted } from '../../counted'
import { localDate } from '../../time/local-time'

/** Emails by step, on one local day of the campaign, as they are planned now and as they would be. */
export type ChangedDay = { day: string; before: Record<number, number>; after: Record<number, number> }

/** Emails that a part of a change is about: how many, and when the first and the last is due afterwards. */
export type Affected = { emails: number; firstAt: Date | null; lastAt: Date | null }

/** What a change does to the emails of a campaign, and on which days they leave. */
export type ChangeEffect = PlannedEffect & Calendar

/** The calendar of a change, which no part of what is agreed to rests on. */
export type Calendar = {
  days: ChangedDay[]
  /** Up to when emails of other campaigns were laid out, later ones count on the day on which they are due; null: all were. */
  othersUntil: Date | null
}

/** What a change does to the emails of a campaign, as they are planned. */
export type PlannedEffect = {
  timezone: string
  /** Due at another time. */
  retimed: Affected
  /** They get the text of another template. */
  reworded: number
  /** Planned in addition, for how many leads. */
  added: Affected & { leads: number }
  /** No longer planned, of how many leads. */
  removed: { emails: number; leads: number }
  /** Of leads that had been taken out, planned again. */
  returned: Affected & { leads: number }
  /** Sent, on their way or held: these never change. */
  stay: number
  /** Of the batches that are given: leads that are not planned, by reason. */
  leftOut: { reason: string; count: number }[]
  /** Steps that were edited in their workflow since they were planned: their emails get what stands there now. */
  editedSteps: number[]
  /** Leads that were to be put back, and stay out, since their sequence has ended. */
  stayOut: number
  /** The same as long as the change does the same; a proposal is applied only under the mark that was seen. */
  mark: string
}

/** The part of an effect that its emails say. */
export type EmailsEffect = Omit<PlannedEffect, 'mark' | 'leftOut' | 'editedSteps' | 'stayOut'>

const dayOf = (at: Date | null, timezone: string) => (at ? localDate(at, timezone) : '')

/**
 * What somebody agrees to who applies a change, in one line: how many emails of each kind, and on which days. Not by the minute,
 * since time passes while a person reads; not what stays, since emails go on leaving.
 */
export function markOf(effect: Omit<PlannedEffect, 'mark'>, version: number): string {
  const { timezone, retimed, reworded, added, removed, returned } = effect
  const span = ({ firstAt, lastAt, emails }: Affected) =>
    `${emails}:${dayOf(firstAt, timezone)}:${dayOf(lastAt, timezone)}`
  return [
    `v${version}`,
    `retimed ${span(retimed)}`,
    `reworded ${reworded}`,
    `added ${span(added)}:${added.leads}`,
    `removed ${removed.emails}:${removed.leads}`,
    `returned ${span(returned)}:${returned.leads}`,
  ].join(' ')
}

/** The effect as the campaign's history says it: "412 emails re-timed; 31 added; 6 removed; 88 stay as they are". */
export function effectInWords({ retimed, reworded, added, removed, returned, stay }: PlannedEffect): string {
  const parts = [
    part(retimed.emails, 're-timed'),
    part(reworded, 'with another text'),
    part(added.emails, 'added'),
    part(removed.emails, 'removed'),
    part(returned.emails, 'planned again'),
    part(stay, 'stay as they are', 'stays as it is'),
  ].filter((one) => one !== null)
  return parts.length > 0 ? parts.join('; ') : 'no planned email changed'
}

const part = (emails: number, what: string, ofOne = what): string | null =>
  emails === 0 ? null : `${counted(emails, 'email')} ${emails === 1 ? ofOne : what}`

/** Emails of several kinds, with the span of their times. */
export function affected(times: readonly Date[]): Affected {
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const time of times) {
    first = Math.min(first, time.getTime())
    last = Math.max(last, time.getTime())
  }
  if (times.length === 0) return { emails: 0, firstAt: null, lastAt: null }
  return { emails: times.length, firstAt: new Date(first), lastAt: new Date(last) }
}

/** Counts emails by local day and step, before and after. */
export function createDays(timezone: string) {
  const days = new Map<string, ChangedDay>()
  const dates = new Map<number, string>()
  const dateOf = (at: Date) => {
    const date = dates.get(at.getTime()) ?? localDate(at, timezone)
    dates.set(at.getTime(), date)
    return date
  }
  return {
    /** Counts emails, and returns their day. */
    add: (when: 'before' | 'after', at: Date, step: number, emails = 1): string => {
      const day = dateOf(at)
      const entry = days.get(day) ?? { day, before: {}, after: {} }
      entry[when][step] = (entry[when][step] ?? 0) + emails
      days.set(day, entry)
      return day
    },
    list: (): ChangedDay[] => [...days.values()].sort((a, b) => a.day.localeCompare(b.day)),
  }
}
