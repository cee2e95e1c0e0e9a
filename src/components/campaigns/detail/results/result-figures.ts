import { addDays, daysBetween, midnightOf } from '@/components/time/days'
import type { Results } from '../../api-types'
import type { ChartTable } from './chart-card'

export const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const
export const HOURS = Array.from({ length: 24 }, (_, hour) => hour)

// Beyond this, days on which nothing happened are left out, or the bars could not be distinguished.
const FILL_DAYS = 42

export type ResultDay = Results['days'][number]

const isoDay = (ms: number) => new Date(ms).toISOString().slice(0, 10)

/** Every day from the first to the last, those on which nothing happened too, as long as the bars have room. */
export function filledDays(days: readonly ResultDay[]): ResultDay[] {
  const first = days[0]
  const last = days.at(-1)
  if (!first || !last) return []
  const span = daysBetween(first.day, last.day)
  if (span > FILL_DAYS) return [...days]
  const known = new Map(days.map((one) => [one.day, one]))
  return Array.from({ length: span }, (_, i) => {
    const day = isoDay(addDays(midnightOf(first.day), i))
    return known.get(day) ?? { day, sent: 0, replies: 0 }
  })
}

/** "8 %", "0.4 %"; nothing where nothing was sent. */
export function shareWords(part: number, whole: number): string {
  if (whole === 0) return ''
  const percent = (100 * part) / whole
  return `${percent >= 10 || percent === 0 ? Math.round(percent) : percent.toFixed(1)} %`
}

/** Whether anybody can know who replied: a 0 that nobody has read would claim too much. */
export const areRepliesKnown = ({ reading, hours }: Pick<Results, 'reading' | 'hours'>) =>
  reading.read > 0 || hours.length > 0

export const dayTable = (days: readonly ResultDay[], isKnown: boolean): ChartTable => ({
  header: ['Day', 'Sent', ...(isKnown ? ['Replies'] : [])],
  rows: days.map(({ day, sent, replies }) => [day, sent, ...(isKnown ? [replies] : [])]),
})

export const stepTable = (steps: Results['steps'], isKnown: boolean): ChartTable => ({
  header: ['Step', 'Sent', ...(isKnown ? ['Replied', 'Reply rate', 'Bounced'] : [])],
  rows: steps.map(({ stepNumber, name, sent, replied, bounced }) => [
    `${stepNumber} ${name}`,
    sent,
    ...(isKnown ? [replied, shareWords(replied, sent), bounced] : []),
  ]),
})

/** How many replies came at each hour of each weekday, Monday first. */
export function hourGrid(hours: Results['hours']): number[][] {
  const grid = WEEKDAYS.map(() => HOURS.map(() => 0))
  for (const { weekday, hour, replies } of hours) {
    const row = grid[weekday - 1]
    if (row) row[hour] = replies
  }
  return grid
}

export const hourTable = (hours: Results['hours']): ChartTable => ({
  header: ['Time', ...WEEKDAYS],
  rows: HOURS.map((hour) => [clockHour(hour), ...hourGrid(hours).map((row) => row[hour] ?? 0)]),
})

export const clockHour = (hour: number) => `${String(hour).padStart(2, '0')}:00`
