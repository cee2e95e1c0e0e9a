import { formatCount, formatOf } from '@/components/ui/numbers'
import type { Forecast, Mailbox } from '../api-types'

type Limited = Pick<Mailbox, 'dailyLimit'>

export const limitWords = (limit: number | null) => (limit === null ? 'no daily limit' : `${formatCount(limit)} a day`)

/** The mailboxes that a campaign will send from: the chosen ones, or the first when none is chosen. */
export function mailboxesUsed<Box extends { id: string }>(all: readonly Box[], chosen: readonly string[]): Box[] {
  const picked = all.filter(({ id }) => chosen.includes(id))
  return picked.length > 0 ? picked : all.slice(0, 1)
}

/** Mails a day that the mailboxes allow together; null when one of them has no limit. */
export function dailyCapacity(mailboxes: readonly Limited[]): number | null {
  if (mailboxes.some(({ dailyLimit }) => dailyLimit === null)) return null
  return mailboxes.reduce((sum, { dailyLimit }) => sum + (dailyLimit ?? 0), 0)
}

/** What binds the number of mails a day: the fact, and what follows from it. */
export function paceWords(
  forecast: Pick<Forecast, 'days'>,
  mailboxes: readonly Limited[],
  ownLimit: number | null,
): { fact: string; note: string | null } {
  const capacity = dailyCapacity(mailboxes)
  const busiest = Math.max(0, ...forecast.days.map(({ total }) => total))
  const own = ownLimit !== null && (capacity === null || ownLimit <= capacity)
  const bound = own ? ownLimit : capacity
  if (bound === null) return { fact: `No daily limit: up to ${formatCount(busiest)} a day`, note: null }
  const whose = own ? "the campaign's own limit" : `the limit of ${formatOf(mailboxes.length, 'mailbox', 'mailboxes')}`
  const fact = `${formatCount(bound)} a day: ${whose}`
  if (busiest > bound) {
    return {
      fact,
      note: `The busiest day is planned with ${formatCount(busiest)}; what is over the limit moves to the days after.`,
    }
  }
  return { fact, note: busiest < bound ? `The busiest day needs ${formatCount(busiest)}.` : null }
}
