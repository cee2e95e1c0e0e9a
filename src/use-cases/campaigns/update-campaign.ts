import { withSendingBlocked } from '@/db/send-gate'
import { transaction } from '@/db/sql'
import type { Deps } from '@/deps'
import { type CampaignDraft, refuseForeign } from '@/domain/campaign/draft'
import { refusedEdit } from '@/domain/campaign/refused-act'
import { changeLastDay } from './change-last-day'
import { prepareDraft, storeDraft } from './draft-row'
import { loadCampaign } from './load-campaign'

/**
 * Saves the fields that are given. Name and description can always change, and until it is over the last day of a
 * recurring campaign; no email made with the old name leaves once this has committed. The rest changes only in a draft, since emails of a started campaign are already planned from it.
 * @throws {DomainError} not_found, conflict, invalid_input
 */
export async function updateCampaign(
  deps: Deps,
  { campaignId, patch, by }: { campaignId: string; patch: CampaignDraft; by: string },
): Promise<{ id: string }> {
  const { sql, clock } = deps
  const { name, description, endDate, ...rest } = patch
  const campaign = await loadCampaign({ sql }, campaignId)
  refuseForeign(campaign.campaignType, patch)
  const isStarted = campaign.status !== 'draft'
  const plan = isStarted ? rest : { ...rest, endDate }
  const changesPlan = Object.values(plan).some((value) => value !== undefined)
  if (changesPlan && isStarted) throw refusedEdit(campaign)
  const draft = await prepareDraft(deps, { name, description, ...plan }, campaign.ownSequenceId)
  if (isStarted && endDate !== undefined) await changeLastDay({ sql, clock }, { campaignId, endDate, by })
  const within = isStarted && name !== undefined ? withSendingBlocked : transaction
  await within(sql, async (tx) => {
    // The status is asked again by the write itself: a start in between must not find a half-changed draft.
    const stored = await storeDraft(tx, { campaignId, draft, onlyDraft: changesPlan, at: clock.now() })
    if (!stored) throw refusedEdit(await loadCampaign({ sql: tx }, campaignId))
  })
  return { id: campaignId }
}
