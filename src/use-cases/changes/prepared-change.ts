import type { Mailbox } from '@/db/generated/client'
import { addMailboxes } from '@/db/queries/campaigns/campaign-row'
import { keepMailboxes } from '@/db/queries/changes/lock-changing'
import { selectVersion } from '@/db/queries/changes/save-change'
import {
  type EmailRow,
  selectEmailsToChange,
  selectEndedLeads,
  selectTakenOut,
} from '@/db/queries/changes/select-emails-to-change'
import { addBatches, countLeftOutOf, selectNewLeads } from '@/db/queries/changes/select-new-leads'
import type { Tx } from '@/db/sql'
import type { Deps } from '@/deps'
import { markOf, type PlannedEffect } from '@/domain/campaign/changes/effect'
import type { CampaignChange } from '@/domain/campaign/changes/input'
import { withNewLeads } from '@/domain/campaign/changes/new-leads'
import { type ChangePlan, type EmailFacts, planChange } from '@/domain/campaign/changes/plan-change'
import {
  checkBase,
  checkStepsChange,
  editedSteps,
  isSameSequence,
  type StepsChange,
} from '@/domain/campaign/changes/steps'
import { refuseForeign } from '@/domain/campaign/draft'
import { refusedChange } from '@/domain/campaign/refused-act'
import type { PlanSlice } from '@/domain/campaign/schedule'
import { toWindow } from '@/domain/campaign/sending-mailboxes'
import { DomainError } from '@/domain/errors'
import { inTurns } from '@/lib/turns'
import { requireFitContent } from '@/use-cases/campaigns/check-campaign'
import { type CampaignWithParts, loadCampaign } from '@/use-cases/campaigns/load-campaign'
import { loadSendingMailboxes } from '@/use-cases/campaigns/load-sending-mailboxes'
import { preparePlan } from '@/use-cases/campaigns/plan-campaign'
import { presentSteps, reachedStep } from './present-sequence'
import { loadProposedTemplates } from './proposed-sequence'

/** A change that is worked out, and not written: but for the links to batches and mailboxes, which what it plans rests on. */
export type PreparedChange = {
  campaign: CampaignWithParts
  version: number
  /** Null where the sequence stays. */
  steps: StepsChange | null
  takeOut: string[]
  putBack: string[]
  addedBatches: string[]
  /** Batches that it had already, of which the leads are planned that joined them since. */
  ownBatches: string[]
  addedMailboxes: string[]
  plan: ChangePlan
  newLeads: { ids: string[]; slices: PlanSlice[]; mailboxes: Mailbox[] }
  effect: PlannedEffect
}

/**
 * Works a change out as of `now`: what it does to each email, and its effect in numbers. The same for a look at it, whose
 * transaction is rolled back, and for the change itself, which holds the campaign: its calendar is worked out outside (`withCalendar`).
 * @throws {DomainError} conflict, invalid_input, not_found, not_ready
 */
export async function prepareChange(
  tx: Tx,
  deps: Deps,
  { campaignId, change, now }: { campaignId: string; change: CampaignChange; now: Date },
): Promise<PreparedChange> {
  const present = await loadCampaign({ sql: tx }, campaignId)
  refuseUnchangeable(present, change)
  const [rows, ended, takenOut] = [
    await selectEmailsToChange(tx, campaignId),
    await selectEndedLeads(tx, campaignId),
    await selectTakenOut(tx, campaignId),
  ]
  const steps = stepsOf(present, change, rows)
  const known = new Set(rows.map(({ leadId }) => leadId))
  const outAt = new Map(takenOut.map(({ id, at }) => [id, at]))
  const takeOut = [...new Set(change.takeOutLeadIds)].filter((id) => known.has(id) && !outAt.has(id))
  const endedIds = new Set(ended.map(({ id }) => id))
  const toPutBack = [...new Set(change.putBackLeadIds)].filter((id) => outAt.has(id))
  const putBack = toPutBack.filter((id) => !endedIds.has(id))
  const stayOut = toPutBack.length - putBack.length
  const links = await addLinks(tx, present, change)
  const isLinked = links.addedBatches.length + links.addedMailboxes.length > 0
  const linked = isLinked ? await loadCampaign({ sql: tx }, campaignId) : present
  const campaign = await withSequence(tx, linked, steps)
  const windows = new Map(campaign.mailboxes.map(({ mailbox }) => [mailbox.id, toWindow(mailbox)]))
  const plan = await inTurns(
    planChange({
      emails: factsOf(rows, endedIds, outAt),
      steps,
      takeOut: new Set(takeOut),
      putBack: new Set(putBack),
      windows,
      timezone: campaign.timezone,
      now,
    }),
  )
  const batchIds = [...links.addedBatches, ...links.ownBatches]
  const newIds = batchIds.length > 0 ? (await selectNewLeads(tx, { campaignId, batchIds })).map(({ id }) => id) : []
  const parts = [takeOut, putBack, links.addedBatches, links.addedMailboxes, newIds]
  const changesNothing = !steps && parts.every((part) => part.length === 0)
  if (changesNothing) {
    const why = stayOut > 0 ? 'These leads stay out: their sequence has ended.' : 'Nothing would be different.'
    throw new DomainError('invalid_input', `${why} Nothing was changed.`)
  }
  await requireFit(tx, deps, campaign, { steps, hasBatches: batchIds.length > 0, ...links })
  const newLeads = await planNewLeads(tx, deps, campaign, { ids: newIds, now })
  const leftOut = batchIds.length > 0 ? await countLeftOutOf(tx, { campaignId, batchIds }) : []
  const version = await selectVersion(tx, campaignId)
  const edited = steps ? editedSteps(rows, steps) : []
  const effect = { ...withNewLeads(plan.effect, newLeads), leftOut, editedSteps: edited, stayOut }
  return {
    ...{ campaign, version, steps, takeOut, putBack, ...links, plan, newLeads },
    effect: { ...effect, mark: markOf(effect, version) },
  }
}

