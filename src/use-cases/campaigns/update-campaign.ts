import { setChosenBatches, setChosenMailboxes, updateCampaignIf } from '@/db/queries/campaigns/update-campaign-row'
import { transaction } from '@/db/sql'
import type { Deps } from '@/deps'
import { type CampaignDraft, foreignField } from '@/domain/campaign/draft'
import type { CampaignType } from '@/domain/campaign/state'
import { DomainError } from '@/domain/errors'
import { changeLastDay } from './change-last-day'
import { loadCampaign } from './load-campaign'

/**
 * Saves what is given. Name and description can always change, and until it is over the last day of a campaign whose runs
 * come again and again; the rest only in a draft, since emails of a started campaign are already planned from it.
 */
export async function updateCampaign(
  { sql, clock }: Deps,
  { campaignId, patch, by }: { campaignId: string; patch: CampaignDraft; by: string },
): Promise<{ id: string }> {
  const { batchIds, mailboxIds, name, description, endDate, ...rest } = patch
  const campaign = await loadCampaign({ sql }, campaignId)
  refuseForeign(campaign.campaignType, patch)
  const isStarted = campaign.status !== 'draft'
  const plan = isStarted ? rest : { ...rest, endDate }
  const changesPlan = [batchIds, mailboxIds, ...Object.values(plan)].some((value) => value !== undefined)
  if (changesPlan && isStarted) {
    throw new DomainError(
      'conflict',
      `"${campaign.name}" is ${campaign.status}: its leads, sequence and schedule are fixed. Nothing was changed. ` +
        'Duplicate the campaign to send something else.',
      { campaignId },
    )
  }
  if (isStarted && endDate !== undefined) await changeLastDay({ sql, clock }, { campaignId, endDate, by })
  await transaction(sql, async (tx) => {
    // The status is asked again by the write itself: a start in between must not find a half-changed draft.
    const written = await updateCampaignIf(tx, {
      campaignId,
      patch: { name, description, ...plan },
      onlyDraft: changesPlan,
      at: clock.now(),
    })
    if (!written) throw new DomainError('conflict', 'The campaign was started meanwhile. Nothing was changed.')
    if (batchIds) await setChosenBatches(tx, campaignId, batchIds)
    if (mailboxIds) await setChosenMailboxes(tx, campaignId, mailboxIds)
  })
  return { id: campaignId }
}

/** @throws {DomainError} invalid_input when a field is set that a campaign of this type has no use for */
export function refuseForeign(type: CampaignType, patch: CampaignDraft): void {
  const field = foreignField(type, patch)
  if (!field) return
  throw new DomainError(
    'invalid_input',
    `"${field}" means nothing for a campaign of type ${type.replace('_', ' ')}. Nothing was saved.`,
    { field, type },
  )
}
