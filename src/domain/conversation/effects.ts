import type { LeadStatus } from '../lead/status'
import type { SuppressionReason } from '../lead/suppression'
import type { Person } from '../message/headers'
import { daysLater, endOfDate } from '../time/local-time'
import { nextOpening, type SendingWindow } from '../time/window'
import type { ReturnDate } from './automatic/return-date'
import { recipientFor } from './bounce/bounce'
import type { Interest } from './interest'
import type { MessageKind } from './kind'
import { type Match, ownDomain } from './match'
import type { ReceivedKind } from './received-kind'

/** What belongs to the conversation that a message came into, as the transaction that acts has read it. */
export type ConversationState = {
  lead: { id: string; email: string; status: LeadStatus }
  /** The matched email's delivery is unknown: a message about it proves that it left. */
  emailIsHeld: boolean
  /** The mailbox that the message was found in. */
  mailboxId: string
}

export type AnswerSettings = {
  /** Days for which a lead that is away without a date gets no email. */
  awayDays: number
  /** The campaign's: an answer also ends the sequences of other leads at the same company. */
  stopCompany: boolean
  /** The mailbox's, in which deferred emails leave. */
  window: SendingWindow
}

/** Why emails that are still planned are never sent. */
export type StopReason = 'replied' | 'answered_by_hand' | 'bounced' | 'complained' | 'unsubscribed'

/** One thing to be done; a transaction does all of a message's, behind the send gate where one forbids sending. */
export type Effect =
  /** Only from one of `from`: what a person has set stays. */
  | { do: 'set_lead_status'; leadId: string; to: LeadStatus; from: readonly LeadStatus[] }
  | { do: 'suppress'; address: string; reason: SuppressionReason }
  /** Skips what is planned for the lead. `replied` and `answered_by_hand` spare campaigns that go on after a reply. */
  | { do: 'skip_emails'; leadId: string; reason: StopReason }
  /** Skips what the matched email's campaign plans for other leads at this domain. */
  | { do: 'skip_company'; campaignId: string; domain: string; exceptLeadId: string }
  /** Moves what is planned for the lead: its earliest email not before `until`, the gaps between them kept. */
  | { do: 'defer_emails'; leadId: string; until: Date; read: ReturnDate | null }
  /** Nothing is sent to the lead until a person has decided. */
  | { do: 'ask_person'; leadId: string; about: 'stop_request' | 'stop_request_of_colleague' }
  | { do: 'propose'; leadId: string; interest: Interest | null; left: boolean; successor: Person | null }
  /** The bounce rate of the mailbox that sent it. */
  | { do: 'count_bounce'; emailId: string; hard: boolean; words: string }
  | { do: 'count_complaint'; emailId: string }
  /** The server refuses the mailbox, not the lead. */
  | { do: 'note_refusal'; mailboxId: string; emailId: string; words: string }
  /** The copy in Sent carries another Message-ID than ours: the provider's. */
  | { do: 'learn_id'; emailId: string; messageId: string }
  /** The held email did leave. */
  | { do: 'resolve_held'; emailId: string; evidence: 'answer' | 'bounce' | 'own_copy' }

/** Statuses that follow the emails: no person and no answer has set them. */
const UNDECIDED = ['new', 'contacted', 'follow_up_1', 'follow_up_2'] as const satisfies readonly LeadStatus[]
const UNTIL_STOPPED = [
  ...UNDECIDED,
  ...(['replied', 'interested', 'not_interested', 'converted', 'invalid', 'bounced'] as const),
] satisfies readonly LeadStatus[]

/** The status that a message of this kind gives its lead, and from which; null where it gives none. */
export function statusGivenBy(kind: ReceivedKind): { to: LeadStatus; from: readonly LeadStatus[] } | null {
  switch (kind) {
    case 'human':
      return { to: 'replied', from: UNDECIDED }
    case 'stop_request':
    case 'complaint':
      return { to: 'unsubscribed', from: UNTIL_STOPPED }
    case 'bounce':
      return { to: 'bounced', from: [...UNDECIDED, 'replied'] }
    default:
      return null
  }
}

const giveStatus = (kind: ReceivedKind, leadId: string): Effect[] => {
  const given = statusGivenBy(kind)
  return given ? [{ do: 'set_lead_status', leadId, ...given }] : []
}

/**
 * What a message of others does. [] for one without a match, but for the wish to stop, which binds for the sender's own
 * address. A bounce or complaint counts only with an id that this mailbox sent: forged ones do nothing.
 */
export function effectsOf(
  kind: MessageKind,
  match: Match,
  state: ConversationState | null,
  { sender, settings, now }: { sender: string | null; settings: AnswerSettings; now: Date },
): Effect[] {
  if (!match || !state) return kind.kind === 'stop_request' && kind.sure ? suppressSender(sender, null) : []
  const held = heldBy(kind, match, state)
  switch (kind.kind) {
    case 'bounce':
      return isSentFrom(match, state) ? [...held, ...bounced(kind, match, state)] : []
    case 'complaint':
      return isSentFrom(match, state) ? [...held, ...complained(match, state)] : []
    case 'automatic':
      return [...held, ...automatic(kind, match, state, settings, now)]
    case 'stop_request':
      return [...held, ...askedToStop(kind, match, state, sender)]
    case 'human':
      return [...held, ...replied(match, state, settings, kind.interest), ...proposals(kind, state)]
  }
}

/** What an answer by hand does: it ends the sequence as a reply would, and is no reply of the lead. */
export function effectsOfAnswerByHand(match: Match, state: ConversationState | null): Effect[] {
  return match && state ? [{ do: 'skip_emails', leadId: state.lead.id, reason: 'answered_by_hand' }] : []
}

