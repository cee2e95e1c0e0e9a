import { setPlannedStart } from '@/db/queries/campaigns/campaign-row'
import { moveCampaignIf } from '@/db/queries/campaigns/move-campaign'
import { keepSettings } from '@/db/queries/settings/campaigns-in-need'
import { type Tx, transaction } from '@/db/sql'
import type { Deps } from '@/deps'
import { blockingChecks } from '@/domain/campaign/preflight'
import { describeCheck } from '@/domain/campaign/preflight-text'
import { refusedAct } from '@/domain/campaign/refused-act'
import { ACTS, canAct } from '@/domain/campaign/state'
import { DomainError } from '@/domain/errors'
import { preflightOf } from './check-campaign'
import { loadCampaign } from './load-campaign'
import { type CheckedContent, requireSame, withCheckedContent } from './preflight/checked-content'

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
  const move = async (tx: Tx) => {
    const moved = await moveCampaignIf(tx, { id: campaignId, to, from, at, actor: by, kind: 'scheduled', message })
    if (!moved) throw refusedAct(await loadCampaign({ sql: tx }, campaignId), act)
    await setPlannedStart(tx, { campaignId, startAt })
  }
  if (!startAt) await transaction(sql, move)
  else {
    refusePast(campaign, startAt, at)
    await withCheckedContent(deps, campaignId, async (tx, content) => {
      await keepSettings(tx)
      await refuseUnfit(tx, deps, campaignId, content)
      await move(tx)
    })
  }
  return { status: to }
}

function refusePast({ id, name }: { id: string; name: string }, startAt: Date, at: Date): void {
  if (startAt > at) return
  throw new DomainError(
    'in_the_past',
    `"${name}" can't be scheduled for ${startAt.toISOString()}: that is in the past (now ${at.toISOString()}). Nothing was changed. Choose a later time, or start it now.`,
    { campaignId: id },
  )
}

async function refuseUnfit(tx: Tx, deps: Deps, campaignId: string, content: CheckedContent): Promise<void> {
  const campaign = await loadCampaign({ sql: tx }, campaignId)
  await requireSame(tx, campaign, content)
  const { checks } = await preflightOf({ ...deps, sql: tx }, campaign, content.blocking)
  const blocking = blockingChecks(checks, { scheduled: true })
  if (blocking.length > 0) {
    const why = blocking.map((check) => describeCheck(check).title).join('; ')
    throw new DomainError('not_ready', `"${campaign.name}" can't be scheduled: ${why}. Nothing was changed.`, {
      campaignId,
    })
  }
}
