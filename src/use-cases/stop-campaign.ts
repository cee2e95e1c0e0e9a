import { cancelPending } from '@/db/queries/cancel-pending'
import { dropCallsOfStoppedRuns, stopRuns, stopSourcesOfStoppedRuns } from '@/db/queries/end-run'
import { releaseBatches } from '@/db/queries/hold-batches'
import { moveCampaignIf } from '@/db/queries/move-campaign'
import { queryRows } from '@/db/query'
import type { Deps } from '@/deps'
import { illegalMove } from '@/domain/campaign/state'
import { behindClosedGate } from './dialogue-gate'
import { findCampaign } from './find-campaign'

/**
 * Ends a campaign for good: what is planned becomes `cancelled`, its batches are free. Mails on the wire are recorded
 * when their answer comes; held ones stay to be resolved.
 * @throws {DomainError} illegal_move
 */
export async function stopCampaign(
  deps: Deps,
  { campaignId, by }: { campaignId: string; by: string },
): Promise<{ status: 'completed'; cancelled: number }> {
  const { pool, clock, log } = deps
  const at = clock.now()
  const campaign = await findCampaign(deps, campaignId)
  const cancelled = await behindClosedGate(pool, async (tx) => {
    const move = moveCampaignIf({
      id: campaignId,
      to: 'completed',
      from: ['running', 'paused', 'scheduled', 'failed'],
      at,
      actor: by,
      kind: 'stopped',
      message: 'Stopped',
      reason: 'Stopped',
    })
    if ((await queryRows(tx, move)).length === 0) throw illegalMove(campaign, 'stop', campaign.status, 'completed')
    await queryRows(tx, stopRuns(campaignId, at))
    await queryRows(tx, stopSourcesOfStoppedRuns(campaignId, at))
    await queryRows(tx, dropCallsOfStoppedRuns(campaignId))
    const rows = await queryRows<{ count: number }>(tx, cancelPending(campaignId, at))
    await queryRows(tx, releaseBatches({ campaignIds: [campaignId], at }))
    return rows[0]?.count ?? 0
  })
  log.info({ campaign: campaignId, cancelled }, 'campaign stopped')
  return { status: 'completed', cancelled }
}
