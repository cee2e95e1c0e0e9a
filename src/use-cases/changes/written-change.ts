import { recordPlan } from '@/db/queries/campaigns/record-plan'
import { insertOwnSequence, setSequence } from '@/db/queries/changes/save-change'
import {
  cancelEmailsIfPending,
  deleteSteps,
  followIfBehind,
  followSequence,
  followWhereOver,
  insertEmails,
  noteTemplates,
  planIfCancelled,
  putLeadsBack,
  renumberSteps,
  takeOutLeads,
} from '@/db/queries/changes/write-emails'
import { replaceSteps } from '@/db/queries/workflows/save-workflow'
import type { Tx } from '@/db/sql'
import { DomainError } from '@/domain/errors'
import { insertPlannedEmails, messageDomains } from '@/use-cases/campaigns/plan-emails'
import type { PreparedChange } from './prepared-change'

/**
 * Writes a prepared change, whose campaign and planned emails are locked since before it was prepared. Returns the sequence that
 * it made; null where that stays.
 */
export async function writeChange(tx: Tx, prepared: PreparedChange, at: Date): Promise<string | null> {
  const { campaign, plan, takeOut, putBack, newLeads } = prepared
  const campaignId = campaign.id
  if (takeOut.length > 0) await takeOutLeads(tx, { campaignId, leadIds: takeOut, at })
  if (putBack.length > 0) await putLeadsBack(tx, { campaignId, leadIds: putBack })
  if (plan.cancelled.length > 0) wrote(plan.cancelled, await cancelEmailsIfPending(tx, plan.cancelled, at))
  if (plan.returned.length > 0) {
    wrote(plan.returned, await planIfCancelled(tx, plan.returned, at))
    const ids = plan.returned.map(({ id }) => id)
    await followIfBehind(tx, ids, at)
  }
  const workflowId = await writeSequence(tx, prepared, at)
  if (newLeads.ids.length > 0) {
    const sequence = { workflowId: workflowId ?? (campaign.useWorkflow ? campaign.workflowId : null) }
    const planned = await insertPlannedEmails(tx, { ...newLeads, campaignId, ...sequence, at })
    await recordPlan(tx, { campaignId, emails: planned, leads: newLeads.ids.length })
    wrote(newLeads.ids.length * campaign.sequence.length, planned)
  }
  return workflowId
}

async function writeSequence(tx: Tx, { campaign, steps, plan }: PreparedChange, at: Date): Promise<string | null> {
  if (!steps) return null
  const campaignId = campaign.id
  const source = campaign.useWorkflow ? campaign.workflow : campaign.emailTemplate
  const name = campaign.changedFrom ?? source?.name ?? ''
  const sequence = await insertOwnSequence(tx, { name, at })
  if (!sequence) throw new Error('The sequence was not inserted')
  await replaceSteps(tx, sequence.id, steps.after)
  await setSequence(tx, { campaignId, workflowId: sequence.id })
  const gone = steps.removed.length > 0 ? await deleteSteps(tx, { campaignId, steps: steps.removed }) : 0
  const numbers = steps.after.flatMap(({ was }, i): [number, number][] =>
    was === null || was === i + 1 ? [] : [[was, i + 1]],
  )
  await renumberSteps(tx, { campaignId, workflowId: sequence.id, numbers })
  await followWhereOver(tx, { campaignId, workflowId: sequence.id, at })
  const { planned } = plan
  if (planned.length > 0) wrote(planned, await followSequence(tx, { workflowId: sequence.id, emails: planned, at }))
  const domainFor = messageDomains(campaign.mailboxes.map(({ mailbox }) => mailbox))
  const emails = plan.added.map((email) => ({ ...email, domain: domainFor(email.mailboxId) }))
  const added = emails.length > 0 ? await insertEmails(tx, { campaignId, workflowId: sequence.id, emails, at }) : 0
  wrote(emails, added)
  await recordPlan(tx, { campaignId, emails: added - gone, leads: 0 })
  await noteTemplates(tx, campaignId)
  return sequence.id
}

/** What was agreed to is what is written, or nothing is. Only leads that are suppressed in between are nobody's to lock. */
function wrote(wanted: readonly unknown[] | number, written: number): void {
  const expected = typeof wanted === 'number' ? wanted : wanted.length
  if (written === expected) return
  const words = 'Leads or emails of this campaign were changed at the same moment. Nothing was changed here. Try again.'
  throw new DomainError('conflict', words, { expected, written })
}
