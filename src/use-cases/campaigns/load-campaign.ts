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
  /** The workflow that was chosen; null where the campaign sends its own sequence, as it was written in it or changed while it ran. */
  workflow: { id: string; name: string } | null
  /** What its sequence came from, by name, where it was changed while it ran; empty: emails of its own. Null: it was not changed. */
  changedFrom: string | null
  emailTemplate: EmailTemplate | null
  /** The sequence that it has for itself, whether it sends that one or not. */
  ownSequenceId: string | null
  /** The steps that are planned, in order: the workflow's, those of its own sequence, or the single template as step 1. */
  sequence: SequenceStep[]
  batches: { batchId: string; startedAt: Date | null; completedAt: Date | null; batch: { id: string; name: string } }[]
  mailboxes: { mailboxId: string; mailbox: Mailbox }[]
}

/** The campaign with its sequence, batches and mailboxes. @throws {DomainError} not_found */
export async function loadCampaign({ sql }: { sql: Sql }, campaignId: string): Promise<CampaignWithParts> {
  const row = await selectCampaign(sql, campaignId)
  if (!row) throw new DomainError('not_found', 'This campaign does not exist any more.', { campaignId })
  const { workflowName, workflowListed, ...campaign } = row
  const { workflowId, emailTemplateId, useWorkflow } = campaign
  const steps = workflowId ? await loadSteps(sql, workflowId) : []
  const [emailTemplate = null] = emailTemplateId ? await selectTemplates(sql, [emailTemplateId]) : []
  const batches = await selectChosenBatches(sql, campaignId)
  const mailboxes = await selectChosenMailboxes(sql, campaignId)
  return {
    ...campaign,
    workflow:
      workflowId && workflowListed && workflowId !== campaign.ownSequenceId
        ? { id: workflowId, name: workflowName ?? '' }
        : null,
    changedFrom: workflowListed === false ? workflowName : null,
    emailTemplate,
    sequence: useWorkflow ? steps : emailTemplate ? [onlyStep(emailTemplate)] : [],
    batches: batches.map(({ name, ...link }) => ({ ...link, batch: { id: link.batchId, name } })),
    mailboxes: mailboxes.map((mailbox) => ({ mailboxId: mailbox.id, mailbox })),
  }
}

/** The steps of a workflow or of a sequence of a campaign's own, in their order, with their templates. */
export async function loadSteps(sql: Sql, workflowId: string): Promise<SequenceStep[]> {
  const steps = await selectSteps(sql, workflowId)
  const found = await selectTemplates(
    sql,
    steps.map(({ templateId }) => templateId),
  )
  const templates = new Map(found.map((template) => [template.id, template]))
  return steps.flatMap(({ templateId, ...step }) => {
    const template = templates.get(templateId)
    return template ? [{ ...step, template }] : []
  })
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
