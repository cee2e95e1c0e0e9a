import { selectEmailFacts } from '@/db/queries/delivery/select-due-emails'
import type { Deps } from '@/deps'
import type { EmailStatus } from '@/domain/campaign/progress'
import { type Decision, decide } from '@/domain/delivery/decide'
import { loadCampaign } from '@/use-cases/campaigns/load-campaign'
import { limitDaysAt, readLeftToday } from '@/use-cases/delivery/daily-limits'
import { deliveryFactsOf } from '@/use-cases/delivery/delivery-facts'
import { windowOf } from '@/use-cases/mailboxes/get-smtp-account'

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

/** Every planned mail of a campaign with its state and reason, and for waiting ones why not yet and when. */
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
  const [mails, total] = await Promise.all([
    db.scheduledEmail.findMany({
      where,
      include: { lead: true, template: { select: { name: true } }, mailbox: true },
      orderBy: [{ workflowStepNumber: 'asc' }, { scheduledFor: 'asc' }, { id: 'asc' }],
      skip: (page - 1) * pageSize,
      take: pageSize,
    }),
    db.scheduledEmail.count({ where }),
  ])
  const waiting = mails.filter((mail) => mail.status === 'pending').map(({ id }) => id)
  const facts = await selectEmailFacts(sql, waiting)
  const now = clock.now()
  const mailboxes = new Map(campaign.mailboxes.map(({ mailbox }) => [mailbox.id, mailbox]))
  const decisions = new Map<string, Decision>()
  for (const [mailboxId, own] of Map.groupBy(facts, (mail) => mail.mailboxId)) {
    const mailbox = mailboxes.get(mailboxId)
    if (!mailbox) continue
    const left = await readLeftToday(sql, mailbox, own, limitDaysAt(mailbox, own, now))
    for (const mail of own) decisions.set(mail.id, decide(deliveryFactsOf(mail, mailbox, windowOf(mailbox), left), now))
  }
  const rows = mails.map(
    (mail): CampaignEmailRow => ({
      id: mail.id,
      status: mail.status,
      stepNumber: mail.workflowStepNumber,
      templateName: mail.template.name,
      leadId: mail.leadId,
      leadName: mail.lead.companyName ?? mail.lead.contactName ?? mail.lead.email,
      email: mail.lead.email,
      mailbox: mail.mailbox.fromEmail,
      messageId: mail.messageId,
      scheduledFor: mail.scheduledFor,
      sentAt: mail.sentAt,
      failedAt: mail.failedAt,
      heldAt: mail.heldAt,
      retryCount: mail.retryCount,
      reason: mail.failureReason ?? mail.waitReason,
      decision: decisions.get(mail.id) ?? null,
    }),
  )
  return { rows, total }
}
