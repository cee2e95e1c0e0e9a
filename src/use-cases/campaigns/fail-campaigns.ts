import { releaseBatches } from '@/db/queries/campaigns/lock-batches'
import { moveCampaignIf } from '@/db/queries/campaigns/move-campaign'
import { selectFailureCounts } from '@/db/queries/campaigns/select-failing-campaigns'
import { transaction } from '@/db/sql'
import type { Deps } from '@/deps'
import { tooManyFailed } from '@/domain/campaign/progress'

/**
 * Fails running campaigns among `campaignIds` (all when null) of which too many emails failed. Pending emails stay
 * planned; batches are free until a resume.
 */
export async function failCampaigns({ sql, clock, log }: Deps, campaignIds: readonly string[] | null): Promise<void> {
  const counts = await selectFailureCounts(sql, campaignIds)
  const failing = counts.filter(tooManyFailed)
  for (const { id, failed, planned } of failing) {
    const at = clock.now()
    const reason = `${Math.round((100 * failed) / planned)} % of the emails failed or could not follow (${failed} of ${planned})`
    const moved = await transaction(sql, async (tx) => {
      const move = await moveCampaignIf(tx, {
        id,
        to: 'failed',
        at,
        actor: null,
        kind: 'failed',
        message: `Failed: ${reason}`,
        reason,
      })
      if (move) await releaseBatches(tx, { campaignIds: [id], at })
      return move !== null
    })
    if (moved) log.warn({ campaign: id, reason }, 'campaign failed')
  }
}
