import { selectEmailFacts } from '@/db/queries/delivery/select-due-emails'
import { reachOfSearch } from '@/db/queries/leads/search-leads'
import { countFoundEmails, type EmailFilter, selectEmailPlaces } from '@/db/queries/progress/select-campaign-emails'
import { selectStepCounts } from '@/db/queries/progress/select-ledger'
import type { Sql } from '@/db/sql'
import type { Deps } from '@/deps'
import type { EmailStatus } from '@/domain/campaign/progress'
import type { Decision } from '@/domain/delivery/decide'
import { type BoundedCount, boundedCount, type ListPage, type PageAsked, pageOf, pageRead } from '@/domain/lists/place'
import { titleOf } from '@/domain/templates/title'
import { loadCampaign } from '@/use-cases/campaigns/load-campaign'
import { decideNow } from '@/use-cases/delivery/decide-now'
import { missingCopies } from './missing-copies'

export type ListCampaignEmails = {
  campaignId: string
  status?: EmailStatus
  stepNumber?: number
  search?: string
} & PageAsked

export type CampaignEmailRow = {
  id: string
  status: EmailStatus
  stepNumber: number
  templateName: string
  leadId: string
  leadName: string
  email: string
  mailbox: string
  messageId: string
  scheduledFor: Date
  sentAt: Date | null
  failedAt: Date | null
  heldAt: Date | null
  /** Held, and should lie in Sent by now if it had left, and does not. */
  isMissing: boolean
  /** Attempts that were used up by trouble with this recipient. */
  retryCount: number
  /** Failed, held or skipped: why. Pending: the latest thing that kept it waiting. */
  reason: string | null
  /** Pending only: what `decide` says right now. */
  decision: Decision | null
}

export type CampaignEmailList = ListPage<CampaignEmailRow> &
  BoundedCount & {
    /** The search looked at so many leads, the newest; null when at all. */
    searchedNewest: number | null
    /** What it shows is as old as this; null: as it is now. */
    asOf: Date | null
  }

/**
 * A page of a campaign's planned emails with state and reason, and for pending ones the decision as of now: lead after lead,
 * in the order in which the leads came, each lead's by step.
 * @throws {DomainError} not_found
 */
export async function listCampaignEmails(
  deps: Deps,
  { pageSize = 50, after, before, ...asked }: ListCampaignEmails,
): Promise<CampaignEmailList> {
  const { db, sql, clock, asOf = null } = deps
  const campaign = await loadCampaign(deps, asked.campaignId)
  const { searchAll, searchedNewest } = await reachOfSearch(sql, asked.search)
  const filter = { ...asked, searchAll }
  const read = pageRead({ after, before }, pageSize, { value: 'integer' })
  const [found, counted] = await Promise.all([selectEmailPlaces(sql, filter, read), countEmails(sql, filter)])
  const page = pageOf(read, found, ({ leadId, stepNumber }) => ({ id: leadId, value: stepNumber }))
  const stored = await db.scheduledEmail.findMany({
    where: { id: { in: page.rows.map(({ id }) => id) } },
    include: { lead: true, template: { select: { name: true, subject: true } }, mailbox: true },
  })
  const byId = new Map(stored.map((email) => [email.id, email]))
  const emails = page.rows.flatMap(({ id }) => byId.get(id) ?? [])
  const waiting = emails.filter((email) => email.status === 'pending').map(({ id }) => id)
  const facts = await selectEmailFacts(sql, waiting)
  const now = asOf ?? clock.now()
  const mailboxes = new Map(campaign.mailboxes.map(({ mailbox }) => [mailbox.id, mailbox]))
  const decisions = new Map<string, Decision>()
  for (const [mailboxId, own] of Map.groupBy(facts, (email) => email.mailboxId)) {
    const mailbox = mailboxes.get(mailboxId)
    if (!mailbox) continue
    for (const [id, decision] of await decideNow(deps, mailbox, own, now)) decisions.set(id, decision)
  }
  const held = emails.filter((email) => email.status === 'held').length
  const missing = await missingCopies(deps, { campaignId: asked.campaignId, held })
  const rows = emails.map(
    (email): CampaignEmailRow => ({
      id: email.id,
      status: email.status,
      stepNumber: email.workflowStepNumber,
      templateName: titleOf(email.template),
      leadId: email.leadId,
      leadName: email.lead.companyName ?? email.lead.contactName ?? email.lead.email,
      email: email.lead.email,
      mailbox: email.mailbox.fromEmail,
      messageId: email.messageId,
      scheduledFor: email.scheduledFor,
      sentAt: email.sentAt,
      failedAt: email.failedAt,
      heldAt: email.heldAt,
      isMissing: missing.has(email.id),
      retryCount: email.retryCount,
      reason: email.status === 'pending' ? email.waitReason : (email.failureReason ?? email.waitReason),
      decision: decisions.get(email.id) ?? null,
    }),
  )
  return { ...page, rows, ...counted, searchedNewest, asOf }
}

/** How many match: from the counts that the database keeps, or, for a search, counted up to a bound. */
async function countEmails(sql: Sql, filter: EmailFilter): Promise<BoundedCount> {
  if (filter.search) return boundedCount(await countFoundEmails(sql, filter))
  const counts = await selectStepCounts(sql, filter.campaignId)
  const total = counts
    .filter(({ status }) => !filter.status || status === filter.status)
    .filter(({ stepNumber }) => !filter.stepNumber || stepNumber === filter.stepNumber)
    .reduce((sum, { count }) => sum + count, 0)
  return { total, more: false }
}
