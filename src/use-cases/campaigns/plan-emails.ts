import type { Mailbox } from '@/db/generated/client'
import { insertPlan } from '@/db/queries/campaigns/insert-plan'
import { recordPlan } from '@/db/queries/campaigns/record-plan'
import type { Tx } from '@/db/sql'
import type { Deps } from '@/deps'
import type { PlanSlice } from '@/domain/campaign/schedule'
import { domainOf } from '@/domain/lead/email'
import type { CampaignWithParts } from './load-campaign'
import { preparePlan } from './plan-campaign'

type PlanEmails = {
  campaign: CampaignWithParts
  mailboxes: Mailbox[]
  /** How many leads the plan has room for, and which; all of the campaign's batches when `ids` is absent. */
  leads: { count: number; ids?: readonly string[] }
  at: Date
}

/**
 * Plans the emails of these leads from `at` on and adds them to the campaign's counts. Returns how many emails and
 * leads were planned: fewer than given where a lead left a batch or was suppressed in between. The caller closes the
 * send gate, last in its transaction, so that it is held for the commit alone: a batch of another campaign either was
 * dispatched before these emails were there, and is seen by their own batch, or sees them. Else both could email a lead
 * within a day.
 * @throws {DomainError} not_ready when the sending windows or limits allow no plan
 */
export async function planEmails(
  tx: Tx,
  deps: Deps,
  { campaign, mailboxes, leads, at }: PlanEmails,
): Promise<{ emails: number; leads: number }> {
  if (leads.count === 0) return { emails: 0, leads: 0 }
  const slices = await preparePlan({ ...deps, sql: tx }, { campaign, mailboxes, leadCount: leads.count, start: at })
  const emails = await insertPlannedEmails(tx, {
    campaignId: campaign.id,
    workflowId: campaign.useWorkflow ? campaign.workflowId : null,
    ...{ slices, mailboxes, at },
    ...(leads.ids ? { ids: leads.ids } : {}),
  })
  const planned = { emails, leads: emails / Math.max(1, campaign.sequence.length) }
  await recordPlan(tx, { campaignId: campaign.id, ...planned })
  return planned
}

type PlannedEmails = {
  campaignId: string
  workflowId: string | null
  slices: readonly PlanSlice[]
  mailboxes: readonly Mailbox[]
  /** The leads; all of the campaign's batches when absent. */
  ids?: readonly string[]
  at: Date
}

/** Inserts what was planned for these leads, as far as they may be emailed. Returns how many emails. */
export function insertPlannedEmails(
  tx: Tx,
  { campaignId, workflowId, slices, mailboxes, ids, at }: PlannedEmails,
): Promise<number> {
  const domainFor = messageDomains(mailboxes)
  return insertPlan(tx, {
    ...{ campaignId, workflowId, slices, at },
    ...(ids ? { leadIds: ids } : {}),
    domains: slices.map(({ mailboxId }) => domainFor(mailboxId)),
  })
}

/** The domain of each mailbox's Message-IDs, by its id. Domains are not case-sensitive; Message-IDs carry them in lower case. */
export function messageDomains(mailboxes: readonly Pick<Mailbox, 'id' | 'fromEmail'>[]): (mailboxId: string) => string {
  const domains = new Map(mailboxes.map(({ id, fromEmail }) => [id, domainOf(fromEmail).toLowerCase()]))
  return (mailboxId) => domains.get(mailboxId) ?? 'localhost'
}