function refuseUnchangeable(campaign: CampaignWithParts, change: CampaignChange): void {
  const { campaignType, status, name, id } = campaign
  if (status !== 'running' && status !== 'paused') throw refusedChange(campaign)
  if (campaignType === 'lead_generation') {
    const words = `"${name}" finds leads and emails nobody, so there is no plan to change. Nothing was changed.`
    throw new DomainError('invalid_input', words, { campaignId: id })
  }
  if (change.addBatchIds?.length) refuseForeign(campaignType, { batchIds: change.addBatchIds })
}

function stepsOf(
  campaign: CampaignWithParts,
  { steps, base }: CampaignChange,
  rows: readonly EmailRow[],
): StepsChange | null {
  const before = presentSteps(campaign)
  if (!steps) return null
  checkBase(before, base)
  if (isSameSequence(before, steps)) return null
  const planned = rows.reduce((last, { step }) => Math.max(last, step), 0)
  if (planned > before.length) {
    throw new DomainError(
      'conflict',
      `"${campaign.name}" has planned ${planned} steps, and its workflow was shortened since then to ${before.length}. Nothing was changed. ` +
        'Give the workflow its steps back, then change the campaign.',
      { campaignId: campaign.id },
    )
  }
  return checkStepsChange(before, steps, reachedStep(rows))
}

function factsOf(
  rows: readonly EmailRow[],
  ended: ReadonlySet<string>,
  outAt: ReadonlyMap<string, Date>,
): EmailFacts[] {
  return rows.map(({ isReached: _, endedAt, ...row }) => {
    const out = outAt.get(row.leadId)
    const since = out !== undefined && endedAt !== null && endedAt >= out
    return {
      ...row,
      ended: ended.has(row.leadId),
      takenOut: out !== undefined,
      cancelledByTakingOut: row.status === 'cancelled' && since,
    }
  })
}

/** Links what is added to the campaign: its leads and room are counted over these links. */
async function addLinks(tx: Tx, campaign: CampaignWithParts, { addBatchIds = [], addMailboxIds = [] }: CampaignChange) {
  const hasMailbox = new Set(campaign.mailboxes.map(({ mailboxId }) => mailboxId))
  const addedMailboxes = [...new Set(addMailboxIds)].filter((id) => !hasMailbox.has(id))
  if (addedMailboxes.length > 0) {
    if ((await keepMailboxes(tx, addedMailboxes)) < addedMailboxes.length) throw gone('mailbox', addedMailboxes)
    await addMailboxes(tx, campaign.id, addedMailboxes)
  }
  if (addBatchIds.length === 0) return { addedBatches: [], ownBatches: [], addedMailboxes }
  const added = await addBatches(tx, { campaignId: campaign.id, batchIds: addBatchIds })
  const addedBatches = added.map(({ id }) => id)
  const others = [...new Set(addBatchIds)].filter((id) => !addedBatches.includes(id))
  const ownBatches = others.filter((id) => campaign.batches.some(({ batchId }) => batchId === id))
  if (ownBatches.length < others.length) throw gone('batch', others)
  return { addedBatches, ownBatches, addedMailboxes }
}

const gone = (what: 'mailbox' | 'batch', ids: readonly string[]) =>
  new DomainError('not_found', `This ${what} does not exist any more. Nothing was changed.`, { ids })

async function withSequence(
  tx: Tx,
  campaign: CampaignWithParts,
  steps: StepsChange | null,
): Promise<CampaignWithParts> {
  if (!steps) return campaign
  return {
    ...campaign,
    useWorkflow: true,
    sequence: await loadProposedTemplates(tx, { campaignId: campaign.id, ...steps }),
  }
}

/** What a start would refuse of what is new: contents that nobody has judged yet, and who sends. */
async function requireFit(
  tx: Tx,
  deps: Deps,
  campaign: CampaignWithParts,
  {
    steps,
    hasBatches,
    addedMailboxes,
  }: { steps: StepsChange | null; hasBatches: boolean; addedMailboxes: readonly string[] },
): Promise<void> {
  const isNew = ({ stepNumber, template }: CampaignWithParts['sequence'][number]) => {
    const was = steps?.after[stepNumber - 1]?.was ?? null
    return was === null || steps?.before[was - 1]?.templateId !== template.id
  }
  const sequence = hasBatches ? campaign.sequence : steps ? campaign.sequence.filter(isNew) : []
  if (sequence.length + addedMailboxes.length === 0) return
  await requireFitContent({ ...deps, sql: tx }, { ...campaign, sequence }, `"${campaign.name}" can't be changed so`)
}

async function planNewLeads(
  tx: Tx,
  deps: Deps,
  campaign: CampaignWithParts,
  { ids, now }: { ids: string[]; now: Date },
): Promise<PreparedChange['newLeads']> {
  if (ids.length === 0) return { ids, slices: [], mailboxes: [] }
  const mailboxes = await loadSendingMailboxes({ sql: tx }, campaign)
  const leadCount = ids.length
  const slices = await preparePlan({ ...deps, sql: tx }, { campaign, mailboxes, leadCount, start: now })
  return { ids, slices, mailboxes }
}
