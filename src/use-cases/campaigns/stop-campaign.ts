import { cancelPending } from '@/db/queries/campaigns/cancel-pending'
import { releaseBatches } from '@/db/queries/campaigns/lock-batches'
import { moveCampaignIf } from '@/db/queries/campaigns/move-campaign'
import { dropCallsOfStoppedRuns, stopRuns, stopSourcesOfStoppedRuns } from '@/db/queries/lead-generation/end-run'
import { withSendingBlocked } from '@/db/send-gate'
import type { Deps } from '@/deps'
import { refusedAct } from '@/domain/campaign/refused-act'
import { ACTS, STOPPED } from '@/domain/campaign/state'
import { loadCampaign } from './load-campaign'

/**
 * Ends a campaign for good: pending emails become `cancelled`, its batches are free. Emails on the wire are recorded
 * when their answer comes; held ones stay to be resolved.
 * @throws {DomainError} illegal_move
 */
export async function stopCampaign(
  deps: Deps,
  { campaignId, by }: { campaignId: string; by: string },
): Promise<{ status: 'completed'; cancelled: number }> {
  const { sql, clock, log } = deps
  const at = clock.now()
  const cancelled = await withSendingBlocked(sql, async (tx) => {
    const moved = await moveCampaignIf(tx, {
      id: campaignId,
      to: 'completed',
      from: ACTS.stop.from,
      at,
      actor: by,
      kind: 'stopped',
      message: STOPPED,
      reason: STOPPED,
    })
    if (!moved) throw refusedAct(await loadCampaign({ sql: tx }, campaignId), 'stop')
    await stopRuns(tx, campaignId, at)
    await stopSourcesOfStoppedRuns(tx, campaignId, at)
    await dropCallsOfStoppedRuns(tx, campaignId)
    const count = await cancelPending(tx, campaignId, at)
    await releaseBatches(tx, { campaignIds: [campaignId], at })
    return count
  })
  log.info({ campaign: campaignId, cancelled }, 'campaign stopped')
  return { status: 'completed', cancelled }
}
