import type { Prisma } from '@/db/generated/client'
import { closeDialogueGate } from '@/db/queries/dialogue-gate'
import { holdBatches, selectBusyBatch } from '@/db/queries/hold-batches'
import { insertPlan } from '@/db/queries/insert-plan'
import { moveCampaignIf } from '@/db/queries/move-campaign'
import type { Deps } from '@/deps'
import { blockingChecks, type Check, type LeftOut } from '@/domain/campaign/preflight'
import { describeCheck } from '@/domain/campaign/preflight-text'
import { type CampaignStatus, canMove, illegalMove } from '@/domain/campaign/state'
import { DomainError } from '@/domain/errors'
import { preflightOf } from './check-campaign'
import { type CampaignWithParts, findCampaign, mailboxesOf, sequenceOf } from './find-campaign'
import { mailDomain } from './mailbox-account'
import { planFor } from './plan-campaign'

export type Started = { status: 'running'; emailsScheduled: number; leadsTargeted: number; leadsLeftOut: LeftOut[] }

// Planning 100,000 leads takes seconds; a start that is stuck must not hold its locks for ever.
const START_TIMEOUT_MS = 120_000

/**
 * Starts a draft, or a scheduled campaign that is due, in one transaction: move, batches, plan, counters. It fails
 * whole or succeeds whole, and of two starts at once one plans.
 * @throws {DomainError} already_running, illegal_move, batch_in_use, no_eligible_leads, not_ready
 */
export async function startCampaign(
  deps: Deps,
  { campaignId, by }: { campaignId: string; by: string | null },
): Promise<Started> {
  const started = await deps.db.$transaction((tx) => startWithin({ ...deps, db: tx as Deps['db'] }, campaignId, by), {
    timeout: START_TIMEOUT_MS,
    maxWait: 10_000,
  })
  deps.log.info(
    { campaign: campaignId, emails: started.emailsScheduled, leads: started.leadsTargeted },
    'campaign started',
  )
  await deps.queue.enqueueTick()
  return started
}

async function startWithin(deps: Deps, campaignId: string, by: string | null): Promise<Started> {
  const { db, clock } = deps
  const at = clock.now()
  await takeTheMove(db, await findCampaign(deps, campaignId), by, at)
  // Read again under the move's lock: a draft is saved as it is edited, and what was read before may be stale.
  const campaign = await findCampaign(deps, campaignId)
  if (campaign.campaignType !== 'outreach') return startFinding(deps, campaign, at)
  await takeTheBatches(db, campaign, at)

  const { checks, leads: eligible, leftOut } = await preflightOf(deps, campaign)
  if (campaign.batches.length > 0 && eligible === 0) throw noEligibleLeads(campaign, leftOut)
  const blocking = blockingChecks(checks)
  if (blocking.length > 0) throw notReady(campaign, blocking)

  const mailboxes = await takeTheMailboxes(deps, campaign)
  const slices = await planFor(deps, { campaign, mailboxes, leadCount: eligible, start: at })
  const domainOf = new Map(mailboxes.map(({ id, fromEmail }) => [id, mailDomain(fromEmail)]))
  const emailsScheduled = await db.$executeRaw(
    insertPlan({
      campaignId,
      workflowId: campaign.useWorkflow ? campaign.workflowId : null,
      slices,
      domains: slices.map(({ mailboxId }) => domainOf.get(mailboxId) ?? 'localhost'),
      at,
    }),
  )
  // From what was planned, not from the count before it: a lead may have joined or left a batch in between.
  const leadsTargeted = emailsScheduled / sequenceOf(campaign).length
  await db.campaign.update({
    where: { id: campaignId },
    data: { emailsScheduledCount: emailsScheduled, totalLeadsTargeted: leadsTargeted },
  })
  // Last, so that it is held for the commit alone: a wave of another campaign either began before these mails were
  // there, and is seen by their own wave, or sees them and asks again. Else both could mail a lead within a day.
  await db.$queryRaw(closeDialogueGate)
  return { status: 'running', emailsScheduled, leadsTargeted, leadsLeftOut: leftOut }
}

/** A campaign that finds its leads: its first run is due at once, and mails are planned from what runs find. */
async function startFinding(deps: Deps, campaign: CampaignWithParts, at: Date): Promise<Started> {
  const { checks } = await preflightOf(deps, campaign)
  const blocking = blockingChecks(checks)
  if (blocking.length > 0) throw notReady(campaign, blocking)
  if (campaign.campaignType === 'fully_automated') await takeTheMailboxes(deps, campaign)
  await deps.db.campaign.update({ where: { id: campaign.id }, data: { nextRunAt: at } })
  return { status: 'running', emailsScheduled: 0, leadsTargeted: 0, leadsLeftOut: [] }
}

type Tx = Prisma.TransactionClient

// The row lock of this first write makes a second start wait, and then find the campaign running.
async function takeTheMove(tx: Tx, campaign: CampaignWithParts, by: string | null, at: Date): Promise<void> {
  const { id, name } = campaign
  const from: CampaignStatus[] = ['draft', 'scheduled']
  const message = by ? 'Started' : 'Started as scheduled'
  const moved = await tx.$queryRaw<unknown[]>(
    moveCampaignIf({ id, to: 'running', from, at, actor: by, kind: 'started', message }),
  )
  if (moved.length > 0) return
  const current = await tx.campaign.findUnique({ where: { id } })
  const status = (current?.status ?? 'deleted') as CampaignStatus
  if (status === 'running') {
    throw new DomainError('already_running', `"${name}" is already running. It was not planned again.`, {
      campaignId: id,
    })
  }
  if (current && canMove(status, 'running')) {
    throw new DomainError(
      'illegal_move',
      `"${name}" is ${status}: resume it instead of starting it. Nothing was changed.`,
      {
        campaignId: id,
        from: status,
        to: 'running',
      },
    )
  }
  throw illegalMove(campaign, 'start', status, 'running')
}

async function takeTheBatches(tx: Tx, campaign: CampaignWithParts, at: Date): Promise<void> {
  const held = await tx.$queryRaw<unknown[]>(holdBatches({ campaignId: campaign.id, at }))
  if (held.length < campaign.batches.length) await refuseBusyBatch(tx, campaign, 'start')
}

/** Names the batch and who holds it. @throws {DomainError} batch_in_use, always */
export async function refuseBusyBatch(
  tx: Tx,
  campaign: { id: string; name: string },
  verb: 'start' | 'resume',
): Promise<never> {
  const [busy] = await tx.$queryRaw<Record<'batchId' | 'batchName' | 'holderId' | 'holderName', string>[]>(
    selectBusyBatch(campaign.id),
  )
  throw new DomainError(
    'batch_in_use',
    `Can't ${verb} "${campaign.name}": batch "${busy?.batchName}" is in use by "${busy?.holderName}". Nothing was changed.`,
    { ...busy },
  )
}

// Due mails are found by the campaign's own mailboxes, so a fallback becomes one of them.
async function takeTheMailboxes({ db }: Pick<Deps, 'db'>, campaign: CampaignWithParts) {
  const mailboxes = await mailboxesOf({ db }, campaign)
  await db.campaignMailbox.createMany({
    data: mailboxes.map(({ id }) => ({ campaignId: campaign.id, mailboxId: id })),
    skipDuplicates: true,
  })
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
