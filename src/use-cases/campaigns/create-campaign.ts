import { insertEvent } from '@/db/queries/campaigns/insert-event'
import type { Deps } from '@/deps'
import { type NewCampaign, refuseForeign } from '@/domain/campaign/draft'
import { MAX_RESULTS_PER_RUN } from '@/domain/lead-generation/recurring-intervals'
import { getSettings } from '@/use-cases/settings/get-settings'
import { updateCampaign } from './update-campaign'

/**
 * Creates a draft; everything but its type may follow later.
 * @throws {DomainError} invalid_input when a field is set that this type has no use for
 */
export async function createCampaign(
  deps: Deps,
  { by, ...input }: NewCampaign & { by: string },
): Promise<{ id: string }> {
  const { campaignType, ...draft } = input
  // Before anything is written: a refused draft must not leave an empty campaign behind.
  refuseForeign(campaignType, draft)
  const at = deps.clock.now()
  const { defaultTimezone } = await getSettings(deps)
  const campaign = await deps.db.campaign.create({
    data: {
      name: input.name ?? 'Untitled campaign',
      campaignType,
      timezone: defaultTimezone,
      ...(campaignType === 'outreach' ? {} : { leadSources: [], maxResultsPerRun: MAX_RESULTS_PER_RUN }),
      createdBy: by,
      createdAt: at,
      updatedAt: at,
    },
  })
  await insertEvent(deps.sql, { campaignId: campaign.id, at, kind: 'created', actor: by, message: 'Created' })
  await updateCampaign(deps, { campaignId: campaign.id, patch: draft, by })
  return { id: campaign.id }
}
