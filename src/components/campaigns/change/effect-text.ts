import { daysBetween } from '@/components/time/days'
import type { Definition } from '@/components/ui/data/definition-list'
import { formatOf } from '@/components/ui/numbers'
import { formatTime } from '@/components/ui/zoned-time'
import type { ChangeEffect } from '../api-types'

type Affected = ChangeEffect['retimed']

const spanWords = ({ firstAt, lastAt }: Affected, zone: string): string | null => {
  if (!firstAt || !lastAt) return null
  const first = formatTime(firstAt, zone, 'day-time')
  return firstAt.getTime() === lastAt.getTime() ? first : `first ${first}, last ${formatTime(lastAt, zone, 'day-time')}`
}

const line = (term: string, emails: number, value: string, note: string | null = null): Definition[] =>
  emails > 0 ? [{ term, value, ...(note ? { note } : {}) }] : []

/** What a change does to emails, in numbers; what it does not is left out. */
export function effectLines(effect: ChangeEffect): Definition[] {
  const { retimed, reworded, added, removed, returned, stay, leftOut, editedSteps, stayOut, othersUntil, timezone } =
    effect
  const emails = (count: number) => formatOf(count, 'email')
  const toLeads = (count: number, leads: number) => `${emails(count)} to ${formatOf(leads, 'lead')}`
  return [
    ...line('Re-timed', retimed.emails, emails(retimed.emails), spanWords(retimed, timezone)),
    ...line('With another text', reworded, emails(reworded)),
    ...editedSteps.map((step) => ({
      term: `Step ${step}`,
      value: 'edited since',
      note: 'its planned emails get the text that its workflow has now',
    })),
    ...line('Added', added.emails, toLeads(added.emails, added.leads), spanWords(added, timezone)),
    ...line('Planned again', returned.emails, toLeads(returned.emails, returned.leads), spanWords(returned, timezone)),
    ...line('Stay out', stayOut, formatOf(stayOut, 'lead'), 'their sequence has ended: nothing of it is planned again'),
    ...line(
      'Removed',
      removed.emails + removed.leads,
      `${emails(removed.emails)} of ${formatOf(removed.leads, 'lead')}`,
    ),
    { term: 'Stay as they are', value: emails(stay), note: 'sent, on their way, or held' },
    ...leftOut.map(({ reason, count }) => ({
      term: 'Not planned',
      value: formatOf(count, 'lead'),
      note: reason.replaceAll('_', ' '),
    })),
    ...(othersUntil
      ? [
          {
            term: 'Other campaigns',
            value: `counted in full until ${formatTime(othersUntil, timezone, 'day')}`,
            note: 'they send many emails from these mailboxes: after it each counts on the day for which it is planned',
          },
        ]
      : []),
  ]
}

/** Days that a calendar shows at the most. */
const MOST_DAYS = 42

type Day = { day: string; byStep: Record<number, number>; total: number }
const total = (byStep: Record<number, number>) => Object.values(byStep).reduce((sum, count) => sum + count, 0)

/**
 * The planned emails by day, now and with the change: from the first day on which they differ, both over the same days.
 * `later`: emails that are planned behind the last one shown.
 */
export function effectDays({ days }: Pick<ChangeEffect, 'days'>) {
  const differs = days.findIndex(({ before, after }) => JSON.stringify(before) !== JSON.stringify(after))
  const from = days[Math.max(0, differs)]?.day
  if (from === undefined) return { before: [], after: [], steps: [], later: 0 }
  const shown = days.filter(({ day }) => day >= from && daysBetween(from, day) <= MOST_DAYS)
  const last = shown.at(-1)?.day ?? from
  const of = (when: 'before' | 'after'): Day[] => {
    const own = shown.map((day) => ({ day: day.day, byStep: day[when], total: total(day[when]) }))
    // Both begin and end with the same day, empty or not.
    const edges = [from, last].filter((day) => !own.some((one) => one.day === day))
    return [...own, ...edges.map((day) => ({ day, byStep: {}, total: 0 }))].sort((a, b) => a.day.localeCompare(b.day))
  }
  const steps = [...new Set(shown.flatMap(({ before, after }) => [...Object.keys(before), ...Object.keys(after)]))]
  const later = days.filter(({ day }) => day > last).reduce((sum, { after }) => sum + total(after), 0)
  return { before: of('before'), after: of('after'), steps: steps.map(Number).sort((a, b) => a - b), later }
}
