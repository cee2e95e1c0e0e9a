import { type EmailStatus, isOpenStatus } from '../campaign/progress'
import type { CampaignStatus } from '../campaign/state'
import { type EndReason, endReasonOf, type LeadStatus } from '../lead/status'
import { DAY_MS } from '../time/duration'
import { isOpen, nextDayOpening, nextOpening, type SendingWindow } from '../time/window'

/** `stopped` until its settings change, `cooling_down` for a time. */
export type MailboxHealth = 'ready' | 'cooling_down' | 'stopped'

/** Everything that decides whether one planned email may leave. Plain facts, read by the caller. */
export type EmailFacts = {
  campaignStatus: CampaignStatus
  /** IANA zone in which the campaign's daily limit counts. */
  campaignTimezone: string
  scheduledFor: Date
  /** The campaign's setting: a reply does not end its sequences. */
  continueAfterReply: boolean
  /** First emails and follow-ups differ in one gate: the bounce rate. */
  isFirstStep: boolean
  lead: {
    status: LeadStatus
    email: string
    emailValid: boolean
    suppressed: boolean
    /** Of the campaign, by a person. */
    takenOut: boolean
    lastContactedAt: Date | null
    /** An automatic answer, or a person, said so. */
    awayUntil: Date | null
  }
  /** State of the lead's previous step in this campaign; null for the first. */
  previousStep: EmailStatus | null
  mailbox: {
    window: SendingWindow
    health: MailboxHealth
    healthReason: string | null
    coolDownUntil: Date | null
    nextSendAt: Date | null
    /** Too many of its emails bounced: no first emails until then. */
    firstStepsPausedUntil: Date | null
    /** Whether its answers were read a short while ago; null where nothing can read them. */
    answersRead: boolean | null
  }
  /** The settings hold the postal address that every campaign email carries. */
  hasPostalAddress: boolean
  /** Emails that may still leave today; null without a limit. */
  leftToday: { mailbox: number | null; campaign: number | null }
}

export type SkipReason = EndReason | 'taken_out' | 'suppressed' | 'address_invalid' | 'previous_step_not_delivered'
export const DEFER_REASONS = [
  'contacted_recently',
  'lead_away',
  'window_closed',
  'mailbox_cooling_down',
  'bounce_rate',
  'answers_not_read',
  'mailbox_limit',
  'campaign_limit',
  'pace',
] as const
export type DeferReason = (typeof DEFER_REASONS)[number]
export type WaitReason =
  | 'not_due'
  | 'campaign_not_running'
  | 'previous_step_open'
  | 'no_postal_address'
  | 'mailbox_stopped'

export type Decision =
  | { kind: 'send' }
  /** Never: the email becomes `skipped`; of a lead that was taken out, which may be put back, `cancelled`. */
  | { kind: 'skip'; reason: SkipReason; detail: string }
  /** Not now; decided again at `until`. */
  | { kind: 'defer'; reason: DeferReason; until: Date; detail: string }
  /** Not now, and at no known time: a person or another email must act first. */
  | { kind: 'wait'; reason: WaitReason; detail: string }

// Between two emails to one lead, from any campaign; an email that comes sooner is deferred, never failed.
export const CONTACT_GAP_MS = DAY_MS

// How long a follow-up waits before its mailbox is looked at again: reading comes every few minutes.
const READ_FIRST_MS = 5 * 60_000

const DELIVERED: readonly EmailStatus[] = ['sent']

/**
 * Decides whether this email may leave at `now`. The first gate that is closed decides: campaign running, lead still in
 * it, lead may be contacted, address valid, previous step delivered, due, 24 h since the last contact, lead back, window, postal address,
 * mailbox healthy, bounces of first emails, answers read before follow-ups, daily limits, pace.
 */
export const decide = (email: EmailFacts, now: Date): Decision =>
  gateOfLead(email, now) ?? gateOfMailbox(email, now) ?? { kind: 'send' }

