import { moveCampaignIf } from '@/db/queries/campaigns/move-campaign'
import type { Deps } from '@/deps'

/**
 * Puts a scheduled campaign whose start was refused back to draft, with the reason, so that it is not tried again every
 * minute.
 */
export async function returnToDraft({ sql, clock }: Deps, campaignId: string, why: string): Promise<void> {
  const at = clock.now()
  const message = `The scheduled start was refused: ${why}`
  await moveCampaignIf(sql, {
    id: campaignId,
    to: 'draft',
    from: ['scheduled'],
    at,
    actor: null,
    kind: 'start_refused',
    message,
    reason: message,
  })
}
