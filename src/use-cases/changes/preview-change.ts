import { transaction } from '@/db/sql'
import type { Deps } from '@/deps'
import type { ChangeEffect } from '@/domain/campaign/changes/effect'
import type { CampaignChange } from '@/domain/campaign/changes/input'
import { requireFreeBatches } from '@/use-cases/campaigns/lock-batches'
import { withCalendar } from './calendar'
import { type PreparedChange, prepareChange } from './prepared-change'

/** Ends the transaction of a look, which leaves nothing behind. */
class Looked extends Error {
  constructor(readonly prepared: PreparedChange) {
    super('Looked')
  }
}

/**
 * The effect that a change would have at this moment. Changes nothing, and waits for nobody's locks.
 * @throws {DomainError} conflict, invalid_input, not_found, not_ready, batch_in_use
 */
export async function previewChange(
  deps: Deps,
  { campaignId, change }: { campaignId: string; change: CampaignChange },
): Promise<ChangeEffect> {
  const now = deps.clock.now()
  const looking = transaction(deps.sql, async (tx): Promise<never> => {
    const prepared = await prepareChange(tx, deps, { campaignId, change, now })
    const { campaign, addedBatches } = prepared
    if (addedBatches.length > 0) await requireFreeBatches(tx, campaign, { verb: 'change' })
    throw new Looked(prepared)
  })
  return looking.catch((error: unknown) => {
    if (error instanceof Looked) return withCalendar(deps.sql, error.prepared, now)
    throw error
  })
}
