import { insistently } from '@/db/deadlocks'
import { insertEvent } from '@/db/queries/campaigns/insert-event'
import { lockPlanning } from '@/db/queries/campaigns/lock-planning'
import { lockCampaignIf, lockPlannedEmails } from '@/db/queries/changes/lock-changing'
import { insertChange } from '@/db/queries/changes/save-change'
import { keepSettings } from '@/db/queries/settings/campaigns-in-need'
import { closeSendGate } from '@/db/send-gate'
import { IN_LINE, type Tx, transaction } from '@/db/sql'
import type { Deps } from '@/deps'
import { effectInWords, type PlannedEffect } from '@/domain/campaign/changes/effect'
import type { CampaignChange } from '@/domain/campaign/changes/input'
import { refusedChange } from '@/domain/campaign/refused-act'
import { DomainError } from '@/domain/errors'
import { completeCampaigns } from '@/use-cases/campaigns/complete-campaigns'
import { loadCampaign } from '@/use-cases/campaigns/load-campaign'
import { loadSendingMailboxes } from '@/use-cases/campaigns/load-sending-mailboxes'
import { lockBatches } from '@/use-cases/campaigns/lock-batches'
import { withCalendar } from './calendar'
import { type PreparedChange, prepareChange } from './prepared-change'
import { writeChange } from './written-change'

export type ApplyChange = {
  campaignId: string
  change: CampaignChange
  /** The mark of the effect that the person saw. */
  seen: string
  /** The version that it takes back. */
  undoes?: number | null | undefined
  by: string
}

/** Ends the transaction of a change that does something else by now than the person saw. */
class Moved extends Error {
  constructor(
    readonly prepared: PreparedChange,
    readonly at: Date,
  ) {
    super('Moved')
  }
}

/**
 * Changes a running or paused campaign, in one transaction under its lock, if that still does what the person saw. Emails that were
 * sent, are on their way or held stay as they are. Order of locks: planning, campaign, batches, emails, the send gate last.
 * @throws {DomainError} conflict with the effect as it is now in `details.effect` where something has moved; invalid_input,
 * not_found, not_ready, batch_in_use
 */
export async function applyChange(deps: Deps, input: ApplyChange): Promise<{ version: number; effect: PlannedEffect }> {
  // Workers put emails off in the order in which they are due: where one has waited for the other, the change begins anew.
  const done = await insistently(() => transaction(deps.sql, (tx) => applyWithin(tx, deps, input), IN_LINE)).catch(
    async (error: unknown) => {
      throw error instanceof Moved ? await movedMeanwhile(deps, error) : error
    },
  )
  deps.log.info({ campaign: input.campaignId, version: done.version, mark: done.effect.mark }, 'campaign changed')
  await completeCampaigns(deps, [input.campaignId])
  await deps.queue.enqueueTick()
  return done
}

async function applyWithin(tx: Tx, deps: Deps, { campaignId, change, seen, undoes = null, by }: ApplyChange) {
  const present = await loadCampaign({ sql: tx }, campaignId)
  const mailboxes = await loadSendingMailboxes({ sql: tx }, present)
  await lockPlanning(tx, [...mailboxes.map(({ id }) => id), ...(change.addMailboxIds ?? [])])
  await keepSettings(tx)
  if (!(await lockCampaignIf(tx, campaignId, ['running', 'paused'])))
    throw refusedChange(await loadCampaign({ sql: tx }, campaignId))
  await lockPlannedEmails(tx, campaignId)
  const at = deps.clock.now()
  const prepared = await prepareChange(tx, deps, { campaignId, change, now: at })
  const { campaign, effect, addedBatches } = prepared
  if (effect.mark !== seen) throw new Moved(prepared, at)
  if (addedBatches.length > 0) await lockBatches(tx, campaign, { verb: 'change', at })
  const workflowId = await writeChange(tx, prepared, at)
  const version = prepared.version + 1
  const saved = { campaignId, version, at, actor: by, workflowId, undoes }
  await insertChange(tx, { ...saved, change: toStore(prepared), effect })
  const message = `${undoes === null ? 'Changed' : `Change ${undoes} taken back`}: ${effectInWords(effect)}`
  await insertEvent(tx, { campaignId, at, kind: 'changed', actor: by, message, details: { version } })
  await closeSendGate(tx)
  return { version, effect }
}

const toStore = ({ steps, takeOut, putBack, addedBatches, ownBatches, addedMailboxes }: PreparedChange) => ({
  steps: steps && { before: steps.before, after: steps.after },
  takeOutLeadIds: takeOut,
  putBackLeadIds: putBack,
  addBatchIds: addedBatches,
  ownBatchIds: ownBatches,
  addMailboxIds: addedMailboxes,
})

async function movedMeanwhile({ sql }: Deps, { prepared, at }: Moved): Promise<DomainError> {
  const { id, name } = prepared.campaign
  return new DomainError(
    'conflict',
    `Emails of "${name}" have moved since the effect was counted. Nothing was changed: it is counted anew.`,
    { campaignId: id, effect: await withCalendar(sql, prepared, at) },
  )
}
