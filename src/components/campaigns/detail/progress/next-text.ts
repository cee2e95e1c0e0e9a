import type { CampaignStatus } from '@/domain/campaign/state'
import type { Progress } from '../../api-types'

/** When the next email leaves: a time, or a word when no clock decides it. */
export type NextWords = { at: Date | null; word: string; note: string | null }

/** The value of "Next email". A time that has passed is never given as if it were still to come. */
export function nextEmailWords(status: CampaignStatus, next: Progress['next']): NextWords {
  if (!next || status === 'completed') return { at: null, word: 'none', note: null }
  const note = `step ${next.stepNumber} to ${next.leadName}`
  if (status !== 'running') return { at: null, word: 'after it is resumed', note }
  const { decision } = next
  if (decision.kind === 'send') return { at: null, word: 'leaving now', note }
  if (decision.kind === 'defer') return { at: decision.until, word: '', note }
  if (decision.kind === 'skip') return { at: null, word: 'will be skipped', note }
  return decision.reason === 'not_due' ? { at: next.at, word: '', note } : { at: null, word: 'waiting', note }
}
