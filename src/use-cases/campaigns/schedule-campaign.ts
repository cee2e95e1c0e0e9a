import { moveCampaignIf } from '@/db/queries/campaigns/move-campaign'
import { setPlannedStart } from '@/db/queries/campaigns/update-campaign-row'
import { keepSettings } from '@/db/queries/settings/campaigns-in-need'
import { type Tx, transaction } from '@/db/sql'
import type { Deps } from '@/deps'
import { blockingChecks } from '@/domain/campaign/preflight'
import { describeCheck } from '@/domain/campaign/preflight-text'
import { refusedAct } from '@/domain/campaign/refused-act'
import { ACTS, canAct } from '@/domain/campaign/state'
import { DomainError } from '@/domain/errors'
import { checkCampaign } from './check-campaign'
import { loadCampaign } from './load-campaign'

/**
 * Sets when a draft starts by itself, or takes that back (`startAt` null).
 * @throws {DomainError} in_the_past, not_ready, illegal_move
 */
export async function scheduleCampaign(
  deps: Deps,
  { campaignId, startAt, by }: { campaignId: string; startAt: Date | null; by: string },
): Promise<{ status: 'scheduled' | 'draft' }> {
  const { sql, clock } = deps
  const at = clock.now()
  const campaign = await loadCampaign(deps, campaignId)
  const act = startAt ? 'schedule' : 'unschedule'
  // First: what else is wrong with one that has started is beside the point.
  if (!canAct(act, campaign.status)) throw refusedAct(campaign, act)
  const { to, from } = ACTS[act]
  const message = startAt ? `Scheduled to start at ${startAt.toISOString()}` : 'Start taken back'
  await transaction(sql, async (tx) => {
    await keepSettings(tx)
    if (startAt) await refuseUnfit(tx, deps, campaign, startAt, at)
    const moved = await moveCampaignIf(tx, { id: campaignId, to, from, at, actor: by, kind: 'scheduled', message })
    if (!moved) throw refusedAct(await loadCampaign({ sql: tx }, campaignId), act)
    await setPlannedStart(tx, { campaignId, startAt })
  })
  return { status: to }
}

async function refuseUnfit(
  tx: Tx,
  deps: Deps,
  campaign: { id: string; name: string },
  startAt: Date,
  at: Date,
): Promise<void> {
  if (startAt <= at) {
    throw new DomainError(
      'in_the_past',
      `"${campaign.name}" can't be scheduled for ${startAt.toISOString()}: that is in the past (now ${at.toISOString()}). Nothing was changed. Choose a later time, or start it now.`,
      { campaignId: campaign.id },
    )
  }
  const { checks } = await checkCampaign({ ...deps, sql: tx }, { campaignId: campaign.id })
  const blocking = blockingChecks(checks, { scheduled: true })
  if (blocking.length > 0) {
    const why = blocking.map((check) => describeCheck(check).title).join('; ')
    throw new DomainError('not_ready', `"${campaign.name}" can't be scheduled: ${why}. Nothing was changed.`, {
      campaignId: campaign.id,
    })
  }
}
