import { selectBatches } from '@/db/queries/leads/select-batches'
import type { Deps } from '@/deps'
import { DomainError } from '@/domain/errors'
import { toListedBatch } from './list-batches'
import { type ListLeads, listLeads } from './list-leads'

export type GetBatch = Omit<ListLeads, 'batchId'> & { id: string }

// A batch is used by one campaign at a time.
const HISTORY_AT_MOST = 100

/**
 * A batch with a page of its leads and the campaigns that use or used it, the latest first, at most 100.
 * @throws {DomainError} not_found
 */
export async function getBatch(deps: Deps, { id, ...page }: GetBatch) {
  const [row] = await selectBatches(deps.sql, { id })
  if (!row) throw new DomainError('not_found', 'This batch does not exist any more.', { batchId: id })
  const [leads, links] = await Promise.all([
    listLeads(deps, { ...page, batchId: id }),
    deps.db.campaignBatch.findMany({
      where: { batchId: id },
      orderBy: [{ startedAt: { sort: 'desc', nulls: 'last' } }, { campaignId: 'desc' }],
      take: HISTORY_AT_MOST,
      select: { startedAt: true, completedAt: true, campaign: { select: { id: true, name: true, status: true } } },
    }),
  ])
  return {
    ...toListedBatch(row),
    leads,
    campaignHistory: links.map(({ campaign, startedAt, completedAt }) => ({
      campaignId: campaign.id,
      name: campaign.name,
      status: campaign.status,
      startedAt,
      completedAt,
    })),
  }
}
