import { type BatchRow, selectBatches } from '@/db/queries/leads/select-batches'
import type { Deps } from '@/deps'
import type { CampaignStatus } from '@/domain/campaign/state'

/** A batch in lists: how many leads it has, and which campaign holds it now. */
export type ListedBatch = {
  id: string
  name: string
  description: string | null
  leadCount: number
  /** Campaigns that use or used it. */
  campaignCount: number
  activeCampaign: { id: string; name: string; status: CampaignStatus } | null
  createdAt: Date
  updatedAt: Date
}

/** All batches whose name contains `search`, the newest first. */
export async function listBatches(
  { sql }: Deps,
  { search }: { search?: string | undefined } = {},
): Promise<ListedBatch[]> {
  return (await selectBatches(sql, { search })).map(toListedBatch)
}

/** The row of one batch in the form of lists. */
export function toListedBatch(row: BatchRow): ListedBatch {
  const { activeCampaignId, activeCampaignName, activeCampaignStatus, ...batch } = row
  return {
    ...batch,
    activeCampaign:
      activeCampaignId && activeCampaignStatus
        ? { id: activeCampaignId, name: activeCampaignName ?? '', status: activeCampaignStatus }
        : null,
  }
}
