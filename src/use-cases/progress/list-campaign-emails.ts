import { selectEmailFacts } from '@/db/queries/delivery/select-due-emails'
import type { Deps } from '@/deps'
import type { EmailStatus } from '@/domain/campaign/progress'
import type { Decision } from '@/domain/delivery/decide'
import { loadCampaign } from '@/use-cases/campaigns/load-campaign'
import { decideNow } from '@/use-cases/delivery/decide-now'

export type ListCampaignEmails = {
  campaignId: string
  status?: EmailStatus
  stepNumber?: number
  search?: string
  page?: number
  pageSize?: number
}

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
  /** Attempts that were used up by trouble with this recipient. */
  retryCount: number
  /** Failed, held or skipped: why. Pending: the latest thing that kept it waiting. */
  reason: string | null
  /** Pending only: what `decide` says right now. */
  decision: Decision | null
}

/**
 * A page of a campaign's planned emails with state and reason, and for pending ones the decision as of now.
 * @throws {DomainError} not_found
 */
export async function listCampaignEmails(
  deps: Deps,
  { campaignId, status, stepNumber, search, page = 1, pageSize = 50 }: ListCampaignEmails,
): Promise<{ rows: CampaignEmailRow[]; total: number }> {
  const { db, sql, clock } = deps
  const campaign = await loadCampaign(deps, campaignId)
  const contains = { contains: search, mode: 'insensitive' as const }
  const where = {
    campaignId,
    ...(status ? { status } : {}),
    ...(stepNumber ? { workflowStepNumber: stepNumber } : {}),
    ...(search ? { lead: { OR: [{ email: contains }, { companyName: contains }, { contactName: contains }] } } : {}),
  }
  const [emails, total] = await Promise.all([
    db.scheduledEmail.findMany({
      where,
      include: { lead: true, template: { select: { name: true } }, mailbox: true },
      orderBy: [{ workflowStepNumber: 'asc' }, { scheduledFor: 'asc' }, { id: 'asc' }],
      skip: (page - 1) * pageSize,
      take: pageSize,
    }),
    db.scheduledEmail.count({ where }),
  ])
  const waiting = emails.filter((email) => email.status === 'pending').map(({ id }) => id)
  const facts = await selectEmailFacts(sql, waiting)
  const now = clock.now()
  const mailboxes = new Map(campaign.mailboxes.map(({ mailbox }) => [mailbox.id, mailbox]))
  const decisions = new Map<string, Decision>()
  for (const [mailboxId, own] of Map.groupBy(facts, (email) => email.mailboxId)) {
    const mailbox = mailboxes.get(mailboxId)
    if (!mailbox) continue
    for (const [id, decision] of await decideNow(deps, mailbox, own, now)) decisions.set(id, decision)
  }
  const rows = emails.map(
    (email): CampaignEmailRow => ({
      id: email.id,
      status: email.status,
      stepNumber: email.workflowStepNumber,
      templateName: email.template.name,
      leadId: email.leadId,
      leadName: email.lead.companyName ?? email.lead.contactName ?? email.lead.email,
      email: email.lead.email,
      mailbox: email.mailbox.fromEmail,
      messageId: email.messageId,
      scheduledFor: email.scheduledFor,
      sentAt: email.sentAt,
      failedAt: email.failedAt,
      heldAt: email.heldAt,
      retryCount: email.retryCount,
      reason: email.status === 'pending' ? email.waitReason : (email.failureReason ?? email.waitReason),
      decision: decisions.get(email.id) ?? null,
    }),
  )
  return { rows, total }
}
