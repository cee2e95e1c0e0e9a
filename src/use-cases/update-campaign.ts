import type { Deps } from '@/deps'
import { type CampaignDraft, foreignField } from '@/domain/campaign/draft'
import type { CampaignType } from '@/domain/campaign/state'
import { DomainError } from '@/domain/errors'
import { changeLastDay } from './change-last-day'
import { findCampaign } from './find-campaign'

/**
 * Saves what is given. Name and description can always change, and until it is over the last day of a campaign whose runs
 * come again and again; the rest only in a draft, since mails of a started campaign are already planned from it.
 */
export async function updateCampaign(
  { db, pool, clock }: Deps,
  { campaignId, patch, by }: { campaignId: string; patch: CampaignDraft; by: string },
): Promise<{ id: string }> {
  const { batchIds, mailboxIds, name, description, endDate, ...rest } = patch
  const campaign = await findCampaign({ db }, campaignId)
  refuseForeign(campaign.campaignType as CampaignType, patch)
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
  if (isStarted && endDate !== undefined) await changeLastDay({ pool, clock }, { campaignId, endDate, by })
  await db.$transaction(async (tx) => {
    // The status is asked again by the write itself: a start in between must not find a half-changed draft.
    const { count } = await tx.campaign.updateMany({
      where: { id: campaignId, ...(changesPlan ? { status: 'draft' } : {}) },
      data: { name, description, ...plan, updatedAt: clock.now() },
    })
    if (count === 0) throw new DomainError('conflict', 'The campaign was started meanwhile. Nothing was changed.')
    if (batchIds) {
      await tx.campaignBatch.deleteMany({ where: { campaignId, batchId: { notIn: batchIds } } })
      await tx.campaignBatch.createMany({
        data: unique(batchIds).map((batchId) => ({ campaignId, batchId })),
        skipDuplicates: true,
      })
    }
    if (mailboxIds) {
      await tx.campaignMailbox.deleteMany({ where: { campaignId, mailboxId: { notIn: mailboxIds } } })
      await tx.campaignMailbox.createMany({
        data: unique(mailboxIds).map((mailboxId) => ({ campaignId, mailboxId })),
        skipDuplicates: true,
      })
    }
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

const unique = (ids: readonly string[]) => [...new Set(ids)]
