import type { Campaign, EmailTemplate, Mailbox } from '@/db/generated/client'
import {
  selectCampaign,
  selectChosenBatches,
  selectChosenMailboxes,
  selectSteps,
  selectTemplates,
} from '@/db/queries/campaigns/select-campaign'
import type { Sql } from '@/db/sql'
import { DomainError } from '@/domain/errors'
import type { LeadCriteria, LeadSourceName } from '@/domain/lead-generation/criteria'
import { leadCriteria } from '@/domain/lead-generation/criteria-input'

export type SequenceStep = {
  stepNumber: number
  daysAfterPrevious: number
  replyInThread: boolean
  template: EmailTemplate
}

/** A campaign with its sequence, batches and mailboxes. */
export type CampaignWithParts = Campaign & {
  workflow: { id: string; name: string } | null
  emailTemplate: EmailTemplate | null
  /** The steps that are planned, in order: the workflow's, or the single template as step 1. */
  sequence: SequenceStep[]
  batches: { batchId: string; startedAt: Date | null; completedAt: Date | null; batch: { id: string; name: string } }[]
  mailboxes: { mailboxId: string; mailbox: Mailbox }[]
}

/** The campaign with its sequence, batches and mailboxes. @throws {DomainError} not_found */
export async function loadCampaign({ sql }: { sql: Sql }, campaignId: string): Promise<CampaignWithParts> {
  const row = await selectCampaign(sql, campaignId)
  if (!row) throw new DomainError('not_found', 'This campaign does not exist any more.', { campaignId })
  const { workflowName, ...campaign } = row
  const { workflowId, emailTemplateId, useWorkflow } = campaign
  const steps = workflowId ? await selectSteps(sql, workflowId) : []
  const ids = [...steps.map(({ templateId }) => templateId), ...(emailTemplateId ? [emailTemplateId] : [])]
  const templates = new Map((await selectTemplates(sql, ids)).map((template) => [template.id, template]))
  const batches = await selectChosenBatches(sql, campaignId)
  const mailboxes = await selectChosenMailboxes(sql, campaignId)
  const emailTemplate = (emailTemplateId && templates.get(emailTemplateId)) || null
  const stepsOfWorkflow = steps.flatMap(({ templateId, ...step }) => {
    const template = templates.get(templateId)
    return template ? [{ ...step, template }] : []
  })
  return {
    ...campaign,
    workflow: workflowId ? { id: workflowId, name: workflowName ?? '' } : null,
    emailTemplate,
    sequence: useWorkflow ? stepsOfWorkflow : emailTemplate ? [onlyStep(emailTemplate)] : [],
    batches: batches.map(({ name, ...link }) => ({ ...link, batch: { id: link.batchId, name } })),
    mailboxes: mailboxes.map((mailbox) => ({ mailboxId: mailbox.id, mailbox })),
  }
}

const onlyStep = (template: EmailTemplate): SequenceStep => ({
  stepNumber: 1,
  daysAfterPrevious: 0,
  replyInThread: false,
  template,
})

/** The settings of a campaign's lead generation, of which one that emails the leads of chosen batches has none. */
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
