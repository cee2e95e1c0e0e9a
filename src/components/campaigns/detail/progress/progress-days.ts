import { daysBetween, filledDays, midnightOf } from '@/components/time/days'
import type { DayBar } from '@/components/ui/data/day-bars'
import type { Progress } from '../../api-types'

const WEEKS = 4

const format = (options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat('en-GB', { ...options, timeZone: 'UTC' })
const short = format({ weekday: 'short', day: 'numeric' })
const long = format({ day: 'numeric', month: 'short' })

/** Bars by local day from the first to the last email: what was sent, what failed, and what is still planned. */
export function progressDays(days: Progress['days']): DayBar[] {
  const first = days[0]
  const last = days.at(-1)
  if (!first || !last) return []
  const span = daysBetween(first.day, last.day)
  const label = span <= WEEKS * 7 ? short : long
  const all = filledDays(days, (day) => ({ day, planned: 0, sent: 0, failed: 0 }))
  return all.map(({ day, planned, sent, failed }) => ({
    label: label.format(midnightOf(day)).replace(',', ''),
    done: sent,
    failed,
    open: planned - sent - failed,
  }))
}
