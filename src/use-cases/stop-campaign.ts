import { cancelPending } from '@/db/queries/cancel-pending'
import { closeDialogueGate } from '@/db/queries/dialogue-gate'
import { releaseBatches } from '@/db/queries/hold-batches'
import { moveCampaignIf } from '@/db/queries/move-campaign'
import type { Deps } from '@/deps'
import { illegalMove } from '@/domain/campaign/state'
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
  const { db, clock, log } = deps
  const at = clock.now()
  const campaign = await findCampaign(deps, campaignId)
  const cancelled = await db.$transaction(async (tx) => {
    await tx.$queryRaw(closeDialogueGate)
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
    if ((await tx.$queryRaw<unknown[]>(move)).length === 0) throw illegalMove(campaign, 'stop', campaign.status, 'completed')
    const count = await tx.$executeRaw(cancelPending(campaignId, at))
    await tx.$executeRaw(releaseBatches({ campaignIds: [campaignId], at }))
    return count
  }, { timeout: 120_000 })
  log.info({ campaign: campaignId, cancelled }, 'campaign stopped')
  return { status: 'completed', cancelled }
}