/** What the campaign, the lead and the steps before it have against the email. */
function gateOfLead(email: EmailFacts, now: Date): Decision | null {
  const { lead, mailbox, previousStep } = email
  if (email.campaignStatus !== 'running') {
    return { kind: 'wait', reason: 'campaign_not_running', detail: `The campaign is ${email.campaignStatus}.` }
  }
  if (lead.takenOut) return { kind: 'skip', reason: 'taken_out', detail: 'The lead was taken out of the campaign.' }
  const end = endReasonOf(lead.status, email)
  if (end) return { kind: 'skip', reason: end, detail: END_DETAILS[end](words(lead.status)) }
  if (lead.suppressed) return { kind: 'skip', reason: 'suppressed', detail: 'The address is on the suppression list.' }
  if (!lead.emailValid) {
    return { kind: 'skip', reason: 'address_invalid', detail: `"${lead.email}" is not an email address.` }
  }
  if (previousStep && isOpenStatus(previousStep)) {
    const detail =
      previousStep === 'held' ? 'Delivery of the previous step is unknown.' : 'The previous step has not been sent yet.'
    return { kind: 'wait', reason: 'previous_step_open', detail }
  }
  if (previousStep && !DELIVERED.includes(previousStep)) {
    return { kind: 'skip', reason: 'previous_step_not_delivered', detail: `The previous step was ${previousStep}.` }
  }
  if (now < email.scheduledFor) return { kind: 'wait', reason: 'not_due', detail: 'It is not due yet.' }

  const contactFree = lead.lastContactedAt && new Date(lead.lastContactedAt.getTime() + CONTACT_GAP_MS)
  if (contactFree && now < contactFree) {
    return {
      kind: 'defer',
      reason: 'contacted_recently',
      until: contactFree,
      detail: 'The lead got an email less than 24 hours ago.',
    }
  }
  if (lead.awayUntil && now < lead.awayUntil) {
    return {
      kind: 'defer',
      reason: 'lead_away',
      until: isOpen(mailbox.window, lead.awayUntil) ? lead.awayUntil : nextOpening(mailbox.window, lead.awayUntil),
      detail: 'The lead is away.',
    }
  }
  return null
}

/** What the mailbox, its window, health, limits and pace have against it, with a lead that nothing speaks against. */
function gateOfMailbox(email: EmailFacts, now: Date): Decision | null {
  const { mailbox, leftToday } = email
  if (!isOpen(mailbox.window, now)) {
    return {
      kind: 'defer',
      reason: 'window_closed',
      until: nextOpening(mailbox.window, now),
      detail: 'The sending window is closed.',
    }
  }
  if (!email.hasPostalAddress) {
    return { kind: 'wait', reason: 'no_postal_address', detail: 'Every campaign email carries your postal address.' }
  }
  if (mailbox.health === 'stopped') {
    return { kind: 'wait', reason: 'mailbox_stopped', detail: mailbox.healthReason ?? 'The mailbox is stopped.' }
  }
  if (mailbox.health === 'cooling_down' && mailbox.coolDownUntil && now < mailbox.coolDownUntil) {
    return {
      kind: 'defer',
      reason: 'mailbox_cooling_down',
      until: mailbox.coolDownUntil,
      detail: mailbox.healthReason ?? 'The mailbox is cooling down.',
    }
  }
  if (email.isFirstStep && mailbox.firstStepsPausedUntil && now < mailbox.firstStepsPausedUntil) {
    return {
      kind: 'defer',
      reason: 'bounce_rate',
      until: mailbox.firstStepsPausedUntil,
      detail: "More than 5 % of the mailbox's emails bounced within a day, so only follow-ups leave.",
    }
  }
  if (!email.isFirstStep && mailbox.answersRead === false) {
    return {
      kind: 'defer',
      reason: 'answers_not_read',
      until: new Date(now.getTime() + READ_FIRST_MS),
      detail: 'Answers are read before a follow-up leaves, and the mailbox was not read lately.',
    }
  }
  if (leftToday.mailbox !== null && leftToday.mailbox <= 0)
    return untilTomorrow('mailbox_limit', "The mailbox's", nextDayOpening(mailbox.window, now))
  if (leftToday.campaign !== null && leftToday.campaign <= 0)
    return untilTomorrow(
      'campaign_limit',
      "The campaign's",
      nextDayOpening(mailbox.window, now, email.campaignTimezone),
    )
  if (mailbox.nextSendAt && now < mailbox.nextSendAt) {
    return {
      kind: 'defer',
      reason: 'pace',
      until: mailbox.nextSendAt,
      detail: 'The mailbox keeps its pace between two emails.',
    }
  }
  return null
}

const untilTomorrow = (reason: 'mailbox_limit' | 'campaign_limit', whose: string, until: Date): Decision => ({
  kind: 'defer',
  reason,
  until,
  detail: `${whose} daily limit is used up.`,
})

const END_DETAILS: Record<EndReason, (status: string) => string> = {
  lead_replied: (status) => `The lead has replied (${status}), which ends its sequence.`,
  lead_unmailable: (status) => `The lead is ${status}.`,
}

const words = (status: string) => status.replaceAll('_', ' ')
