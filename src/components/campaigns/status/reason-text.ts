import { formatCount } from '@/components/ui/numbers'
import type { WaitingReason } from '@/domain/campaign/waiting'
import type { AnswerSkipReason } from '@/domain/conversation/skip-reasons'
import type { SkipReason } from '@/domain/delivery/decide'

const WORDS: Record<SkipReason | WaitingReason | AnswerSkipReason, string> = {
  lead_replied: 'The lead has replied, which ends its sequence.',
  lead_unmailable: 'The lead may no longer be contacted.',
  answered_by_hand: 'Somebody of us has answered the lead by hand.',
  company_replied: 'Somebody at the same company has replied, which ends the sequence of all of them.',
  lead_bounced: 'An email to the lead came back.',
  lead_complained: 'The lead marked an email as unwanted.',
  lead_unsubscribed: 'The lead asked for no more email.',
  asks_to_stop: 'An answer seems to ask for no more email; a person decides.',
  taken_out: 'The lead was taken out of the campaign.',
  suppressed: 'The address is on the suppression list.',
  address_invalid: 'The address is not valid.',
  previous_step_not_delivered: 'The step before it was not delivered.',
  contacted_recently: 'The lead got an email less than 24 hours before.',
  lead_away: 'The lead is away.',
  window_closed: 'The sending window is closed.',
  mailbox_cooling_down: 'The mailbox is cooling down.',
  bounce_rate: 'Too many of the mailbox’s emails bounced within a day; only follow-ups leave.',
  answers_not_read: 'Answers are read first, and the mailbox was not read lately.',
  mailbox_limit: "The mailbox's daily limit is used up.",
  campaign_limit: "The campaign's daily limit is used up.",
  pace: 'The mailbox keeps its pace between two emails.',
  not_due: 'It is not due yet.',
  campaign_not_running: 'The campaign is not running.',
  previous_step_open: 'Waits for the step before it.',
  no_postal_address: 'Your postal address is missing, and every campaign email carries it.',
  mailbox_stopped: 'The mailbox is stopped.',
  due: 'Due now: it leaves with the next emails.',
  retry: 'The mail server asked to try again later.',
  put_back: 'The mail server did not take it, through no fault of the recipient.',
}

/** A recorded reason in words. What is no code of ours, such as a mail server's answer, is said as it came. */
export function reasonWords(reason: string): string {
  return Object.hasOwn(WORDS, reason) ? WORDS[reason as keyof typeof WORDS] : reason
}

/** Whom it concerns: "Ada Lead3", "Ada Lead3 and 2 more". */
export const leadsWords = (lead: string, count: number) =>
  count === 1 ? lead : `${lead} and ${formatCount(count - 1)} more`

/** Why a lead is left out of a campaign, as in "6 suppressed". */
export const leftOutWords = (reason: string) => reason.replaceAll('_', ' ')
