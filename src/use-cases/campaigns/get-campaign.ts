import { selectTemplateAtFault } from '@/db/queries/campaigns/select-template-at-fault'
import type { Deps } from '@/deps'
import type { CampaignStatus, CampaignType } from '@/domain/campaign/state'
import type { LeadCriteria, LeadSourceName } from '@/domain/lead-generation/criteria'
import type { RecurringInterval } from '@/domain/lead-generation/recurring-intervals'
import { titleOf } from '@/domain/templates/title'
import { type StepText, textOf } from '@/use-cases/workflows/read-text'
import { type CampaignWithParts, generationOf, loadCampaign, loadSteps } from './load-campaign'

export type CampaignDetails = {
  id: string
  name: string
  description: string | null
  type: CampaignType
  status: CampaignStatus
  statusReason: string | null
  /** The template for which a paused campaign was paused; null where that was not the reason. */
  templateAtFault: { id: string; name: string } | null
  timezone: string
  dailyLimit: number | null
  continueAfterReply: boolean
  stopSameCompany: boolean
  leaveOutMailedBefore: boolean
  useWorkflow: boolean
  /** Null where it sends a sequence of its own. */
  workflow: { id: string; name: string } | null
  /** What its sequence came from, by name, where it was changed while it ran; empty: emails of its own. Null: it was not changed. */
  changedFrom: string | null
  emailTemplate: { id: string; name: string } | null
  steps: {
    stepNumber: number
    daysAfterPrevious: number
    replyInThread: boolean
    templateId: string
    templateName: string
    subject: string
  }[]
  /** The steps that are written in this campaign, whether it sends them or not; in a draft alone. */
  ownSteps: {
    templateId: string
    text: StepText | null
    daysAfterPrevious: number
    replyInThread: boolean
  }[]
  batchIds: string[]
  batches: { id: string; name: string; startedAt: Date | null; completedAt: Date | null }[]
  mailboxes: { id: string; name: string; fromEmail: string }[]
  leadSources: LeadSourceName[]
  leadCriteria: LeadCriteria
  maxResultsPerRun: number | null
  addExistingLeads: boolean
  isRecurring: boolean
  recurringInterval: RecurringInterval | null
  nextRunAt: Date | null
  endDate: Date | null
  outreachDelayDays: number
  totalLeadsTargeted: number
  emailsScheduledCount: number
  emailsSentCount: number
  emailsFailedCount: number
  currentWorkflowStep: number
  scheduledStartAt: Date | null
  actualStartedAt: Date | null
  pausedAt: Date | null
  resumedAt: Date | null
  completedAt: Date | null
  failedAt: Date | null
  archivedAt: Date | null
  createdAt: Date
  updatedAt: Date
}

/**
 * A campaign with everything its pages and its draft form show, without counts of emails: those are in `getProgress`.
 * @throws {DomainError} not_found
 */
export async function getCampaign(deps: Deps, { campaignId }: { campaignId: string }): Promise<CampaignDetails> {
  const campaign = await loadCampaign(deps, campaignId)
  const pick = <Part extends { id: string; name: string }>(part: Part | null) =>
    part && { id: part.id, name: part.name }
  return {
    id: campaign.id,
    name: campaign.name,
    description: campaign.description,
    type: campaign.campaignType,
    status: campaign.status,
    statusReason: campaign.statusReason,
    templateAtFault: campaign.status === 'paused' ? await templateAtFault(deps, campaignId) : null,
    timezone: campaign.timezone,
    dailyLimit: campaign.dailyLimit,
    continueAfterReply: campaign.continueAfterReply,
    stopSameCompany: campaign.stopSameCompany,
    leaveOutMailedBefore: campaign.leaveOutMailedBefore,
    useWorkflow: campaign.useWorkflow,
    workflow: campaign.workflow,
    changedFrom: campaign.changedFrom,
    emailTemplate: pick(campaign.emailTemplate),
    steps: campaign.sequence.map(({ template, ...step }) => ({
      ...step,
      templateId: template.id,
      templateName: titleOf(template),
      subject: template.subject,
    })),
    ownSteps: campaign.status === 'draft' ? await ownStepsOf(deps, campaign) : [],
    batchIds: campaign.batches.map(({ batchId }) => batchId),
    batches: campaign.batches.map(({ batch, startedAt, completedAt }) => ({
      id: batch.id,
      name: batch.name,
      startedAt,
      completedAt,
    })),
    mailboxes: campaign.mailboxes.map(({ mailbox: { id, name, fromEmail } }) => ({ id, name, fromEmail })),
    ...generationOf(campaign),
    totalLeadsTargeted: campaign.totalLeadsTargeted,
    emailsScheduledCount: campaign.emailsScheduledCount,
    emailsSentCount: campaign.emailsSentCount,
    emailsFailedCount: campaign.emailsFailedCount,
    currentWorkflowStep: campaign.currentWorkflowStep,
    scheduledStartAt: campaign.scheduledStartAt,
    actualStartedAt: campaign.actualStartedAt,
    pausedAt: campaign.pausedAt,
    resumedAt: campaign.resumedAt,
    completedAt: campaign.completedAt,
    failedAt: campaign.failedAt,
    archivedAt: campaign.archivedAt,
    createdAt: campaign.createdAt,
    updatedAt: campaign.updatedAt,
  }
}

async function templateAtFault({ sql }: Deps, campaignId: string) {
  const template = await selectTemplateAtFault(sql, campaignId)
  return template && { id: template.id, name: titleOf(template) }
}

async function ownStepsOf({ sql }: Deps, { ownSequenceId }: CampaignWithParts): Promise<CampaignDetails['ownSteps']> {
  const steps = ownSequenceId ? await loadSteps(sql, ownSequenceId) : []
  return steps.map(({ template, daysAfterPrevious, replyInThread }) => ({
    templateId: template.id,
    text: textOf(template, replyInThread),
    daysAfterPrevious,
    replyInThread,
  }))
}
