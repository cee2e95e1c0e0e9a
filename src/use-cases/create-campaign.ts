import { insertEvent } from '@/db/queries/insert-event'
import type { Deps } from '@/deps'
import type { NewCampaign } from '@/domain/campaign/draft'
import { DomainError } from '@/domain/errors'
import { getSettings } from './read-settings'
import { updateCampaign } from './update-campaign'

/** Creates a draft; everything but its type may follow later. */
export async function createCampaign(
  deps: Deps,
  { by, ...input }: NewCampaign & { by: string },
): Promise<{ id: string }> {
  if (input.campaignType !== 'outreach') {
    throw new DomainError('not_ready', 'Only outreach campaigns can be created yet. Nothing was saved.')
  }
  const at = deps.clock.now()
  const { defaultTimezone } = await getSettings(deps)
  const campaign = await deps.db.campaign.create({
    data: {
      name: input.name ?? 'Untitled campaign',
      campaignType: input.campaignType,
      timezone: defaultTimezone,
      createdBy: by,
      createdAt: at,
      updatedAt: at,
    },
  })
  await deps.db.$executeRaw(
    insertEvent({ campaignId: campaign.id, at, kind: 'created', actor: by, message: 'Created' }),
  )
  const { campaignType: _type, ...draft } = input
  await updateCampaign(deps, { campaignId: campaign.id, patch: draft, by })
  return { id: campaign.id }
}
