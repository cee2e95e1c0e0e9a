import { z } from 'zod'
import { CAMPAIGN_TYPES } from './state'

const timezone = z.string().refine(isTimezone, 'is not an IANA time zone, such as Europe/Berlin')

/** What may be set on a campaign while it is a draft. All optional: a draft is saved as it goes. */
export const campaignDraft = z.object({
  name: z.string().trim().min(1, 'A campaign needs a name').max(120).optional(),
  description: z.string().trim().max(2000).nullish(),
  timezone: timezone.optional(),
  batchIds: z.array(z.uuid()).max(200).optional(),
  useWorkflow: z.boolean().optional(),
  workflowId: z.uuid().nullish(),
  emailTemplateId: z.uuid().nullish(),
  mailboxIds: z.array(z.uuid()).max(100).optional(),
  /** Mails a local day, over all mailboxes; null for no limit of its own. */
  dailyLimit: z.number().int().min(1).max(100_000).nullish(),
})
export type CampaignDraft = z.infer<typeof campaignDraft>

export const newCampaign = campaignDraft.extend({ campaignType: z.enum(CAMPAIGN_TYPES).default('outreach') })
export type NewCampaign = z.infer<typeof newCampaign>

export function isTimezone(value: string): boolean {
  try {
    return Intl.DateTimeFormat('en', { timeZone: value }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}
