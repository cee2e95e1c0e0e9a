import { draftSteps, stepsToSave } from '@/components/workflows/editor/workflow-draft'
import type { CampaignType } from '@/domain/campaign/state'
import type { LeadCriteria, LeadSourceName } from '@/domain/lead-generation/criteria'
import { MAX_RESULTS_PER_RUN, type RecurringInterval } from '@/domain/lead-generation/recurring-intervals'
import type { ApiInputs } from '@/trpc/react'
import type { CampaignDetails } from '../../api-types'

type StepInput = NonNullable<ApiInputs['campaigns']['update']['patch']['ownSteps']>[number]

/** The fields of a draft that the editor sets. */
export type DraftValues = {
  name: string
  timezone: string
  batchIds: string[]
  useWorkflow: boolean
  workflowId: string | null
  emailTemplateId: string | null
  /** The emails that are written in the campaign itself, as they are saved; none before the first is begun. */
  ownSteps: StepInput[]
  mailboxIds: string[]
  /** Numbers are `NaN` while what is typed is none. */
  dailyLimit: number | null
  continueAfterReply: boolean
  stopSameCompany: boolean
  leaveOutMailedBefore: boolean
  leadSources: LeadSourceName[]
  leadCriteria: LeadCriteria
  maxResultsPerRun: number
  addExistingLeads: boolean
  isRecurring: boolean
  recurringInterval: RecurringInterval | null
  endDate: Date | null
  outreachDelayDays: number
}

export type DraftPatch = Partial<DraftValues>
export type DraftErrors = Partial<Record<keyof DraftValues, string>>

export const valuesOf = (campaign: CampaignDetails): DraftValues => ({
  name: campaign.name,
  timezone: campaign.timezone,
  batchIds: campaign.batchIds,
  useWorkflow: campaign.useWorkflow,
  workflowId: campaign.workflow?.id ?? null,
  emailTemplateId: campaign.emailTemplate?.id ?? null,
  ownSteps: stepsToSave(draftSteps(campaign.ownSteps)),
  mailboxIds: campaign.mailboxes.map(({ id }) => id),
  dailyLimit: campaign.dailyLimit,
  continueAfterReply: campaign.continueAfterReply,
  stopSameCompany: campaign.stopSameCompany,
  leaveOutMailedBefore: campaign.leaveOutMailedBefore,
  leadSources: campaign.leadSources,
  leadCriteria: campaign.leadCriteria,
  maxResultsPerRun: campaign.maxResultsPerRun ?? Number.NaN,
  addExistingLeads: campaign.addExistingLeads,
  isRecurring: campaign.isRecurring,
  recurringInterval: campaign.recurringInterval,
  endDate: campaign.endDate,
  outreachDelayDays: campaign.outreachDelayDays,
})

/** A new draft as the server would store it, with what it begins with. */
export const newValues = (
  type: CampaignType,
  begins: Pick<DraftValues, 'name' | 'timezone' | 'batchIds'>,
): DraftValues => ({
  ...begins,
  useWorkflow: true,
  workflowId: null,
  emailTemplateId: null,
  ownSteps: [],
  mailboxIds: [],
  dailyLimit: null,
  continueAfterReply: false,
  stopSameCompany: false,
  leaveOutMailedBefore: false,
  leadSources: [],
  leadCriteria: {},
  maxResultsPerRun: type === 'outreach' ? Number.NaN : MAX_RESULTS_PER_RUN,
  addExistingLeads: false,
  isRecurring: false,
  recurringInterval: null,
  endDate: null,
  outreachDelayDays: 0,
})
