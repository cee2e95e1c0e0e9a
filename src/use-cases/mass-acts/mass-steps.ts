import { lockCampaignsOfLeads } from '@/db/queries/campaigns/lock-campaigns-of-leads'
import { lockEmailsOfLeads } from '@/db/queries/delivery/lock-emails-of-leads'
import { addLeadsToBatch } from '@/db/queries/leads/add-leads-to-batch'
import { lockBatch } from '@/db/queries/leads/insert-batch'
import { selectKeptLeads } from '@/db/queries/leads/kept-leads'
import { type LeadLock, type LockedLead, lockLeads, selectStillMatching } from '@/db/queries/mass-acts/change-leads'
import { leaveBatch, returnToBatch } from '@/db/queries/mass-acts/leave-batch'
import type { MassActRow } from '@/db/queries/mass-acts/select-acts'
import { leaveBatchIfUntouched, selectUntouched } from '@/db/queries/mass-acts/undo-leads'
import type { Tx } from '@/db/sql'
import type { Deps } from '@/deps'
import { LEAD_STATUSES, type LeadStatus } from '@/domain/lead/status'
import { addLeftOut, type LeftOut, type MassFilter } from '@/domain/lists/mass-act'
import { eraseLeads } from '@/use-cases/leads/delete-leads'
import { applyStatus } from '@/use-cases/leads/set-lead-status'
import { suppressAddresses } from '@/use-cases/suppression/add-suppression'

/** What was done to leads; `noted`: those that were changed, for what takes it back. */
type Did = {
  changed: number
  emailsSkipped: number
  repliesDropped?: number
  leftOut: LeftOut
  noted?: readonly { id: string; was: string | null }[]
}

/** What a step did, and when; of its leads each is changed or left out, for one reason. Or why the act cannot go on. */
export type Came = (Did & { at: Date }) | { failure: string }

type Step = { act: MassActRow; leads: readonly LockedLead[]; ids: string[]; at: Date }

/** Does what the act says to those of these leads that are still there and still match, in its transaction. */
export async function changeStep(deps: Deps, tx: Tx, act: MassActRow, asked: readonly string[]): Promise<Came> {
  const there = await lockThose(tx, act, asked)
  const leads = await stillMatching(tx, act.filter, there)
  // After the locks: whoever comes behind them has a later time.
  const at = deps.clock.now()
  const did = await change(deps, tx, { act, leads, ids: leads.map(({ id }) => id), at })
  if ('failure' in did) return did
  const missed = { gone: asked.length - there.length, no_match: there.length - leads.length }
  return { ...did, leftOut: addLeftOut(missed, did.leftOut), at }
}

async function lockThose(tx: Tx, act: MassActRow, ids: readonly string[]): Promise<LockedLead[]> {
  const lock: LeadLock = act.kind === 'delete' ? 'alone' : act.choice.batchId ? 'there' : 'unchanged'
  if (lock !== 'there') await lockCampaignsOfLeads(tx, ids)
  return lockLeads(tx, ids, lock)
}

async function stillMatching(tx: Tx, filter: MassFilter, leads: LockedLead[]): Promise<LockedLead[]> {
  const { search, statuses, batchId, unused } = filter
  if (!search && !statuses?.length && !batchId && !unused) return leads
  const ids = leads.map(({ id }) => id)
  const matching = new Set((await selectStillMatching(tx, ids, filter)).map(({ id }) => id))
  return leads.filter(({ id }) => matching.has(id))
}

async function change(deps: Deps, tx: Tx, step: Step): Promise<Did | { failure: string }> {
  if (step.leads.length === 0) return { changed: 0, emailsSkipped: 0, leftOut: {} }
  const { kind, choice, undoes } = step.act
  const { status, batchId = '' } = choice
  switch (kind) {
    case 'status':
      return setStatus(tx, step, status ?? 'new')
    case 'batch':
      return addAll(tx, step, batchId)
    case 'leave':
      return leaveAll(tx, step, batchId)
    case 'suppress':
      return suppressAll(deps, tx, step)
    case 'delete':
      return deleteAll(tx, step)
    case 'undo':
      if (status) return restore(tx, step, { actId: undoes ?? '', status })
      return (choice.leaves ? putBack : takeOut)(tx, step, { actId: undoes ?? '', batchId })
  }
}

