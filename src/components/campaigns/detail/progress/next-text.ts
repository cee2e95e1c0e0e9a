import type { CampaignStatus } from '@/domain/campaign/state'
import type { Progress } from '../../api-types'
import type { Why } from '../why/why-facts'

/** When the next email leaves: a time, or a word when no clock decides it. */
export type NextWords = { at: Date | null; word: string; note: string | null }

/** The value of "Next email". A time that has passed is never given as if it were still to come, nor one that the banner denies. */
export function nextEmailWords(
  status: CampaignStatus,
  next: Progress['next'],
  why: Pick<Why, 'tone' | 'fact'>,
): NextWords {
  if (!next || status === 'completed') return { at: null, word: 'none', note: null }
  const note = `step ${next.stepNumber} to ${next.leadName}`
  if (status !== 'running') return { at: null, word: 'after it is resumed', note }
  if (why.tone === 'failed') return { at: null, word: 'waiting', note: why.fact }
  const { decision } = next
  if (decision.kind === 'send') return { at: null, word: 'leaving now', note }
  if (decision.kind === 'defer') return { at: decision.until, word: '', note }
  if (decision.kind === 'skip') return { at: null, word: 'will be skipped', note }
  return decision.reason === 'not_due' ? { at: next.at, word: '', note } : { at: null, word: 'waiting', note }
}

const HOUR_MS = 3_600_000

/** When the last email leaves: as planned, or at the pace of the last hour once that time has passed; never while nothing leaves. */
export function lastEmailWords(
  {
    expectedEnd,
    endIsAbout,
    asOf,
    ledger,
    sentLastHour,
  }: Pick<Progress, 'expectedEnd' | 'asOf' | 'ledger' | 'sentLastHour'> & Partial<Pick<Progress, 'endIsAbout'>>,
  why: Pick<Why, 'tone'>,
): NextWords | null {
  if (!expectedEnd) return null
  if (why.tone === 'failed') return { at: null, word: 'not known', note: 'while nothing leaves' }
  if (expectedEnd > asOf)
    return { at: expectedEnd, word: '', note: endIsAbout ? 'about then: the gap sets the pace' : 'if nothing changes' }
  if (sentLastHour === 0) return { at: null, word: 'not known', note: 'until emails leave' }
  const open = ledger.pending + ledger.sending
  return { at: new Date(asOf.getTime() + (open / sentLastHour) * HOUR_MS), word: '', note: 'about then, at this pace' }
}
