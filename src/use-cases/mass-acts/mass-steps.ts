import { lockCampaignsOfLeads } from '@/db/queries/campaigns/lock-campaigns-of-leads'
import { lockEmailsOfLeads } from '@/db/queries/delivery/lock-emails-of-leads'
import { addLeadsToBatch } from '@/db/queries/leads/add-leads-to-batch'
import { lockLeadRows } from '@/db/queries/leads/delete-lead-rows'
import { lockBatch } from '@/db/queries/leads/insert-batch'
import { removeLeadsFromBatch } from '@/db/queries/leads/update-batch-row'
import { lockLeadStatuses, selectLeadsWithOpenReplies } from '@/db/queries/mass-acts/change-leads'
import type { MassActRow } from '@/db/queries/mass-acts/select-acts'
import type { Tx } from '@/db/sql'
import type { Deps } from '@/deps'
import { isOpenStatus } from '@/domain/campaign/progress'
import { LEAD_STATUSES, type LeadStatus } from '@/domain/lead/status'
import type { LeftOut } from '@/domain/lists/mass-act'
import { eraseLeads } from '@/use-cases/leads/delete-leads'
import { applyStatus } from '@/use-cases/leads/set-lead-status'
import { suppressAddresses } from '@/use-cases/suppression/add-suppression'

type Lead = { id: string; was?: string | null }

/** What a step did; `noted`: the leads that it changed, for what takes it back. Or why the act cannot go on. */
export type Came =
  | {
      changed: number
      emailsSkipped: number
      leftOut: LeftOut
      noted: readonly { id: string; was: string | null }[]
    }
  | { failure: string }

/** Does what the act says to these leads, in its transaction. */
export function changeStep(deps: Deps, tx: Tx, act: MassActRow, leads: readonly Lead[]): Promise<Came> {
  const at = deps.clock.now()
  const ids = leads.map(({ id }) => id)
  const { status, batchId = '' } = act.choice
  switch (act.kind) {
    case 'status':
      return setStatus(tx, { ids, status: status ?? 'new', at })
    case 'batch':
      return addAll(tx, { ids, batchId, at })
    case 'suppress':
      return suppressAll(deps, tx, ids)
    case 'delete':
      return deleteAll(tx, ids, at)
    case 'undo':
      return status ? restore(tx, leads, { status, at }) : takeOut(tx, ids, batchId)
  }
}

async function setStatus(tx: Tx, { ids, status, at }: { ids: string[]; status: LeadStatus; at: Date }): Promise<Came> {
  await lockCampaignsOfLeads(tx, ids)
  const found = await lockLeadStatuses(tx, ids)
  const others = found.filter((lead) => lead.status !== status)
  const { updated, emailsSkipped } = await applyStatus(tx, { ids: others.map(({ id }) => id), status, at })
  const noted = others.map(({ id, status: was }) => ({ id, was }))
  return { changed: updated, emailsSkipped, leftOut: { already: found.length - others.length }, noted }
}

async function addAll(tx: Tx, { ids, batchId, at }: { ids: string[]; batchId: string; at: Date }): Promise<Came> {
  if (!(await lockBatch(tx, batchId)))
    return { failure: 'The batch was deleted. The leads that were left stayed as they were.' }
  const added = await addLeadsToBatch(tx, { batchId, leadIds: ids, at })
  const noted = added.map(({ leadId: id }) => ({ id, was: null }))
  return { changed: added.length, emailsSkipped: 0, leftOut: { already: ids.length - added.length }, noted }
}

async function suppressAll(deps: Deps, tx: Tx, ids: string[]): Promise<Came> {
  await lockCampaignsOfLeads(tx, ids)
  const addresses = (await lockLeadStatuses(tx, ids)).map(({ email }) => email)
  const came = [...(await suppressAddresses(deps, tx, addresses, { reason: 'manual', source: 'manual' })).values()]
  const changed = came.filter(({ isNew }) => isNew).length
  const emailsSkipped = came.reduce((sum, one) => sum + one.emailsSkipped, 0)
  return { changed, emailsSkipped, leftOut: { already: came.length - changed }, noted: [] }
}

/** An email or a reply that is on its way is waited for by nobody here: its lead stays, and is counted as left out. */
async function deleteAll(tx: Tx, ids: string[], at: Date): Promise<Came> {
  await lockCampaignsOfLeads(tx, ids)
  await lockLeadRows(tx, ids)
  const emails = await lockEmailsOfLeads(tx, ids)
  const sending = new Set(emails.flatMap(({ status, leadId }) => (status === 'sending' ? [leadId] : [])))
  const held = new Set<string>()
  for (const reply of await selectLeadsWithOpenReplies(tx, ids)) (reply.held ? held : sending).add(reply.id)
  const free = ids.filter((id) => !sending.has(id) && !held.has(id))
  const gone = new Set(free)
  const planned = emails.filter(({ leadId, status }) => gone.has(leadId) && isOpenStatus(status)).length
  const changed = free.length > 0 ? await eraseLeads(tx, free, at) : 0
  const onlySending = [...sending].filter((id) => !held.has(id)).length
  return { changed, emailsSkipped: planned, leftOut: { sending: onlySending, held_reply: held.size }, noted: [] }
}

/** Gives leads that still have the act's status the one of before. */
async function restore(
  tx: Tx,
  leads: readonly Lead[],
  { status, at }: { status: LeadStatus; at: Date },
): Promise<Came> {
  const ids = leads.map(({ id }) => id)
  await lockCampaignsOfLeads(tx, ids)
  const same = new Set((await lockLeadStatuses(tx, ids)).flatMap((lead) => (lead.status === status ? [lead.id] : [])))
  let changed = 0
  let emailsSkipped = 0
  for (const was of LEAD_STATUSES) {
    const own = leads.filter((lead) => lead.was === was && same.has(lead.id)).map(({ id }) => id)
    if (own.length === 0) continue
    const came = await applyStatus(tx, { ids: own, status: was, at })
    changed += came.updated
    emailsSkipped += came.emailsSkipped
  }
  return { changed, emailsSkipped, leftOut: { changed_since: leads.length - changed }, noted: [] }
}

async function takeOut(tx: Tx, ids: string[], batchId: string): Promise<Came> {
  const changed = await removeLeadsFromBatch(tx, batchId, ids)
  return { changed, emailsSkipped: 0, leftOut: { changed_since: ids.length - changed }, noted: [] }
}
