import { addDays, daysBetween, midnightOf } from '@/components/time/days'
import type { DayBar } from '@/components/ui/data/day-bars'
import type { Progress } from '../../api-types'

const WEEKS = 4
// Beyond this, days on which nothing happens are left out, or the bars could not be distinguished.
const FILL_DAYS = 42

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
  const bar = (ms: number, day?: Progress['days'][number]): DayBar => ({
    label: label.format(ms).replace(',', ''),
    done: day?.sent ?? 0,
    failed: day?.failed ?? 0,
    open: day ? day.planned - day.sent - day.failed : 0,
  })
  if (span > FILL_DAYS) return days.map((day) => bar(midnightOf(day.day), day))
  const found = new Map(days.map((day) => [midnightOf(day.day), day]))
  return Array.from({ length: span }, (_, index) => {
    const ms = addDays(midnightOf(first.day), index)
    return bar(ms, found.get(ms))
  })
}
