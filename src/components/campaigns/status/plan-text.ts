import { formatCount, formatOf } from '@/components/ui/numbers'
import { formatTime } from '@/components/ui/zoned-time'
import { type LeadSourceName, SOURCE_LABELS } from '@/domain/lead-generation/criteria'
import type { RecurringInterval } from '@/domain/lead-generation/recurring-intervals'

export const INTERVAL_WORDS: Record<RecurringInterval, string> = {
  daily: 'every day',
  every_2_days: 'every 2 days',
  every_3_days: 'every 3 days',
  weekly: 'every week',
  monthly: 'every month',
}

/** "Apollo, Google Places and Hunter"; "nowhere" without any. */
export function sourceWords(sources: readonly LeadSourceName[]): string {
  return sources.length > 0 ? listed(sources.map((source) => SOURCE_LABELS[source])) : 'nowhere'
}

const listed = (words: readonly string[]) =>
  words.length > 1 ? `${words.slice(0, -1).join(', ')} and ${words.at(-1)}` : (words[0] ?? '')

type Amount = { leadSources: readonly LeadSourceName[]; maxResultsPerRun: number | null }

/** The most leads that a run may bring, over all its sources; null while it is not settled. */
export const mostPerRun = ({ leadSources, maxResultsPerRun }: Amount): number | null =>
  maxResultsPerRun && leadSources.length > 0 ? maxResultsPerRun * leadSources.length : null

/** "up to 300 leads per run: 100 from each of 3 sources". */
export function amountWords({ leadSources, maxResultsPerRun }: Amount): string {
  const most = mostPerRun({ leadSources, maxResultsPerRun })
  if (!most || !maxResultsPerRun) return 'not settled yet'
  const run = `up to ${formatOf(most, 'lead')} per run`
  return leadSources.length > 1
    ? `${run}: ${formatCount(maxResultsPerRun)} from each of ${leadSources.length} sources`
    : run
}

type Recurrence = {
  isRecurring: boolean
  recurringInterval: RecurringInterval | null
  endDate: Date | null
  timezone: string
}

/** "every day until Fri 4 Dec", "every week, without an end", "once". */
export function recurrenceWords({ isRecurring, recurringInterval, endDate, timezone }: Recurrence, now?: Date): string {
  if (!isRecurring) return 'once'
  const every = recurringInterval ? INTERVAL_WORDS[recurringInterval] : 'again and again'
  return endDate ? `${every} until ${formatTime(endDate, timezone, 'day', now)}` : `${every}, without an end`
}

/** When the leads of a run get their first email. */
export function delayWords(days: number): string {
  if (days === 0) return 'as soon as the run has ended'
  return `${formatOf(days, 'day')} after the run`
}

/** The emails to be planned after each run, before there is anything to count. */
export function outreachWords({
  outreachDelayDays,
  steps,
  mailboxes,
}: {
  outreachDelayDays: number
  steps: readonly { daysAfterPrevious: number }[]
  mailboxes: number
}): string[] {
  const words = [
    `The leads of each run get their first email ${delayWords(outreachDelayDays)}, at the next opening of the sending window.`,
  ]
  let day = 0
  const later = steps.slice(1).map(({ daysAfterPrevious }, index) => {
    day += daysAfterPrevious
    return `step ${index + 2} after ${formatOf(day, 'day')}`
  })
  if (later.length > 0) words.push(`Then they get ${listed(later)}.`)
  words.push(
    mailboxes > 1
      ? `Emails leave from ${mailboxes} mailboxes; where their daily limits are smaller than a run, its leads start on several days.`
      : 'Where the daily limit of the mailbox is smaller than a run, its leads start on several days.',
  )
  return words
}
