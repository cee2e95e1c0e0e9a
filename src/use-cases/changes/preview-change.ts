import { transaction } from '@/db/sql'
import type { Deps } from '@/deps'
import type { ChangeEffect } from '@/domain/campaign/changes/effect'
import type { CampaignChange } from '@/domain/campaign/changes/input'
import { requireFreeBatches } from '@/use-cases/campaigns/lock-batches'
import { prepareChange } from './prepared-change'

/** Ends the transaction of a look, which leaves nothing behind. */
class Looked extends Error {
  constructor(readonly effect: ChangeEffect) {
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
  try {
    return await transaction(deps.sql, async (tx): Promise<never> => {
      const { effect, campaign, addedBatches } = await prepareChange(tx, deps, {
        campaignId,
        change,
        now: deps.clock.now(),
      })
      if (addedBatches.length > 0) await requireFreeBatches(tx, campaign, { verb: 'change' })
      throw new Looked(effect)
    })
  } catch (error) {
    if (error instanceof Looked) return error.effect
    throw error
  }
}
