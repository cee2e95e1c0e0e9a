import { type BusyBatch, lockBatchesIfFree, selectBusyBatch } from '@/db/queries/campaigns/lock-batches'
import type { Sql, Tx } from '@/db/sql'
import { DomainError } from '@/domain/errors'
import type { CampaignWithParts } from './load-campaign'

/**
 * Takes the campaign's batches for it. The refusal names the batch and its holder.
 * @throws {DomainError} batch_in_use when another campaign holds one of them
 */
export async function lockBatches(
  tx: Tx,
  { id, name, batches }: Pick<CampaignWithParts, 'id' | 'name' | 'batches'>,
  { verb, at }: { verb: Verb; at: Date },
): Promise<void> {
  const held = await lockBatchesIfFree(tx, { campaignId: id, at })
  if (held >= batches.length) return
  throw inUse({ name, verb }, await selectBusyBatch(tx, { campaignId: id }))
}

/** Refuses as `lockBatches` would, without taking the batches. @throws {DomainError} batch_in_use */
export async function requireFreeBatches(
  sql: Sql,
  { id, name }: Pick<CampaignWithParts, 'id' | 'name'>,
  { verb }: { verb: Verb },
): Promise<void> {
  const busy = await selectBusyBatch(sql, { campaignId: id })
  if (busy) throw inUse({ name, verb }, busy)
}

type Verb = 'start' | 'resume' | 'reopen' | 'change'

const inUse = ({ name, verb }: { name: string; verb: Verb }, busy: BusyBatch | null) =>
  new DomainError(
    'batch_in_use',
    `Can't ${verb} "${name}": batch "${busy?.batchName}" is in use by "${busy?.holderName}". Nothing was changed.`,
    { ...busy },
  )
