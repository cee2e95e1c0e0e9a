import { filledDays } from '@/components/time/days'
import type { Results } from '../../api-types'
import { replyRate } from '../../status/answers-text'
import type { ChartTable } from './chart-card'

export const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const
export const HOURS = Array.from({ length: 24 }, (_, hour) => hour)

export type ResultDay = Results['days'][number]

/** Every day from the first to the last, those on which nothing happened too, as long as the bars have room. */
export const filledResultDays = (days: readonly ResultDay[]): ResultDay[] =>
  filledDays(days, (day) => ({ day, sent: 0, replies: 0 }))

/** "8 %", "0.4 %"; nothing where nothing was sent. */
export const shareWords = (part: number, whole: number): string => replyRate({ replied: part, contacted: whole }) ?? ''

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
