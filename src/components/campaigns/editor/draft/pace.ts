import { formatCount, formatOf } from '@/components/ui/numbers'
import type { Forecast, Mailbox } from '../../api-types'

type Limited = Pick<Mailbox, 'dailyLimit'>

export const limitWords = (limit: number | null) =>
  limit === null ? 'no daily limit' : `${formatCount(limit)} per day`

/** Emails per day that the mailboxes allow together; null when one of them has no limit. */
export function dailyCapacity(mailboxes: readonly Limited[]): number | null {
  if (mailboxes.some(({ dailyLimit }) => dailyLimit === null)) return null
  return mailboxes.reduce((sum, { dailyLimit }) => sum + (dailyLimit ?? 0), 0)
}

/** The limit that sets the pace: the fact, and its consequence. Other campaigns of the same mailboxes count in the plan. */
export function paceWords(
  { days }: Pick<Forecast, 'days'>,
  mailboxes: readonly Limited[],
  ownLimit: number | null,
): { fact: string; note: string } {
  const capacity = dailyCapacity(mailboxes)
  const busiest = Math.max(0, ...days.map(({ total }) => total))
  const starts = days.filter(({ byStep }) => (byStep[1] ?? 0) > 0).length
  const own = ownLimit !== null && (capacity === null || ownLimit <= capacity)
  const bound = own ? ownLimit : capacity
  const whose = own ? "the campaign's own limit" : `the limit of ${formatOf(mailboxes.length, 'mailbox', 'mailboxes')}`
  const needs = `the busiest day needs ${formatCount(busiest)}`
  if (starts <= 1) {
    const limit = bound === null ? 'No daily limit' : `${formatCount(bound)} per day is ${whose}`
    return { fact: 'All leads start on the same day', note: `${limit}; ${needs}.` }
  }
  if (bound === null)
    return { fact: `Leads start on ${starts} days`, note: `The mailboxes have different windows; ${needs}.` }
  const beside = busiest < bound ? ' beside the emails of other campaigns' : ''
  return {
    fact: `${formatCount(bound)} per day: ${whose}`,
    note: `Leads start on ${starts} different days, so that every step fits${beside}.`,
  }
}
