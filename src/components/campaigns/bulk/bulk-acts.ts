import { formatOf, inNumber } from '@/components/ui/numbers'
import { ACTS, ARCHIVABLE } from '@/domain/campaign/state'
import type { ChosenCampaign } from '../api-types'

/** What can be done to many campaigns; `delete`: to drafts that a duplication has made. */
export type BulkAct = 'pause' | 'resume' | 'duplicate' | 'archive' | 'unarchive' | 'delete'

/** One campaign that an act is about; `copyId`: the draft that a duplication has made of it. */
export type Done = { id: string; name: string; copyId?: string }

/** What became of each: done; refused, with the reason; or not asked any more, after a failure on the way or a Stop. */
export type Outcome = { done: Done[]; refused: { name: string; why: string }[]; notAsked: number }

/** The campaigns among these that an act is one for, as far as their list knows; the others are not asked. */
export function fitting<One extends Pick<ChosenCampaign, 'status' | 'archivedAt'>>(
  act: BulkAct,
  campaigns: readonly One[],
): One[] {
  const from: Partial<Record<BulkAct, readonly string[]>> = { pause: ACTS.pause.from, resume: ACTS.resume.from }
  return campaigns.filter(({ status, archivedAt }) => {
    if (act === 'archive') return archivedAt === null && ARCHIVABLE.includes(status)
    if (act === 'unarchive') return archivedAt !== null
    return from[act]?.includes(status) ?? true
  })
}

/** The act that takes another back; none for a resume: emails may have left since. */
export const UNDO: Partial<Record<BulkAct, BulkAct>> = {
  pause: 'resume',
  archive: 'unarchive',
  unarchive: 'archive',
  duplicate: 'delete',
}

const DONE: Record<BulkAct, (campaigns: string, count: number) => string> = {
  pause: (campaigns) => `${campaigns} paused`,
  resume: (campaigns) => `${campaigns} resumed`,
  duplicate: (campaigns, count) => `${campaigns} duplicated as ${inNumber(count, 'a draft', 'drafts')}`,
  archive: (campaigns) => `${campaigns} archived`,
  unarchive: (campaigns) => `${campaigns} back on the list`,
  delete: (campaigns, count) => `${campaigns} deleted: ${inNumber(count, 'the draft', 'the drafts')} of before`,
}

/** "12 campaigns paused". */
export const doneWords = (act: BulkAct, count: number): string => DONE[act](formatOf(count, 'campaign'), count)

/** What is said while an act is on its way. */
export const UNDER_WAY: Record<BulkAct, string> = {
  pause: 'Pausing campaigns',
  resume: 'Resuming campaigns',
  duplicate: 'Duplicating campaigns',
  archive: 'Archiving campaigns',
  unarchive: 'Taking campaigns out of the archive',
  delete: 'Deleting drafts',
}

/** Why some were not done, beside what was: one line. */
export function missedWords({ refused, notAsked }: Outcome): string {
  const parts = [
    ...(refused.length > 0 ? [`${formatOf(refused.length, 'campaign')} refused`] : []),
    ...(notAsked > 0
      ? [`${formatOf(notAsked, 'campaign')} not asked, and as ${inNumber(notAsked, 'it was', 'they were')}`]
      : []),
  ]
  return parts.join(', ')
}
