import { z } from 'zod'
import { STEP_LIMIT, WAIT_LIMIT_DAYS } from '../../workflow/steps'

const step = z.object({
  templateId: z.uuid(),
  daysAfterPrevious: z.int().min(0).max(WAIT_LIMIT_DAYS),
  replyInThread: z.boolean(),
})
const proposed = step.extend({ was: z.int().min(1).max(STEP_LIMIT).nullable() })
const leads = z.array(z.uuid()).max(10_000).optional()

/** What somebody wants to be otherwise in a campaign that has started; what is absent stays. */
export const campaignChange = z.object({
  /** The whole sequence; `was`: the number of a step now, null for a new one. */
  steps: z.array(proposed).min(1).max(STEP_LIMIT).optional(),
  /** The sequence that the person saw, of which the numbers in `steps` are; wanted with these. */
  base: z.array(step).min(1).max(STEP_LIMIT).optional(),
  takeOutLeadIds: leads,
  putBackLeadIds: leads,
  /** Batches whose leads are planned, but for those that are already: further ones, and its own that leads have joined since. */
  addBatchIds: z.array(z.uuid()).max(200).optional(),
  addMailboxIds: z.array(z.uuid()).max(100).optional(),
})
export type CampaignChange = z.infer<typeof campaignChange>
