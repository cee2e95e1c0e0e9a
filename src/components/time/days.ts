import { DAY_MS } from '@/domain/time/duration'

/** The UTC midnight of a local date, `YYYY-MM-DD`: days are counted with it, whatever the clocks did. */
export const midnightOf = (day: string): number => Date.parse(`${day}T00:00:00Z`)

/** The moment that is `count` days of 24 hours after another. */
export const addDays = (ms: number, count: number): number => ms + count * DAY_MS

/** How many days there are from one local date to another, both included. */
export const daysBetween = (first: string, last: string): number =>
  Math.round((midnightOf(last) - midnightOf(first)) / DAY_MS) + 1

// Beyond this, days on which nothing happened are left out, or bars could not be distinguished.
const FILL_DAYS = 42

/**
 * The days of a chart, in order: every one from the first to the last, with `nothing` for those that are not given, as long as
 * there is room for bars.
 */
export function filledDays<Day extends { day: string }>(days: readonly Day[], nothing: (day: string) => Day): Day[] {
  const first = days[0]
  const last = days.at(-1)
  if (!first || !last) return []
  const span = daysBetween(first.day, last.day)
  if (span > FILL_DAYS) return [...days]
  const known = new Map(days.map((one) => [one.day, one]))
  return Array.from({ length: span }, (_, i) => {
    const day = new Date(addDays(midnightOf(first.day), i)).toISOString().slice(0, 10)
    return known.get(day) ?? nothing(day)
  })
}

const inWords = new Intl.DateTimeFormat('en-GB', {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  timeZone: 'UTC',
})

/** "Friday 27 November 2026" for a local date, `YYYY-MM-DD`: date fields write it as the browser likes. Null for none. */
export function dayWords(day: string): string | null {
  const midnight = midnightOf(day)
  if (Number.isNaN(midnight)) return null
  // Some browsers set a comma behind the weekday.
  return inWords.format(midnight).replace(',', '')
}
