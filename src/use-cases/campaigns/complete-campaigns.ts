import { completeCampaignsIfDone, lockFinishedCampaigns } from '@/db/queries/campaigns/complete-campaigns'
import { transaction } from '@/db/sql'
import type { Deps } from '@/deps'
import { COMPLETED_BECAUSE } from '@/domain/campaign/completion'
import { failCampaigns } from './fail-campaigns'

/**
 * Completes the campaigns among `campaignIds` (all when absent) that are done, after failing those of which too many
 * emails failed. Runs after results have committed and again in every tick, so that two workers finishing the last two
 * emails together cannot leave a campaign open.
 * @returns ids of the campaigns that completed now
 */
export async function completeCampaigns(deps: Deps, campaignIds?: readonly string[]): Promise<string[]> {
  if (campaignIds?.length === 0) return []
  // First: a campaign of which too much failed must not end as completed.
  await failCampaigns(deps, campaignIds ?? null)
  const { sql, clock, log } = deps
  const completed = await transaction(sql, async (tx) => {
    const locked = await lockFinishedCampaigns(tx, campaignIds ?? null)
    if (locked.length === 0) return []
    const ids = locked.map(({ id }) => id)
    return completeCampaignsIfDone(tx, { ids, at: clock.now(), because: COMPLETED_BECAUSE })
  })
  for (const { id } of completed) log.info({ campaign: id }, 'campaign completed')
  return completed.map(({ id }) => id)
}
