import type { Deps } from '@/deps'
import { DomainError } from '@/domain/errors'
import { pauseCampaign } from '@/use-cases/campaigns/pause-campaign'

/** Pauses a campaign for its template; one that somebody paused or stopped meanwhile stays as it is. */
export async function pauseIfRunning(
  deps: Deps,
  { campaignId, reason, templateId }: { campaignId: string; reason: string; templateId: string },
): Promise<void> {
  await pauseCampaign(deps, { campaignId, by: null, reason, templateId }).catch((error: unknown) => {
    if (!(error instanceof DomainError && error.code === 'illegal_move')) throw error
    deps.log.info({ campaign: campaignId }, 'campaign was not running any more')
  })
}
