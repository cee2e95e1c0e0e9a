import { DAY_MS } from '@/domain/time/duration'

/** The UTC midnight of a local date, `YYYY-MM-DD`: days are counted with it, whatever the clocks did. */
export const midnightOf = (day: string): number => Date.parse(`${day}T00:00:00Z`)

/** The moment that is `count` days of 24 hours after another. */
export const addDays = (ms: number, count: number): number => ms + count * DAY_MS

/** How many days there are from one local date to another, both included. */
export const daysBetween = (first: string, last: string): number =>
  Math.round((midnightOf(last) - midnightOf(first)) / DAY_MS) + 1

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
