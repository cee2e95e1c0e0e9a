import { type MissingCopy, selectMissingCopies } from '@/db/queries/progress/select-missing-copies'
import type { Deps } from '@/deps'
import { tellsItself } from '@/domain/conversation/unrecorded-subject'

/** Held emails of a campaign that should lie in Sent by now if they had left, and do not. None where time runs faster than mail servers do. */
export async function missingCopies(
  { sql, clock }: Pick<Deps, 'sql' | 'clock'>,
  { campaignId, held }: { campaignId: string; held: number },
): Promise<ReadonlySet<string>> {
  if (held === 0 || clock.speed !== 1) return new Set()
  const aheadMs = clock.now().getTime() - clock.realNow().getTime()
  const missing = await selectMissingCopies(sql, { campaignId, aheadMs })
  return new Set(missing.filter(isKnowable).map(({ id }) => id))
}

/** Whether a copy would have been known: by our Message-ID, or where that may be lost, by its subject. */
const isKnowable = (copy: MissingCopy): boolean => copy.keepsMessageId || (!copy.isEditedSince && tellsItself(copy))
