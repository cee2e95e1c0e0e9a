import { moveCampaignIf } from '@/db/queries/campaigns/move-campaign'
import { withSendingBlocked } from '@/db/send-gate'
import type { Deps } from '@/deps'
import { refusedAct } from '@/domain/campaign/refused-act'
import { loadCampaign } from './load-campaign'

/**
 * Pauses a running campaign. No SMTP transaction begins once this has committed; emails on the wire are recorded when
 * their answer comes. Planned rows stay `pending`, held back by the campaign's state alone. `templateId`: the template that
 * is at fault.
 * @throws {DomainError} illegal_move
 */
export async function pauseCampaign(
  deps: Deps,
  {
    campaignId,
    by,
    reason = null,
    templateId,
  }: { campaignId: string; by: string | null; reason?: string | null; templateId?: string },
): Promise<{ status: 'paused' }> {
  const { sql, clock, log } = deps
  const message = reason ? `Paused: ${reason}` : 'Paused'
  const moved = await withSendingBlocked(sql, (tx) =>
    moveCampaignIf(tx, {
      id: campaignId,
      to: 'paused',
      at: clock.now(),
      actor: by,
      kind: 'paused',
      message,
      reason,
      ...(templateId ? { details: { templateId } } : {}),
    }),
  )
  if (!moved) throw refusedAct(await loadCampaign(deps, campaignId), 'pause')
  log.info({ campaign: campaignId, reason }, 'campaign paused')
  return { status: 'paused' }
}
