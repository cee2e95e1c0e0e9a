import { addDays, daysBetween, midnightOf } from '@/components/time/days'
import type { CalendarDay } from '@/components/ui/data/calendar'
import type { Forecast, Mailbox } from '../../api-types'

const dayOf = (ms: number) => new Date(ms).toISOString().slice(0, 10)
const isoWeekday = (ms: number) => new Date(ms).getUTCDay() || 7

/** What of a mailbox says which days are closed. */
export type Windowed = Pick<Mailbox, 'windowDays' | 'holidays'>

/** Every day from the first email to the end of the last week, with the emails of each step and why a day is empty. */
export function forecastDays(
  days: Forecast['days'],
  steps: readonly number[],
  mailboxes: readonly Windowed[],
): CalendarDay[] {
  const first = days[0]
  const last = days.at(-1)
  if (!first || !last) return []
  const planned = new Map(days.map((day) => [day.day, day]))
  const span = daysBetween(first.day, last.day)
  const open = (date: string, weekday: number) =>
    mailboxes.some(({ windowDays, holidays }) => windowDays.includes(weekday) && !holidays.includes(date))
  return Array.from({ length: Math.ceil(span / 7) * 7 }, (_, index) => {
    const ms = addDays(midnightOf(first.day), index)
    const date = dayOf(ms)
    const day = planned.get(date)
    const closed = mailboxes.length > 0 && !open(date, isoWeekday(ms))
    return {
      date,
      counts: steps.map((step) => day?.byStep[step] ?? 0),
      ...(closed ? { closed: 'Outside the sending window' } : {}),
    }
  })
}
