import {
  type BatchUser,
  countLeadsOfBatch,
  deleteBatchRow,
  lockBatchForDeletion,
  selectCampaignsOfBatch,
} from '@/db/queries/leads/delete-batch-row'
import { type Tx, transaction } from '@/db/sql'
import type { Deps } from '@/deps'
import { DomainError } from '@/domain/errors'

/**
 * Deletes a batch; its leads stay. Refused while a campaign holds it, and afterwards too: it is part of that campaign's
 * record.
 * @throws {DomainError} not_found, in_use
 */
export async function deleteBatch(
  { sql, log }: Deps,
  { id, by }: { id: string; by: string | null },
): Promise<{ id: string; leadsKept: number }> {
  const leadsKept = await transaction(sql, async (tx) => {
    await lockUnusedBatch(tx, id)
    const leads = await countLeadsOfBatch(tx, id)
    await deleteBatchRow(tx, id)
    return leads
  })
  log.info({ batch: id, by }, 'batch deleted')
  return { id, leadsKept }
}

/**
 * Locks a batch that is to be deleted: until the transaction ends no campaign can choose it, and nobody adds a lead to it. Refused while
 * a campaign holds it, and afterwards too. @throws {DomainError} not_found, in_use
 */
export async function lockUnusedBatch(tx: Tx, id: string): Promise<void> {
  const batch = await lockBatchForDeletion(tx, id)
  if (!batch)
    throw new DomainError('not_found', 'This batch does not exist any more. Nothing was deleted.', { batchId: id })
  const [user, ...others] = await selectCampaignsOfBatch(tx, id)
  if (user) throw inUse(batch.name, user, others.length)
}

function inUse(name: string, user: BatchUser, others: number) {
  const more = others > 0 ? ` and by ${others} more` : ''
  const how = user.holds ? 'is in use by' : user.started ? 'was used by' : 'is chosen in'
  const advice = user.holds
    ? 'Wait until the campaign is over, or stop it.'
    : user.started
      ? "It belongs to that campaign's history."
      : 'Take it out of that campaign first.'
  return new DomainError(
    'in_use',
    `Batch "${name}" ${how} campaign "${user.name}" (${user.status})${more}. Nothing was deleted. ${advice}`,
    { campaignId: user.id, campaignName: user.name, campaigns: others + 1 },
  )
}
