import { type BatchRow, countBatches, selectBatches } from '@/db/queries/leads/select-batches'
import type { Deps } from '@/deps'
import type { CampaignStatus, CampaignType } from '@/domain/campaign/state'
import { type NamedListAsked, namedListRead } from '@/domain/lists/named-list'

/** A batch in lists: how many leads it has, and which campaign holds it now. */
export type ListedBatch = {
  id: string
  name: string
  description: string | null
  leadCount: number
  /** Campaigns that use or used it. */
  campaignCount: number
  activeCampaign: { id: string; name: string; status: CampaignStatus; type: CampaignType } | null
  createdAt: Date
  updatedAt: Date
}

/** A page of the batches whose name contains `search`, the newest first, with their number; `asOf`: how old it is, where it is not as it is now. */
export async function listBatches(
  { sql, asOf }: Pick<Deps, 'sql' | 'asOf'>,
  asked: NamedListAsked = {},
): Promise<{ rows: ListedBatch[]; total: number; asOf: Date | null }> {
  const read = namedListRead(asked)
  const [rows, total] = await Promise.all([selectBatches(sql, read), countBatches(sql, read)])
  return { rows: rows.map(toListedBatch), total, asOf: asOf ?? null }
}

/** The row of one batch in the form of lists. */
export function toListedBatch(row: BatchRow): ListedBatch {
  const { activeCampaignId, activeCampaignName, activeCampaignStatus, activeCampaignType, ...batch } = row
  return {
    ...batch,
    activeCampaign:
      activeCampaignId && activeCampaignStatus && activeCampaignType
        ? {
            id: activeCampaignId,
            name: activeCampaignName ?? '',
            status: activeCampaignStatus,
            type: activeCampaignType,
          }
        : null,
  }
}
