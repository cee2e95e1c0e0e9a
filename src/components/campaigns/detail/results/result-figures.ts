import { filledDays } from '@/components/time/days'
import { formatCount, formatOf } from '@/components/ui/numbers'
import type { Results } from '../../api-types'
import { elsewhereWords, heardOf, replyRate } from '../../status/answers-text'
import type { ChartTable } from './chart-card'

export const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const
export const HOURS = Array.from({ length: 24 }, (_, hour) => hour)

export type ResultDay = Results['days'][number]

/** Every day from the first to the last, those on which nothing happened too, as long as the bars have room. */
export const filledResultDays = (days: readonly ResultDay[]): ResultDay[] =>
  filledDays(days, (day) => ({ day, sent: 0, replies: 0 }))

/** "8 %", "0.4 %"; nothing where nothing was sent. */
export const shareWords = (part: number, whole: number): string => replyRate({ replied: part, contacted: whole }) ?? ''

/** Whether a 0 says that nobody replied: where nothing is read, or was read yet, it would claim too much. */
export const isZeroKnown = (reading: Results['reading']) => heardOf(reading) > 0 && reading.asOf !== null

/** What only reading brings: "not read" instead of a 0 that nobody has seen. */
export const readCount = (count: number, zeroKnown: boolean): number | 'not read' =>
  count > 0 || zeroKnown ? count : 'not read'

/** What is not read of a campaign's mailboxes; null where all are. */
export function readingRemark(reading: Results['reading']): string | null {
  const { mailboxes, read, asOf } = reading
  if (read === 0) return 'Nothing reads the answers of this campaign’s mailboxes.'
  const heard = heardOf(reading)
  if (heard < mailboxes) {
    const all = formatOf(mailboxes, 'mailbox', 'mailboxes')
    const elsewhere = elsewhereWords(reading)
    const why = elsewhere ? ` R${elsewhere.slice(1)}.` : ''
    return `Replies to ${formatCount(mailboxes - heard)} of its ${all} are not read, and not counted: the rates may be higher.${why}`
  }
  return asOf === null ? 'Not all of its mailboxes were read yet.' : null
}

/** The days that the bars show, those on which nothing happened too. */
export const dayTable = (days: readonly ResultDay[], zeroKnown: boolean): ChartTable => ({
  header: ['Day', 'Sent', 'Replies'],
  rows: filledResultDays(days).map(({ day, sent, replies }) => [day, sent, readCount(replies, zeroKnown)]),
})

export const stepTable = (steps: Results['steps'], zeroKnown: boolean): ChartTable => ({
  header: ['Step', 'Sent', 'Replied', 'Reply rate', 'Bounced'],
  rows: steps.map(({ stepNumber, name, sent, replied, bounced }) => [
    `${stepNumber} ${name}`,
    sent,
    readCount(replied, zeroKnown),
    zeroKnown ? shareWords(replied, sent) : '',
    readCount(bounced, zeroKnown),
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
