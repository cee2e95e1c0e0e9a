import { addMailboxes } from '@/db/queries/campaigns/campaign-row'
import { moveCampaignIf } from '@/db/queries/campaigns/move-campaign'
import { setFirstRun } from '@/db/queries/campaigns/record-plan'
import { keepSettings } from '@/db/queries/settings/campaigns-in-need'
import { closeSendGate } from '@/db/send-gate'
import type { Tx } from '@/db/sql'
import type { Deps } from '@/deps'
import { blockingChecks, type Check, type LeftOut } from '@/domain/campaign/preflight'
import { describeCheck } from '@/domain/campaign/preflight-text'
import { refusedAct } from '@/domain/campaign/refused-act'
import { ACTS } from '@/domain/campaign/state'
import { DomainError } from '@/domain/errors'
import { preflightOf } from './check-campaign'
import { type CampaignWithParts, loadCampaign } from './load-campaign'
import { loadLockedMailboxes, lockSendingMailboxes } from './load-sending-mailboxes'
import { lockBatches } from './lock-batches'
import { planEmails } from './plan-emails'
import { type CheckedContent, requireSame, withCheckedContent } from './preflight/checked-content'

export type Started = { status: 'running'; emailsScheduled: number; leadsTargeted: number; leadsLeftOut: LeftOut[] }

/**
 * Starts a draft, or a scheduled campaign that is due. Judges its leads first, then moves it, locks its batches and plans in
 * one transaction, which makes sure that what was judged is what it starts. It fails whole or succeeds whole, and of two
 * starts at once one plans. Starts of several campaigns with a mailbox in common plan
 * one after the other.
 * @throws {DomainError} already_running, illegal_move, batch_in_use, no_eligible_leads, not_ready, conflict
 */
export async function startCampaign(
  deps: Deps,
  { campaignId, by }: { campaignId: string; by: string | null },
): Promise<Started> {
  const started = await withCheckedContent(deps, campaignId, (tx, content) =>
    startWithin(tx, deps, { campaignId, by, content }),
  )
  deps.log.info(
    { campaign: campaignId, emails: started.emailsScheduled, leads: started.leadsTargeted },
    'campaign started',
  )
  await deps.queue.enqueueTick()
  return started
}

async function startWithin(
  tx: Tx,
  deps: Deps,
  { campaignId, by, content }: { campaignId: string; by: string | null; content: CheckedContent },
): Promise<Started> {
  const locked = await lockSendingMailboxes(tx, campaignId)
  const at = deps.clock.now()
  // The preflight rests on them: the postal address must not go while the plan is made.
  await keepSettings(tx)
  await transitionToRunning(tx, await loadCampaign({ sql: tx }, campaignId), by, at)
  // Read again under the move's lock: a draft is saved as it is edited, and what was read before may be stale.
  const campaign = await loadCampaign({ sql: tx }, campaignId)
  if (campaign.campaignType !== 'outreach') return startFinding(tx, deps, campaign, { at, locked, content })
  await lockBatches(tx, campaign, { verb: 'start', at })

  await requireSame(tx, campaign, content)
  const { checks, leads: eligible, leftOut } = await preflightOf({ ...deps, sql: tx }, campaign, content.blocking)
  if (campaign.batches.length > 0 && eligible === 0) throw noEligibleLeads(campaign, leftOut)
  const blocking = blockingChecks(checks)
  if (blocking.length > 0) throw notReady(campaign, blocking)

  const mailboxes = await assignMailboxes(tx, campaign, locked)
  const planned = await planEmails(tx, deps, { campaign, mailboxes, leads: { count: eligible }, at })
  await closeSendGate(tx)
  return { status: 'running', emailsScheduled: planned.emails, leadsTargeted: planned.leads, leadsLeftOut: leftOut }
}

/** A campaign that finds its leads: its first run is due at once, and emails are planned from what runs find. */
async function startFinding(
  tx: Tx,
  deps: Deps,
  campaign: CampaignWithParts,
  { at, locked, content }: { at: Date; locked: ReadonlySet<string>; content: CheckedContent },
): Promise<Started> {
  await requireSame(tx, campaign, content)
  const { checks } = await preflightOf({ ...deps, sql: tx }, campaign, content.blocking)
  const blocking = blockingChecks(checks)
  if (blocking.length > 0) throw notReady(campaign, blocking)
  if (campaign.campaignType === 'fully_automated') await assignMailboxes(tx, campaign, locked)
  await setFirstRun(tx, { campaignId: campaign.id, at })
  return { status: 'running', emailsScheduled: 0, leadsTargeted: 0, leadsLeftOut: [] }
}

// The row lock of this first write makes a second start wait, and then find the campaign running.
async function transitionToRunning(tx: Tx, campaign: CampaignWithParts, by: string | null, at: Date): Promise<void> {
  const { id } = campaign
  const { to, from } = ACTS.start
  const message = by ? 'Started' : 'Started as scheduled'
  const moved = await moveCampaignIf(tx, { id, to, from, at, actor: by, kind: 'started', message })
  if (!moved) throw refusedAct(await loadCampaign({ sql: tx }, id), 'start')
}

// Due emails are found by the campaign's own mailboxes, so a fallback becomes one of them.
async function assignMailboxes(tx: Tx, campaign: CampaignWithParts, locked: ReadonlySet<string>) {
  const mailboxes = await loadLockedMailboxes(tx, campaign, locked)
  await addMailboxes(
    tx,
    campaign.id,
    mailboxes.map(({ id }) => id),
  )
  return mailboxes
}

function noEligibleLeads(campaign: CampaignWithParts, leftOut: LeftOut[]): DomainError {
  const why = leftOut.map(({ reason, count }) => `${count} ${reason.replaceAll('_', ' ')}`).join(', ')
  const left = why ? `All leads are left out: ${why}.` : 'Its batches hold no leads.'
  return new DomainError(
    'no_eligible_leads',
    `"${campaign.name}" has nobody to write to. ${left} It was not started.`,
    {
      campaignId: campaign.id,
      leftOut,
    },
  )
}

function notReady(campaign: CampaignWithParts, blocking: Check[]): DomainError {
  const why = blocking.map((check) => describeCheck(check).title).join('; ')
  return new DomainError('not_ready', `"${campaign.name}" can't start: ${why}. Nothing was changed.`, {
    campaignId: campaign.id,
    blocking,
  })
}
