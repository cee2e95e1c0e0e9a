import type { LeadStatus } from '../lead/status'
import type { SuppressionReason } from '../lead/suppression'
import type { Person } from '../message/headers'
import { daysLater, endOfDate } from '../time/local-time'
import { nextOpening, type SendingWindow } from '../time/window'
import type { ReturnDate } from './automatic/return-date'
import { reportsFor } from './bounce/bounce'
import type { Interest } from './interest'
import type { MessageKind } from './kind'
import { addressesOf, type Match, ownDomain, whoAnswers } from './match'
import type { ReceivedKind } from './received-kind'

type ConversationLead = { id: string; email: string; status: LeadStatus }

/** What belongs to the conversation that a message came into, as the transaction that acts has read it. */
export type ConversationState = {
  /** Null for a reply to somebody who is no lead. */
  lead: ConversationLead | null
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
  /** A report names none of an email's several recipients: it changes nothing for any of them, and says so. */
  | { do: 'note_unnamed'; words: string }
  /** The wish to stop of somebody else who got it, too: it ends nothing of the lead. */
  | { do: 'note_other' }
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
  const ownWish = kind.kind === 'stop_request' && kind.sure ? suppressSender(sender, null) : []
  if (!match || !state) return ownWish
  const held = heldBy(kind, match, state)
  const { lead } = state
  switch (kind.kind) {
    case 'bounce':
      return isSentFrom(match, state) ? [...held, ...bounced(kind, match, state)] : []
    case 'complaint':
      return isSentFrom(match, state) ? [...held, ...complained(kind, match, state)] : []
    case 'automatic':
      return [...held, ...(lead ? automatic(kind, match, { lead, sender }, settings, now) : [])]
    case 'stop_request':
      return [...held, ...(lead ? askedToStop(kind, match, { lead, sender }) : ownWish)]
    case 'human':
      return [...held, ...(lead ? [...replied(match, lead, settings, kind.interest), ...proposals(kind, lead)] : [])]
  }
}

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
  { email }: NonNullable<Match>,
  { lead, mailboxId }: ConversationState,
): Effect[] {
  const reports = reportsFor(kind, addressesOf(email))
  const failed = (reports ?? kind.recipients).filter(({ severity }) => severity !== 'delayed')
  if (reports === null) return failed.slice(0, 1).map(({ words }) => ({ do: 'note_unnamed', words }))
  const hard = reports.filter(({ severity }) => severity === 'hard')
  const [counts] = [...hard, ...reports.filter(({ severity }) => severity === 'soft')]
  const refused = reports.find(({ severity }) => severity === 'policy')
  const effects: Effect[] = hard.flatMap(({ address }) => [
    // A lead whose address was corrected since then goes on at the new one.
    ...(lead?.email === address ? ended('bounce', lead.id, 'bounced') : []),
    { do: 'suppress', address, reason: 'bounced' },
  ])
  if (counts) effects.push({ do: 'count_bounce', emailId: email.id, hard: hard.length > 0, words: counts.words })
  if (refused) effects.push({ do: 'note_refusal', mailboxId, emailId: email.id, words: refused.words })
  return effects
}

const ended = (kind: ReceivedKind, leadId: string, reason: StopReason): Effect[] => [
  ...giveStatus(kind, leadId),
  { do: 'skip_emails', leadId, reason },
]

function complained(
  { address }: Extract<MessageKind, { kind: 'complaint' }>,
  { email }: NonNullable<Match>,
  { lead }: ConversationState,
): Effect[] {
  const [only, ...others] = addressesOf(email)
  const who = others.length === 0 ? only : addressesOf(email).find((one) => one === address)
  if (who === undefined) return [{ do: 'note_unnamed', words: '' }]
  // What a campaign sent, the lead got.
  const isLeads = lead !== null && (!email.reply || lead.email === who)
  return [
    ...(isLeads ? ended('complaint', lead.id, 'complained') : []),
    { do: 'suppress', address: who, reason: 'complained' },
    { do: 'count_complaint', emailId: email.id },
  ]
}

/** Who a message belongs to, and who wrote it. */
type From = { lead: ConversationLead; sender: string | null }

function automatic(
  { away, left }: Extract<MessageKind, { kind: 'automatic' }>,
  { by, email }: NonNullable<Match>,
  { lead, sender }: From,
  { awayDays, window }: AnswerSettings,
  now: Date,
): Effect[] {
  // A colleague who is away, or a company's receipt, says nothing of the lead; nor does whoever else got a reply.
  if (by === 'company_domain' || whoAnswers(email, lead, sender) !== 'lead') return []
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
  { lead, sender }: From,
): Effect[] {
  const { id: leadId, email: address } = lead
  const who = match.by === 'company_domain' ? 'unclear' : whoAnswers(match.email, lead, sender)
  // The wish of somebody else binds for them; whether it was meant for the lead as well, a person decides, unless both got it.
  if (who === 'other' && sure) return [...suppressSender(sender, null), { do: 'note_other' }]
  if (who !== 'lead')
    return [
      ...(sure ? suppressSender(sender, null) : []),
      { do: 'ask_person', leadId, about: 'stop_request_of_colleague' },
    ]
  if (!sure) return [{ do: 'ask_person', leadId, about: 'stop_request' }]
  const known = match.email.reply ? address : match.email.to
  return [
    ...giveStatus('stop_request', leadId),
    { do: 'suppress', address: known, reason: 'unsubscribed' },
    ...(known === address ? [] : [{ do: 'suppress' as const, address, reason: 'unsubscribed' as const }]),
    ...(sender === address ? [] : suppressSender(sender, known)),
    { do: 'skip_emails', leadId, reason: 'unsubscribed' },
  ]
}

/** Somebody who writes from another address than the one written to means both. */
const suppressSender = (sender: string | null, known: string | null): Effect[] =>
  sender && sender !== known ? [{ do: 'suppress', address: sender, reason: 'unsubscribed' }] : []

function replied(
  { email }: NonNullable<Match>,
  lead: ConversationLead,
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

const proposals = ({ left }: Extract<MessageKind, { kind: 'human' }>, lead: ConversationLead): Effect[] =>
  left ? [{ do: 'propose', leadId: lead.id, interest: null, left: true, successor: left.successor }] : []
