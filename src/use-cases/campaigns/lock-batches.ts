import { lockBatchesIfFree, selectBusyBatch } from '@/db/queries/campaigns/lock-batches'
import type { Tx } from '@/db/sql'
import { DomainError } from '@/domain/errors'
import type { CampaignWithParts } from './load-campaign'

/**
 * Takes the campaign's batches for it. The refusal names the batch and its holder.
 * @throws {DomainError} batch_in_use when another campaign holds one of them
 */
export async function lockBatches(
  tx: Tx,
  { id, name, batches }: Pick<CampaignWithParts, 'id' | 'name' | 'batches'>,
  { verb, at }: { verb: 'start' | 'resume' | 'reopen'; at: Date },
): Promise<void> {
  const held = await lockBatchesIfFree(tx, { campaignId: id, at })
  if (held >= batches.length) return
  const busy = await selectBusyBatch(tx, { campaignId: id })
  throw new DomainError(
    'batch_in_use',
    `Can't ${verb} "${name}": batch "${busy?.batchName}" is in use by "${busy?.holderName}". Nothing was changed.`,
    { ...busy },
  )
}
