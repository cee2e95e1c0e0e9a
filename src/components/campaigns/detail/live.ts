import { formatAgo } from '@/components/ui/zoned-time'
import type { CampaignStatus } from '@/domain/campaign/state'
import type { CampaignTab } from '@/routes'
import type { Progress } from '../api-types'

export type Live = { tone: 'sent' | 'held' | 'failed' | 'neutral'; words: string }

/** Whether the figures of a campaign still move by themselves: not once it has ended. */
export const hasLiveFigures = (status: CampaignStatus): boolean => status !== 'completed'

/** The figures on the tabs: those that are read again and again, so that no tab stays behind the page below it. */
export const tabCounts = ({
  ledger,
  leads,
  generation,
}: Pick<Progress, 'ledger' | 'leads' | 'generation'>): Partial<Record<CampaignTab, number>> => ({
  emails: ledger.planned,
  leads,
  ...(generation ? { runs: generation.runs } : {}),
})

/** Changes whenever something happened that the campaign's activity may tell of. */
export const activityMark = ({ status, ledger, generation }: Pick<Progress, 'status' | 'ledger' | 'generation'>) =>
  [status, ...Object.values(ledger), generation?.runs, generation?.running?.status].join(' ')

/**
 * How fresh the figures are. `everyMs`: how often they are read, in milliseconds; twice that and a little is still live, and so is
 * what was looked at since (`isTold`) and found unchanged. Times in milliseconds of this computer.
 */
export function liveWords({
  updatedAt,
  failing,
  everyMs,
  isTold,
  now,
}: {
  updatedAt: number
  failing: boolean
  everyMs: number
  isTold: boolean
  now: number
}): Live {
  if (updatedAt === 0) return { tone: 'neutral', words: 'Loading' }
  const age = now - updatedAt
  const fresh = isTold || age < everyMs * 2 + 2_000
  if (fresh && !failing) return { tone: 'sent', words: 'Live' }
  const ago = formatAgo(updatedAt, new Date(now)) ?? 'long ago'
  if (failing) return { tone: 'failed', words: fresh ? 'Reconnecting' : `Reconnecting, as of ${ago}` }
  return { tone: 'held', words: ago }
}

/** Events that stand beside the progress. */
export const LAST_EVENTS = 6
