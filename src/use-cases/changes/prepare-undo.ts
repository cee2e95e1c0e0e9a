import { selectChanges, selectLeadsAddedAt } from '@/db/queries/changes/save-change'
import { selectReachedStep, selectTakenOut } from '@/db/queries/changes/select-emails-to-change'
import type { Deps } from '@/deps'
import { type ReverseChange, reverseOf } from '@/domain/campaign/changes/reverse'
import { DomainError } from '@/domain/errors'
import { loadCampaign } from '@/use-cases/campaigns/load-campaign'
import { madeOf } from './list-changes'
import { presentSteps } from './present-sequence'

/**
 * The proposal that takes a change back, as far as emails have not left since then and nobody has changed the same once more;
 * what stays is said. Changes nothing: it is looked at and applied like any other.
 * @throws {DomainError} not_found
 */
export async function prepareUndo(
  { sql }: Deps,
  { campaignId, version }: { campaignId: string; version: number },
): Promise<ReverseChange> {
  const campaign = await loadCampaign({ sql }, campaignId)
  const rows = await selectChanges(sql, campaignId)
  const row = rows.find((one) => one.version === version)
  if (!row) throw new DomainError('not_found', 'There is no such change of this campaign.', { campaignId, version })
  const made = madeOf(row)
  const out = new Set((await selectTakenOut(sql, campaignId)).map(({ id }) => id))
  const batchIds = [...made.addBatchIds, ...(made.ownBatchIds ?? [])]
  const added = batchIds.length > 0 ? await selectLeadsAddedAt(sql, { campaignId, batchIds, at: row.at }) : []
  const since = rows.filter((one) => one.version > version).map(madeOf)
  return reverseOf(made, since.toReversed(), {
    present: presentSteps(campaign),
    reached: await selectReachedStep(sql, campaignId),
    addedLeadIds: added.flatMap(({ id }) => (out.has(id) ? [] : [id])),
  })
}