async function setStatus(tx: Tx, { leads, at }: Step, status: LeadStatus): Promise<Did> {
  const others = leads.filter((lead) => lead.status !== status)
  const { updated, emailsSkipped } = await applyStatus(tx, { ids: others.map(({ id }) => id), status, at })
  const noted = others.map(({ id, status: was }) => ({ id, was }))
  return { changed: updated, emailsSkipped, leftOut: { already: leads.length - updated }, noted }
}

async function addAll(tx: Tx, { ids, at }: Step, batchId: string): Promise<Did | { failure: string }> {
  if (!(await lockBatch(tx, batchId))) return { failure: 'The batch was deleted.' }
  const added = await addLeadsToBatch(tx, { batchId, leadIds: ids, at })
  const noted = added.map(({ leadId: id }) => ({ id, was: null }))
  return { changed: added.length, emailsSkipped: 0, leftOut: { already: ids.length - added.length }, noted }
}

async function leaveAll(tx: Tx, { ids }: Step, batchId: string): Promise<Did> {
  const left = await leaveBatch(tx, { batchId, leadIds: ids })
  const noted = left.map(({ id, addedAt }) => ({ id, was: addedAt.toISOString() }))
  return { changed: left.length, emailsSkipped: 0, leftOut: { already: ids.length - left.length }, noted }
}

async function suppressAll(deps: Deps, tx: Tx, { leads }: Step): Promise<Did> {
  const addresses = leads.map(({ email }) => email)
  const came = [...(await suppressAddresses(deps, tx, addresses, { reason: 'manual', source: 'manual' })).values()]
  const changed = came.filter(({ isNew }) => isNew).length
  const emailsSkipped = came.reduce((sum, one) => sum + one.emailsSkipped, 0)
  return { changed, emailsSkipped, leftOut: { already: leads.length - changed } }
}

/** An email or a reply that is on its way is waited for by nobody here: its lead stays, and is counted as left out. */
async function deleteAll(tx: Tx, { ids, at }: Step): Promise<Did> {
  await lockEmailsOfLeads(tx, ids)
  const kept = new Map((await selectKeptLeads(tx, ids)).map(({ id, held }) => [id, held]))
  const free = ids.filter((id) => !kept.has(id))
  const held = [...kept.values()].filter(Boolean).length
  const leftOut = { sending: kept.size - held, held_reply: held }
  if (free.length === 0) return { changed: 0, emailsSkipped: 0, leftOut }
  const gone = await eraseLeads(tx, free, at)
  return { changed: gone.leads, emailsSkipped: gone.plannedEmails, repliesDropped: gone.waitingReplies, leftOut }
}

type OfStatus = { actId: string; status: LeadStatus }

/** Gives leads that are as the act has left them their status of before. */
async function restore(tx: Tx, { ids, at }: Step, { actId, status }: OfStatus): Promise<Did> {
  const untouched = await selectUntouched(tx, { actId, leadIds: ids, status })
  let changed = 0
  let emailsSkipped = 0
  for (const before of LEAD_STATUSES) {
    const own = untouched.filter(({ was }) => was === before).map(({ id }) => id)
    if (own.length === 0) continue
    const came = await applyStatus(tx, { ids: own, status: before, at })
    changed += came.updated
    emailsSkipped += came.emailsSkipped
  }
  return { changed, emailsSkipped, leftOut: { changed_since: ids.length - changed } }
}

type OfBatch = { actId: string; batchId: string }

async function takeOut(tx: Tx, { ids }: Step, { actId, batchId }: OfBatch): Promise<Did> {
  const left = await leaveBatchIfUntouched(tx, { actId, batchId, leadIds: ids })
  return { changed: left.length, emailsSkipped: 0, leftOut: { changed_since: ids.length - left.length } }
}

/** Leads that have joined the batch anew since stay as they are in it. */
async function putBack(tx: Tx, { ids }: Step, { actId, batchId }: OfBatch): Promise<Did | { failure: string }> {
  if (!(await lockBatch(tx, batchId))) return { failure: 'The batch was deleted.' }
  const back = await returnToBatch(tx, { actId, batchId, leadIds: ids })
  return { changed: back.length, emailsSkipped: 0, leftOut: { changed_since: ids.length - back.length } }
}