/** What a copy of an email of ours does: where delivery was unknown, it is known now, and so is an id that the provider gave it. */
export const effectsOfOwnCopy = (
  email: { id: string; isHeld: boolean; messageIds: readonly string[] },
  messageId: string | null,
): Effect[] => [
  ...(email.isHeld ? [{ do: 'resolve_held' as const, emailId: email.id, evidence: 'own_copy' as const }] : []),
  ...(messageId && !email.messageIds.includes(messageId)
    ? [{ do: 'learn_id' as const, emailId: email.id, messageId }]
    : []),
]

const BY_ID = ['in_reply_to', 'references', 'returned_original'] as const
const isById = (match: NonNullable<Match>): boolean => BY_ID.some((by) => by === match.by)

const isSentFrom = (match: NonNullable<Match>, { mailboxId }: ConversationState): boolean =>
  isById(match) && match.email.mailboxId === mailboxId

// Only an id proves that this very email left.
const heldBy = (kind: MessageKind, match: NonNullable<Match>, { emailIsHeld }: ConversationState): Effect[] =>
  emailIsHeld && isById(match)
    ? [{ do: 'resolve_held', emailId: match.email.id, evidence: kind.kind === 'bounce' ? 'bounce' : 'answer' }]
    : []

function bounced(
  kind: Extract<MessageKind, { kind: 'bounce' }>,
  match: NonNullable<Match>,
  state: ConversationState,
): Effect[] {
  const { email } = match
  const recipient = recipientFor(kind, email.to)
  const leadId = state.lead.id
  switch (recipient?.severity) {
    case 'hard':
      return [
        // A lead whose address was corrected since then goes on at the new one.
        ...(isAt(email.to, state)
          ? [...giveStatus('bounce', leadId), { do: 'skip_emails' as const, leadId, reason: 'bounced' as const }]
          : []),
        { do: 'suppress', address: email.to, reason: 'bounced' },
        { do: 'count_bounce', emailId: email.id, hard: true, words: recipient.words },
      ]
    case 'soft':
      return [{ do: 'count_bounce', emailId: email.id, hard: false, words: recipient.words }]
    case 'policy':
      return [{ do: 'note_refusal', mailboxId: state.mailboxId, emailId: email.id, words: recipient.words }]
    case 'delayed':
    case undefined:
      return []
  }
}

const isAt = (address: string, { lead }: ConversationState): boolean => address === lead.email

const complained = ({ email }: NonNullable<Match>, { lead }: ConversationState): Effect[] => [
  ...giveStatus('complaint', lead.id),
  { do: 'suppress', address: email.to, reason: 'complained' },
  { do: 'skip_emails', leadId: lead.id, reason: 'complained' },
  { do: 'count_complaint', emailId: email.id },
]

function automatic(
  { away, left }: Extract<MessageKind, { kind: 'automatic' }>,
  { by }: NonNullable<Match>,
  { lead }: ConversationState,
  { awayDays, window }: AnswerSettings,
  now: Date,
): Effect[] {
  // A colleague who is away, or a company's receipt, says nothing of the lead.
  if (by === 'company_domain') return []
  if (left) return [{ do: 'propose', leadId: lead.id, interest: null, left: true, successor: left.successor }]
  if (!away) return []
  const after = away.until ? endOfDate(away.until.day, window.timezone) : daysLater(now, awayDays, window.timezone)
  // Somebody who is back by now is written to as planned.
  return after > now
    ? [{ do: 'defer_emails', leadId: lead.id, until: nextOpening(window, after), read: away.until }]
    : []
}

function askedToStop(
  { sure }: Extract<MessageKind, { kind: 'stop_request' }>,
  match: NonNullable<Match>,
  state: ConversationState,
  sender: string | null,
): Effect[] {
  const leadId = state.lead.id
  // A colleague's wish binds for the colleague; whether it was meant for the lead as well, a person decides.
  if (match.by === 'company_domain') {
    return [
      ...(sure ? suppressSender(sender, null) : []),
      { do: 'ask_person', leadId, about: 'stop_request_of_colleague' },
    ]
  }
  if (!sure) return [{ do: 'ask_person', leadId, about: 'stop_request' }]
  return [
    ...giveStatus('stop_request', leadId),
    { do: 'suppress', address: match.email.to, reason: 'unsubscribed' },
    ...(isAt(match.email.to, state)
      ? []
      : [{ do: 'suppress' as const, address: state.lead.email, reason: 'unsubscribed' as const }]),
    ...(sender === state.lead.email ? [] : suppressSender(sender, match.email.to)),
    { do: 'skip_emails', leadId, reason: 'unsubscribed' },
  ]
}

/** Somebody who writes from another address than the one written to means both. */
const suppressSender = (sender: string | null, known: string | null): Effect[] =>
  sender && sender !== known ? [{ do: 'suppress', address: sender, reason: 'unsubscribed' }] : []

function replied(
  { email }: NonNullable<Match>,
  { lead }: ConversationState,
  { stopCompany }: AnswerSettings,
  interest: Interest | null,
): Effect[] {
  const domain = stopCompany && email.campaignId ? ownDomain(lead.email) : null
  return [
    ...giveStatus('human', lead.id),
    { do: 'skip_emails', leadId: lead.id, reason: 'replied' },
    ...(domain && email.campaignId
      ? [{ do: 'skip_company' as const, campaignId: email.campaignId, domain, exceptLeadId: lead.id }]
      : []),
    ...(interest ? [{ do: 'propose' as const, leadId: lead.id, interest, left: false, successor: null }] : []),
  ]
}

const proposals = ({ left }: Extract<MessageKind, { kind: 'human' }>, { lead }: ConversationState): Effect[] =>
  left ? [{ do: 'propose', leadId: lead.id, interest: null, left: true, successor: left.successor }] : []
