import { z } from 'zod'
import { DomainError } from '../errors'
import { LEAD_SOURCES } from '../lead-generation/criteria'
import { leadCriteria } from '../lead-generation/criteria-input'
import { RECURRING_INTERVALS } from '../lead-generation/recurring-intervals'
import { timezone } from '../time/timezone-input'
import { STEP_LIMIT } from '../workflow/steps'
import { stepInput } from '../workflow/steps-input'
import { CAMPAIGN_TYPES, type CampaignType } from './state'

/** Fields of a campaign that may be set while it is a draft. All optional: a draft is saved as it goes. */
export const campaignDraft = z.object({
  name: z.string().trim().min(1, 'A campaign needs a name').max(120).optional(),
  description: z.string().trim().max(2000).nullish(),
  timezone: timezone.optional(),
  batchIds: z.array(z.uuid()).max(200).optional(),
  useWorkflow: z.boolean().optional(),
  workflowId: z.uuid().nullish(),
  emailTemplateId: z.uuid().nullish(),
  /** The sequence that is written in the campaign itself, which it sends from then on. */
  ownSteps: z.array(stepInput).min(1).max(STEP_LIMIT).optional(),
  mailboxIds: z.array(z.uuid()).max(100).optional(),
  /** Emails a local day, over all mailboxes; null for no limit of its own. */
  dailyLimit: z.number().int().min(1).max(100_000).nullish(),
  /** A lead that replied gets the steps that follow all the same. */
  continueAfterReply: z.boolean().optional(),
  /** A reply ends the sequences of all leads at that company. */
  stopSameCompany: z.boolean().optional(),
  /** Leads that were emailed before are not planned. */
  leaveOutMailedBefore: z.boolean().optional(),
  leadSources: z.array(z.enum(LEAD_SOURCES)).max(LEAD_SOURCES.length).optional(),
  leadCriteria: leadCriteria.optional(),
  /** Leads that each source may find in one run. */
  maxResultsPerRun: z.number().int().min(1).max(10_000).optional(),
  /** Leads that are known already join the run's batch too. */
  addExistingLeads: z.boolean().optional(),
  isRecurring: z.boolean().optional(),
  recurringInterval: z.enum(RECURRING_INTERVALS).nullish(),
  /** No run is due after it; null: until a person stops the campaign. */
  endDate: z.date().nullish(),
  /** Days from a run to the planning of its batch's emails; 0: at once. */
  outreachDelayDays: z.number().int().min(0).max(90).optional(),
})
export type CampaignDraft = z.infer<typeof campaignDraft>

export const newCampaign = campaignDraft.extend({ campaignType: z.enum(CAMPAIGN_TYPES).default('outreach') })
export type NewCampaign = z.infer<typeof newCampaign>

const OUTREACH = [
  'useWorkflow',
  'workflowId',
  'emailTemplateId',
  'ownSteps',
  'mailboxIds',
  'dailyLimit',
  'continueAfterReply',
  'stopSameCompany',
  'leaveOutMailedBefore',
] as const
const GENERATION = [
  'leadSources',
  'leadCriteria',
  'maxResultsPerRun',
  'addExistingLeads',
  'isRecurring',
  'recurringInterval',
  'endDate',
] as const

/**
 * Fields that a campaign of each type has no use for: its leads come from batches or from runs, and not every type
 * emails.
 */
const FOREIGN: Record<CampaignType, readonly (keyof CampaignDraft)[]> = {
  outreach: [...GENERATION, 'outreachDelayDays'],
  lead_generation: [...OUTREACH, 'batchIds', 'outreachDelayDays'],
  fully_automated: ['batchIds'],
}

/** Refuses fields that a campaign of this type has no use for. @throws {DomainError} invalid_input with the first of them */
export function refuseForeign(type: CampaignType, draft: CampaignDraft): void {
  const field = FOREIGN[type].find((name) => draft[name] !== undefined)
  if (!field) return
  throw new DomainError(
    'invalid_input',
    `"${field}" means nothing for a campaign of type ${type.replace('_', ' ')}. Nothing was saved.`,
    { field, type },
  )
}
