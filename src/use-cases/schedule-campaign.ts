import { moveCampaignIf } from '@/db/queries/move-campaign'
import type { Deps } from '@/deps'
import { blockingChecks } from '@/domain/campaign/preflight'
import { describeCheck } from '@/domain/campaign/preflight-text'
import { illegalMove } from '@/domain/campaign/state'
import { DomainError } from '@/domain/errors'
import { checkCampaign } from './check-campaign'
import { findCampaign } from './find-campaign'

/**
 * Sets when a draft starts by itself, or takes that back (`startAt` null).
 * @throws {DomainError} in_the_past, not_ready, illegal_move
 */
export async function scheduleCampaign(
  deps: Deps,
  { campaignId, startAt, by }: { campaignId: string; startAt: Date | null; by: string },
): Promise<{ status: 'scheduled' | 'draft' }> {
  const { db, clock } = deps
  const at = clock.now()
  const campaign = await findCampaign(deps, campaignId)
  if (startAt) await refuseUnfit(deps, campaign, startAt, at)
  const to = startAt ? 'scheduled' : 'draft'
  const from = startAt ? (['draft', 'scheduled'] as const) : (['scheduled'] as const)
  const message = startAt ? `Scheduled to start at ${startAt.toISOString()}` : 'Start taken back'
  await db.$transaction(async (tx) => {
    const move = moveCampaignIf({ id: campaignId, to, from, at, actor: by, kind: 'scheduled', message })
    if ((await tx.$queryRaw<unknown[]>(move)).length === 0) throw illegalMove(campaign, 'schedule', campaign.status, to)
    await tx.campaign.update({
      where: { id: campaignId },
      data: { scheduledStartAt: startAt, startType: startAt ? 'scheduled' : 'manual' },
    })
  })
  return { status: to }
}

async function refuseUnfit(deps: Deps, campaign: { id: string; name: string }, startAt: Date, at: Date): Promise<void> {
  if (startAt <= at) {
    throw new DomainError(
      'in_the_past',
      `"${campaign.name}" can't be scheduled for ${startAt.toISOString()}: that is in the past (now ${at.toISOString()}). Nothing was changed. Choose a later time, or start it now.`,
      { campaignId: campaign.id },
    )
  }
  const { checks } = await checkCampaign(deps, { campaignId: campaign.id })
  const blocking = blockingChecks(checks, { scheduled: true })
  if (blocking.length > 0) {
    const why = blocking.map((check) => describeCheck(check).title).join('; ')
    throw new DomainError('not_ready', `"${campaign.name}" can't be scheduled: ${why}. Nothing was changed.`, {
      campaignId: campaign.id,
    })
  }
}

/** Starts what is due. A start that is refused goes back to draft and says why: it must not try again every minute. */
export async function returnToDraft({ db, clock }: Deps, campaignId: string, why: string): Promise<void> {
  const at = clock.now()
  const message = `The scheduled start was refused: ${why}`
  const move = moveCampaignIf({
    id: campaignId,
    to: 'draft',
    from: ['scheduled'],
    at,
    actor: null,
    kind: 'start_refused',
    message,
    reason: message,
  })
  await db.$queryRaw(move)
}
