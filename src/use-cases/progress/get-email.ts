import { selectEmailFacts } from '@/db/queries/delivery/select-due-emails'
import type { Deps } from '@/deps'
import type { EmailStatus } from '@/domain/campaign/progress'
import { DomainError } from '@/domain/errors'
import { replySubject } from '@/domain/message/headers'
import { titleOf } from '@/domain/templates/title'
import { type Composed, createComposer } from '@/use-cases/delivery/compose-email'
import { getSettings } from '@/use-cases/settings/get-settings'

type EmailText = { subject: string; text: string; html: string | null }

/** An email as it can be read. */
export type EmailToRead = {
  id: string
  status: EmailStatus
  stepNumber: number
  /** The version of its campaign by which it is planned: 1 as it was started. */
  version: number
  templateName: string
  campaign: { id: string; name: string; timezone: string }
  lead: { id: string; name: string }
  from: string
  to: string
  messageId: string
  scheduledFor: Date
  sentAt: Date | null
  /** `recorded`: as it went out. `now`: as it would be made at this moment, of what its template, lead and mailbox say today. */
  as: 'recorded' | 'now'
  /** Null where it cannot be made. */
  content: EmailText | null
  /** Days after which its text was deleted by the setting; null: it is there. */
  textKeptDays: number | null
  /** Why it cannot be made now. */
  failure: string | null
  /** What the mail server answered when it took it. */
  response: string | null
}

/**
 * One planned email, to be read: what went out, or, as long as nothing has, what would go out now. Changes nothing.
 * @throws {DomainError} not_found
 */
export async function getEmail(deps: Deps, { id }: { id: string }): Promise<EmailToRead> {
  const email = await deps.db.scheduledEmail.findUnique({
    where: { id },
    include: {
      campaign: { select: { id: true, name: true, timezone: true } },
      lead: { select: { id: true, email: true, companyName: true, contactName: true } },
      template: { select: { name: true, subject: true } },
      mailbox: true,
      email: true,
      workflow: { select: { changes: { select: { version: true } } } },
    },
  })
  if (!email) throw new DomainError('not_found', 'This email is not planned any more.', { emailId: id })
  const { lead, mailbox, email: record, campaign, status } = email
  const facts = {
    id,
    status,
    stepNumber: email.workflowStepNumber,
    version: email.workflow?.changes[0]?.version ?? 1,
    templateName: titleOf(email.template),
    campaign,
    lead: { id: lead.id, name: lead.companyName ?? lead.contactName ?? lead.email },
    messageId: email.messageId,
    scheduledFor: email.scheduledFor,
    sentAt: email.sentAt,
    textKeptDays: record?.textKeptDays ?? null,
  }
  if (record) {
    const { subject, bodyText: text, bodyHtml: html, fromEmail: from, toEmail: to, response } = record
    return { ...facts, from, to, as: 'recorded', content: { subject, text, html }, failure: null, response }
  }
  const made = await composeNow(deps, mailbox, email)
  return {
    ...facts,
    from: mailbox.fromEmail,
    to: lead.email,
    as: 'now',
    content: made.ok ? textOf(made.content) : null,
    failure: made.ok ? null : made.reason,
    response: null,
  }
}

const textOf = ({ subject, text, html }: EmailText): EmailText => ({ subject, text, html })

type Planned = { id: string; campaignId: string; leadId: string; workflowStepNumber: number }

async function composeNow(
  deps: Deps,
  mailbox: Parameters<typeof createComposer>[1],
  { id, campaignId, leadId, workflowStepNumber }: Planned,
): Promise<Composed> {
  const compose = createComposer(deps, mailbox, await getSettings(deps))
  const composeOne = async (id: string) => {
    const [facts] = await selectEmailFacts(deps.sql, [id])
    if (!facts) throw new DomainError('not_found', 'This email is not planned any more.', { emailId: id })
    return { facts, made: await compose(facts) }
  }
  const { facts, made } = await composeOne(id)
  if (!made.ok || !facts.replyInThread || facts.thread) return made
  // Its conversation has not begun. It will have the subject of the first email, if that leaves.
  const first = await deps.db.scheduledEmail.findFirst({
    where: { campaignId, leadId, workflowStepNumber: 1, status: { in: ['pending', 'sending', 'held'] } },
    select: { id: true },
  })
  const begun = first && workflowStepNumber > 1 ? (await composeOne(first.id)).made : null
  return begun?.ok ? { ...made, content: { ...made.content, subject: replySubject(begun.content.subject) } } : made
}
