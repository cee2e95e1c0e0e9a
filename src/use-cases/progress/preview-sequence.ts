import { selectLeadBeside } from '@/db/queries/progress/select-lead-beside'
import type { Deps } from '@/deps'
import { DomainError } from '@/domain/errors'
import { composeFooter } from '@/domain/message/compose'
import { displayName, replySubject } from '@/domain/message/headers'
import { type Readable, readTemplate, renderReadable } from '@/domain/message/render'
import { variablesOf } from '@/domain/message/variables'
import { titleOf } from '@/domain/templates/title'
import { loadCampaign, type SequenceStep } from '@/use-cases/campaigns/load-campaign'
import { loadSendingMailboxes } from '@/use-cases/campaigns/load-sending-mailboxes'
import { previewSender } from '@/use-cases/templates/preview-sender'

/** One step of a campaign's sequence as one of its leads would get it. */
export type SequencePreview = {
  stepNumber: number
  templateName: string
  lead: { id: string; name: string }
  /** The leads on both sides of it; null at the ends. */
  previousLead: string | null
  nextLead: string | null
  from: { name: string; address: string }
  to: string
  /** Null where the template cannot be read. */
  content: { subject: string; text: string; html: string | null } | null
  /** Why the lead would not get this email, or null. Variables without a value stand in brackets. */
  failure: string | null
}

/**
 * Shows a step to a lead that a start would write to; `leadId`: to that one, else to the first of them. Null where a start
 * would write to nobody. Changes nothing.
 * @throws {DomainError} not_found
 */
export async function previewSequence(
  deps: Deps,
  { campaignId, stepNumber, leadId }: { campaignId: string; stepNumber: number; leadId?: string | undefined },
): Promise<SequencePreview | null> {
  const campaign = await loadCampaign(deps, campaignId)
  const step = campaign.sequence.find((one) => one.stepNumber === stepNumber)
  if (!step) throw new DomainError('not_found', 'This step does not exist any more.', { campaignId, stepNumber })
  const id = leadId ?? (await selectLeadBeside(deps.sql, campaignId))
  const lead = id && (await deps.db.lead.findUnique({ where: { id } }))
  if (!lead) return null
  const [mailbox] = await loadSendingMailboxes(deps, campaign)
  const sender = await previewSender(deps, mailbox)
  const variables = variablesOf(lead, sender, campaign, sender.unsubscribeUrl)
  const render = ({ template }: SequenceStep): Readable => {
    const { compiled } = readTemplate(template)
    if (compiled) return renderReadable(compiled, variables)
    return {
      shown: null,
      missing: [],
      failure: `The template "${titleOf(template)}" cannot be read. Open it to see why.`,
    }
  }
  const { shown, failure } = render(step)
  const [previousLead, nextLead] = await Promise.all([
    selectLeadBeside(deps.sql, campaignId, { before: lead.id }),
    selectLeadBeside(deps.sql, campaignId, { after: lead.id }),
  ])
  const [begun] = campaign.sequence
  const subject = step.replyInThread && begun ? render(begun).shown?.subject : undefined
  return {
    stepNumber,
    templateName: titleOf(step.template),
    lead: { id: lead.id, name: displayName(lead.contactName ?? lead.companyName) || lead.email },
    previousLead,
    nextLead,
    from: { name: displayName(sender.name), address: sender.email },
    to: lead.email,
    content: shown && {
      subject: subject === undefined ? shown.subject : replySubject(subject),
      ...composeFooter(shown, sender.footer),
    },
    failure,
  }
}
