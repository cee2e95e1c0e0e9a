import type { Deps } from '@/deps'
import { DomainError } from '@/domain/errors'
import { type LeadCriteria, type LeadSourceName, leadCriteria } from '@/domain/lead-generation/criteria'
import type { RecurringInterval } from '@/domain/lead-generation/recurrence'

const parts = {
  workflow: { include: { steps: { orderBy: { stepNumber: 'asc' as const }, include: { template: true } } } },
  emailTemplate: true,
  batches: { include: { batch: true } },
  mailboxes: { include: { mailbox: true } },
}

export type CampaignWithParts = Awaited<ReturnType<typeof findCampaign>>

/** The campaign with its sequence, batches and mailboxes. @throws {DomainError} not_found */
export async function findCampaign({ db }: Pick<Deps, 'db'>, campaignId: string) {
  const campaign = await db.campaign.findUnique({ where: { id: campaignId }, include: parts })
  if (!campaign) throw new DomainError('not_found', 'This campaign does not exist any more.', { campaignId })
  return campaign
}

/** The steps that will go out: the workflow's, or the single template as step 1. */
export function sequenceOf(campaign: CampaignWithParts) {
  if (campaign.useWorkflow) {
    return (campaign.workflow?.steps ?? []).map(({ stepNumber, daysAfterPrevious, replyInThread, template }) => ({
      stepNumber,
      daysAfterPrevious,
      replyInThread,
      template,
    }))
  }
  const template = campaign.emailTemplate
  return template ? [{ stepNumber: 1, daysAfterPrevious: 0, replyInThread: false, template }] : []
}

/** How the campaign finds leads; empty for one that mails the leads of chosen batches. */
export function generationOf(campaign: CampaignWithParts) {
  const criteria: LeadCriteria = leadCriteria.parse(campaign.leadCriteria ?? {})
  return {
    leadSources: (campaign.leadSources ?? []) as LeadSourceName[],
    leadCriteria: criteria,
    maxResultsPerRun: campaign.maxResultsPerRun,
    addExistingLeads: campaign.addExistingLeads,
    isRecurring: campaign.isRecurring,
    recurringInterval: campaign.recurringInterval as RecurringInterval | null,
    nextRunAt: campaign.nextRunAt,
    endDate: campaign.endDate,
    outreachDelayDays: campaign.outreachDelayDays,
  }
}

/** The mailboxes it sends from: the chosen ones, else the first there is, which a start makes its own. */
export async function mailboxesOf({ db }: Pick<Deps, 'db'>, campaign: CampaignWithParts) {
  const chosen = campaign.mailboxes.map(({ mailbox }) => mailbox)
  return chosen.length > 0 ? chosen : db.mailbox.findMany({ orderBy: { createdAt: 'asc' }, take: 1 })
}
