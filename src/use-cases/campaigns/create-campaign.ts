import { insertCampaign } from '@/db/queries/campaigns/campaign-row'
import { transaction } from '@/db/sql'
import type { Deps } from '@/deps'
import { type NewCampaign, refuseForeign } from '@/domain/campaign/draft'
import { MAX_RESULTS_PER_RUN } from '@/domain/lead-generation/recurring-intervals'
import { getSettings } from '@/use-cases/settings/get-settings'
import { prepareDraft, storeDraft } from './draft-row'

/**
 * Creates a draft, whole or not at all; everything but its type may follow later.
 * @throws {DomainError} invalid_input when a field is set that this type has no use for; not_found when what was chosen is gone
 */
export async function createCampaign(
  deps: Deps,
  { by, ...input }: NewCampaign & { by: string },
): Promise<{ id: string }> {
  const { campaignType, ...draft } = input
  refuseForeign(campaignType, draft)
  const at = deps.clock.now()
  const { defaultTimezone } = await getSettings(deps)
  const prepared = await prepareDraft(deps, draft, null)
  const id = await transaction(deps.sql, async (tx) => {
    const campaignId = await insertCampaign(tx, {
      name: input.name ?? 'Untitled campaign',
      campaignType,
      timezone: defaultTimezone,
      maxResultsPerRun: campaignType === 'outreach' ? null : MAX_RESULTS_PER_RUN,
      by,
      at,
    })
    await storeDraft(tx, { campaignId, draft: prepared, onlyDraft: true, at })
    return campaignId
  })
  return { id }
}
