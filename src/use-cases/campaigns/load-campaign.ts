import type { Campaign, EmailTemplate, Mailbox } from '@/db/generated/client'
import {
  selectCampaign,
  selectChosenBatches,
  selectChosenMailboxes,
  selectSteps,
  selectTemplates,
} from '@/db/queries/campaigns/select-campaign'
import { selectFirstMailbox } from '@/db/queries/mailboxes/select-mailboxes'
import type { Sql } from '@/db/sql'
import { DomainError } from '@/domain/errors'
import { type LeadCriteria, type LeadSourceName, leadCriteria } from '@/domain/lead-generation/criteria'

/** A campaign with what it is made of. `steps` are those of its workflow; `sequenceOf` says what goes out. */
export type CampaignWithParts = Campaign & {
  workflow: { id: string; name: string; steps: Step[] } | null
  emailTemplate: EmailTemplate | null
  batches: { batchId: string; startedAt: Date | null; completedAt: Date | null; batch: { id: string; name: string } }[]
  mailboxes: { mailboxId: string; mailbox: Mailbox }[]
}

type Step = { stepNumber: number; daysAfterPrevious: number; replyInThread: boolean; template: EmailTemplate }

/** The campaign with its sequence, batches and mailboxes. @throws {DomainError} not_found */
export async function loadCampaign({ sql }: { sql: Sql }, campaignId: string): Promise<CampaignWithParts> {
  const row = await selectCampaign(sql, campaignId)
  if (!row) throw new DomainError('not_found', 'This campaign does not exist any more.', { campaignId })
  const { workflowName, ...campaign } = row
  const { workflowId, emailTemplateId } = campaign
  const steps = workflowId ? await selectSteps(sql, workflowId) : []
  const ids = [...steps.map(({ templateId }) => templateId), ...(emailTemplateId ? [emailTemplateId] : [])]
  const templates = new Map((await selectTemplates(sql, ids)).map((template) => [template.id, template]))
  const batches = await selectChosenBatches(sql, campaignId)
  const mailboxes = await selectChosenMailboxes(sql, campaignId)
  return {
    ...campaign,
    workflow: workflowId
      ? {
          id: workflowId,
          name: workflowName ?? '',
          steps: steps.flatMap(({ templateId, ...step }) => {
            const template = templates.get(templateId)
            return template ? [{ ...step, template }] : []
          }),
        }
      : null,
    emailTemplate: (emailTemplateId && templates.get(emailTemplateId)) || null,
    batches: batches.map(({ name, ...link }) => ({ ...link, batch: { id: link.batchId, name } })),
    mailboxes: mailboxes.map((mailbox) => ({ mailboxId: mailbox.id, mailbox })),
  }
}

/** The steps that will go out: the workflow's, or the single template as step 1. */
export function sequenceOf(campaign: CampaignWithParts): Step[] {
  if (campaign.useWorkflow) {
    return campaign.workflow?.steps ?? []
  }
  const template = campaign.emailTemplate
  return template ? [{ stepNumber: 1, daysAfterPrevious: 0, replyInThread: false, template }] : []
}

/** How the campaign finds leads; empty for one that emails the leads of chosen batches. */
export function generationOf(campaign: CampaignWithParts) {
  const criteria: LeadCriteria = leadCriteria.parse(campaign.leadCriteria ?? {})
  return {
    leadSources: (campaign.leadSources ?? []) as LeadSourceName[],
    leadCriteria: criteria,
    maxResultsPerRun: campaign.maxResultsPerRun,
    addExistingLeads: campaign.addExistingLeads,
    isRecurring: campaign.isRecurring,
    recurringInterval: campaign.recurringInterval,
    nextRunAt: campaign.nextRunAt,
    endDate: campaign.endDate,
    outreachDelayDays: campaign.outreachDelayDays,
  }
}

/** The mailboxes it sends from: the chosen ones, else the first there is, which a start makes its own. */
export async function mailboxesOf({ sql }: { sql: Sql }, campaign: CampaignWithParts) {
  const chosen = campaign.mailboxes.map(({ mailbox }) => mailbox)
  return chosen.length > 0 ? chosen : selectFirstMailbox(sql)
}
