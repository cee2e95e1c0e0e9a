import { formatOf } from '@/components/ui/numbers'
import type { CampaignType } from '@/domain/campaign/state'
import type { LeadSourceName } from '@/domain/lead-generation/criteria'
import type { RecurringInterval } from '@/domain/lead-generation/recurrence'
import { mostPerRun } from '../status/plan-text'

export type Launch = {
  campaign: { id: string; name: string; timezone: string; type: CampaignType }
  emails: number
  leads: number
  /** Addresses that it sends from. */
  mailboxes: readonly string[]
  firstAt: Date | null
  plan: {
    leadSources: readonly LeadSourceName[]
    maxResultsPerRun: number
    isRecurring: boolean
    recurringInterval: RecurringInterval | null
    endDate: Date | null
    outreachDelayDays: number
  }
}

export type Verb = 'Start' | 'Schedule'

/** The button's text, with its count: "Start: 1,236 emails to 412 leads", "Start: up to 300 leads per run". */
export function launchWords(verb: Verb, launch: Launch): string {
  const { campaign, emails, leads, plan } = launch
  if (campaign.type === 'outreach') {
    return emails > 0 ? `${verb}: ${formatOf(emails, 'email')} to ${formatOf(leads, 'lead')}` : verb
  }
  const most = mostPerRun(plan)
  if (!most) return verb
  return `${verb}: up to ${formatOf(most, 'lead')}${plan.isRecurring ? ' per run' : ''}`
}

/** The same, shorter, for the button below that question. */
export const confirmWords = (verb: Verb, launch: Launch): string =>
  launch.campaign.type === 'outreach' ? `${verb}: ${formatOf(launch.emails, 'email')}` : launchWords(verb, launch)

/** The message once it has begun. */
export function startedWords(
  type: CampaignType,
  { emailsScheduled, leadsTargeted }: { emailsScheduled: number; leadsTargeted: number },
): string {
  if (type === 'outreach') {
    return `Started. ${formatOf(emailsScheduled, 'email')} planned for ${formatOf(leadsTargeted, 'lead')}.`
  }
  return 'Started. The first run begins within a minute.'
}
