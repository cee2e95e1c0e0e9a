import { selectMissingCopies } from '@/db/queries/progress/select-missing-copies'
import type { Deps } from '@/deps'

/** Held emails of a campaign that should lie in Sent by now if they had left, and do not. None where time runs faster than mail servers do. */
export async function missingCopies(
  { sql, clock }: Pick<Deps, 'sql' | 'clock'>,
  { campaignId, held }: { campaignId: string; held: number },
): Promise<ReadonlySet<string>> {
  if (held === 0 || clock.speed !== 1) return new Set()
  const aheadMs = clock.now().getTime() - clock.realNow().getTime()
  return new Set((await selectMissingCopies(sql, { campaignId, aheadMs })).map(({ id }) => id))
}
