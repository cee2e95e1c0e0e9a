import { formatCount, formatOf } from '@/components/ui/numbers'
import { capacityOf, type MailboxCapacity } from '@/domain/campaign/daily-capacity'
import type { Forecast, Mailbox } from '../../api-types'

type PaceFields = 'minGapSeconds' | 'gapJitterSeconds' | 'windowStartMinute' | 'windowEndMinute'
type Limited = Pick<Mailbox, 'dailyLimit'> & Partial<Pick<Mailbox, PaceFields | 'limitToday'>>

/** Whether it still sends fewer than its daily limit allows. */
const isRamping = ({ dailyLimit, limitToday = dailyLimit }: Limited): boolean =>
  limitToday !== null && limitToday < (dailyLimit ?? Number.POSITIVE_INFINITY)

const capacityIn = ({ dailyLimit, ...pace }: Limited): MailboxCapacity => {
  const { minGapSeconds = 0, gapJitterSeconds = 0, windowStartMinute = 0, windowEndMinute = 1440 } = pace
  return capacityOf({ dailyLimit, minGapSeconds, gapJitterSeconds, windowStartMinute, windowEndMinute })
}

/** "60 per day", or "16 per day, set by the gap": what a mailbox sends. */
export function limitWords(mailbox: Limited): string {
  const { perDay, setBy } = capacityIn(mailbox)
  if (perDay === null) return 'no daily limit'
  if (isRamping(mailbox)) return `${formatCount(mailbox.limitToday ?? 0)} today, up to ${formatCount(perDay)} per day`
  return `${formatCount(perDay)} per day${setBy === 'gap' ? ', set by the gap' : ''}`
}

/** Emails per day that the mailboxes send together, each by its limit or its gap; null when one of them has neither. */
export function dailyCapacity(mailboxes: readonly Limited[]): number | null {
  const capacities = mailboxes.map((mailbox) => capacityIn(mailbox).perDay)
  if (capacities.includes(null)) return null
  return capacities.reduce<number>((sum, perDay) => sum + (perDay ?? 0), 0)
}

/** What sets the pace: the fact, and its consequence. Other campaigns of the same mailboxes count in the plan. */
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
  const byGap = !own && mailboxes.some((mailbox) => capacityIn(mailbox).setBy === 'gap')
  const boxes = formatOf(mailboxes.length, 'mailbox', 'mailboxes')
  const whose = own ? "the campaign's own limit" : byGap ? `what the gap of ${boxes} allows` : `the limit of ${boxes}`
  const needs = `the busiest day needs ${formatCount(busiest)}`
  const ramp = mailboxes.some(isRamping) ? ' A mailbox that ramps up sends fewer at first.' : ''
  if (starts <= 1) {
    const limit = bound === null ? 'No daily limit' : `${formatCount(bound)} per day is ${whose}`
    return { fact: 'All leads start on the same day', note: `${limit}; ${needs}.${ramp}` }
  }
  if (bound === null)
    return { fact: `Leads start on ${starts} days`, note: `The mailboxes have different windows; ${needs}.` }
  const beside = busiest < bound ? ' beside the emails of other campaigns' : ''
  const pace = formatCount(bound)
  return {
    fact: byGap ? `The gap sets the pace: ${pace} per day` : `${pace} per day: ${whose}`,
    note: `Leads start on ${starts} different days, so that every step fits${beside}.${ramp}`,
  }
}
