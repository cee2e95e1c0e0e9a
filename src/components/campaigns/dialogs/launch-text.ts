import { formatOf } from '@/components/ui/numbers'
import type { CampaignType } from '@/domain/campaign/state'
import type { LeadSourceName } from '@/domain/lead-generation/criteria'
import type { RecurringInterval } from '@/domain/lead-generation/recurring-intervals'
import { mostPerRun } from '../status/plan-text'

export type Launch = {
  campaign: { id: string; name: string; timezone: string; type: CampaignType }
  emails: number
  leads: number
  /** Addresses that it sends from. */
  mailboxes: readonly string[]
  /** Those of them whose emails leave this machine. */
  realMailboxes: readonly string[]
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

/** The addresses that a launch names, of the mailboxes that it sends from. */
export const sendersOf = (mailboxes: readonly { fromEmail: string; goesOut: boolean }[]) => ({
  mailboxes: mailboxes.map(({ fromEmail }) => fromEmail),
  realMailboxes: mailboxes.filter(({ goesOut }) => goesOut).map(({ fromEmail }) => fromEmail),
})

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

/** Whether its emails really go out: "Its emails stay on this machine." or "23 emails really go out." */
export function whereWords({ campaign, emails, mailboxes, realMailboxes }: Launch): string {
  if (realMailboxes.length === 0) return 'Its emails stay on this machine.'
  if (realMailboxes.length < mailboxes.length) {
    return `Emails from ${realMailboxes.join(', ')} really go out, all others stay on this machine.`
  }
  return campaign.type === 'outreach' ? `${formatOf(emails, 'email')} really go out.` : 'Its emails really go out.'
}

/** Whether a first email planned for then leaves at once: it was worked out a moment ago, and workers look every minute. */
export const leavesAtOnce = (firstAt: Date, now: Date): boolean => firstAt.getTime() - now.getTime() < 60_000

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
