import { domainOf } from '../lead/email'
import { isFreeMailDomain } from '../lead/free-mail'
import { companyDomain } from '../lead-generation/company-domain'
import { DAY_MS } from '../time/duration'
import type { ReceivedMessage } from './received-message'
import { COPY_WITHIN_MS } from './sent-copies'
import { beginsLikeAnswer, isForwarded, subjectsAgree } from './subject'
import { maybeSubjectOf, type UnrecordedSubject } from './unrecorded-subject'

/** An email that left, or may have left, as matching needs it: one row of `emails`, `scheduled_emails` or `replies`. */
export type SentEmail = {
  id: string
  /** Where it is a reply that one of us has written: with which planned email its conversation began, while that is there. */
  reply?: { plannedEmailId: string | null; isForward: boolean; recipients: readonly string[] } | null
  /** Null for a reply to somebody who is no lead. */
  leadId: string | null
  campaignId: string | null
  mailboxId: string
  /** Ours, and the provider's where it set one of its own. */
  messageIds: readonly string[]
  /** Address that it went to, in stored spelling; of a reply the first one. */
  to: string
  /** Of its lead, where the address was corrected: the present one, and those before. */
  leadAddresses?: readonly string[]
  subject: string
  sentAt: Date
  /** The lead still has emails of this campaign planned, on the wire, or held. */
  isOpen: boolean
}

/** The planned email that an email is, or with which its conversation began; null where there is none any more. */
export const plannedEmailOf = ({ id, reply }: Pick<SentEmail, 'id' | 'reply'>): string | null =>
  reply ? reply.plannedEmailId : id

/** All addresses that it went to: several only where one of us wrote it. */
export const addressesOf = ({ to, reply }: Pick<SentEmail, 'to' | 'reply'>): readonly string[] =>
  reply?.recipients ?? [to]

/**
 * Whether an answer is the lead's own word. What a campaign sent is answered for the lead from whatever address; of a reply's several
 * recipients each answers for itself. `unclear`: it may be the lead at another address, or anybody.
 */
export function whoAnswers(
  { to, reply }: Pick<SentEmail, 'to' | 'reply'>,
  lead: { email: string },
  sender: string | null,
): 'lead' | 'other' | 'unclear' {
  if (!reply || sender === lead.email) return 'lead'
  const addresses = addressesOf({ to, reply })
  if (!addresses.includes(lead.email)) return 'unclear'
  if (sender !== null && addresses.includes(sender)) return 'other'
  return addresses.length === 1 ? 'lead' : 'unclear'
}

/** What to look up before a message is matched. Empty lists need no statement. */
export type LookUps = {
  /** Emails whose own or provider's Message-ID is one of these. */
  messageIds: readonly string[]
  /** The latest email of each campaign to leads at these addresses, or that were there before. */
  addresses: readonly string[]
  /** The latest email of each campaign to leads at this domain or below it; null for free-mail and shared hosts. */
  companyDomain: string | null
}

export type Candidates = {
  byMessageId: readonly SentEmail[]
  byAddress: readonly SentEmail[]
  byCompany: readonly SentEmail[]
}

export type MatchedBy = 'in_reply_to' | 'references' | 'returned_original' | 'address' | 'company_domain'

/** The email that a message belongs to, and by what; null belongs to none, and is shown as such. */
export type Match = { by: MatchedBy; email: SentEmail } | null

/** Outreach counts for an answer without ids as long as it goes on, and this long after its last email. */
export const ANSWER_DAYS = 90

/** What identifies a message: its ids, those of an original that it returns, and who wrote it. */
export type Identity = {
  message: Pick<ReceivedMessage, 'inReplyTo' | 'references' | 'subject'>
  /** Message-IDs within a returned original (`returnedIds`). */
  returnedIds: readonly string[]
  /** Those who answer, in order of trust: From, then Reply-To; for an answer by hand, its recipients. */
  people: readonly string[]
  /** Reports of servers, and what we wrote ourselves, are never matched by a company's domain. */
  mayMatchCompany: boolean
}

/** What to look up for a message. */
export function lookUpsFor({ message, returnedIds, people, mayMatchCompany }: Identity): LookUps {
  return {
    messageIds: [...new Set([...message.inReplyTo, ...message.references, ...returnedIds])],
    addresses: [...new Set(people)],
    companyDomain: mayMatchCompany ? (people.map(ownDomain).find((domain) => domain !== null) ?? null) : null,
  }
}

/** The registrable domain of somebody's company; null at free-mail providers and hosts that many share. */
export function ownDomain(address: string): string | null {
  const domain = domainOf(address)
  const own = companyDomain(domain)
  return own && !isFreeMailDomain(domain) && !isFreeMailDomain(own) ? own : null
}

/**
 * The email that a message belongs to. The first that fits: In-Reply-To; References where the subject agrees, since people
 * take old messages for new matters; an id within a returned original; a person with open outreach or outreach of the last 90
 * days; that person's company; by its ids a reply to somebody who is no lead. Never the subject alone.
 */
export function matchOf(identity: Identity, candidates: Candidates, receivedAt: Date): Match {
  // What was handed on to others is no talk with the lead, and neither are their answers.
  const conversed = candidates.byMessageId.filter(({ reply }) => !reply?.isForward)
  const withLead = conversed.filter(({ leadId }) => leadId !== null)
  return (
    matchById(identity, withLead) ?? matchByPerson(identity, candidates, receivedAt) ?? matchById(identity, conversed)
  )
}

/**
 * The email whose lead we have written to by hand, found as those of others are. What was handed on, or went to nobody but ourselves,
 * names our email too, and is no talk with the lead: it belongs to none, unless the lead or somebody of the same company gets it.
 */
export function matchOfOwn(identity: Identity, candidates: Candidates, receivedAt: Date): Match {
  const { people, message } = identity
  const match = matchOf(identity, candidates, receivedAt)
  if (!match || people.some((address) => isOfLead(match.email, address))) return match
  return people.length > 0 && !isForwarded(message.subject) ? match : null
}

/** Whether an email to this address reaches whom the email went to, or somebody of the same company. */
function isOfLead(email: SentEmail, address: string): boolean {
  const company = ownDomain(address)
  return addressesOf(email).some((to) => to === address || (company !== null && ownDomain(to) === company))
}

function matchById({ message, returnedIds }: Identity, conversed: readonly SentEmail[]): Match {
  const withId = (ids: readonly string[], fits: (email: SentEmail) => boolean = () => true) =>
    ids
      .toReversed()
      .flatMap((id) => conversed.filter(({ messageIds }) => messageIds.includes(id)))
      .find(fits)
  const answered = withId(message.inReplyTo)
  if (answered) return { by: 'in_reply_to', email: answered }
  const referred = withId(message.references, ({ subject }) => subjectsAgree(subject, message.subject))
  if (referred) return { by: 'references', email: referred }
  const returned = withId(returnedIds)
  return returned ? { by: 'returned_original', email: returned } : null
}

function matchByPerson(identity: Identity, candidates: Candidates, receivedAt: Date): Match {
  const { message } = identity
  const isRecent = ({ isOpen, sentAt }: SentEmail) =>
    isOpen || receivedAt.getTime() - sentAt.getTime() <= ANSWER_DAYS * DAY_MS
  const known = likeliest(
    candidates.byAddress.filter(
      (email) => isRecent(email) && leadAddressesOf(email).some((address) => identity.people.includes(address)),
    ),
    message.subject,
  )
  if (known) return { by: 'address', email: known }
  const domain = lookUpsFor(identity).companyDomain
  const colleague = likeliest(
    candidates.byCompany.filter(
      (email) =>
        domain !== null && isRecent(email) && leadAddressesOf(email).some((address) => ownDomain(address) === domain),
    ),
    message.subject,
  )
  return colleague ? { by: 'company_domain', email: colleague } : null
}

const leadAddressesOf = ({ to, leadAddresses = [] }: SentEmail): readonly string[] => [to, ...leadAddresses]

/** Of several conversations the one whose subject agrees, then one that is open, then the latest. */
const likeliest = (emails: readonly SentEmail[], subject: string): SentEmail | undefined =>
  emails.toSorted(
    (a, b) =>
      Number(subjectsAgree(b.subject, subject)) - Number(subjectsAgree(a.subject, subject)) ||
      Number(b.isOpen) - Number(a.isOpen) ||
      b.sentAt.getTime() - a.sentAt.getTime(),
  )[0]

/** An own message, as telling whose copy it is needs it. */
type OwnMessage = Pick<ReceivedMessage, 'messageId' | 'inReplyTo' | 'references' | 'to' | 'cc' | 'subject' | 'sentAt'>

/**
 * Which email an own copy is of, by its ids (`copyById`) or else by recipient, date and subject; null for one that no engine sent.
 * What was never recorded (`unrecorded`, by id) is known by its template's subject, in a message that answers no other.
 */
export function copiedEmail(
  message: OwnMessage,
  { byMessageId, byAddress }: Pick<Candidates, 'byMessageId' | 'byAddress'>,
  unrecorded: ReadonlyMap<string, UnrecordedSubject> = new Map(),
): SentEmail | null {
  const { subject, sentAt } = message
  const same = copyById(message, byMessageId)
  if (same) return same
  const recipients = recipientsOf(message)
  const hasSubject = ({ id, subject: sent }: SentEmail) => {
    const known = unrecorded.get(id)
    return known ? message.inReplyTo.length === 0 && maybeSubjectOf(known, subject) : sent.trim() === subject
  }
  const isSame = (email: SentEmail) =>
    recipients.includes(email.to) &&
    sentAt !== null &&
    Math.abs(email.sentAt.getTime() - sentAt.getTime()) <= COPY_WITHIN_MS &&
    hasSubject(email)
  return byAddress.find(isSame) ?? null
}

/**
 * The email that an own message is proved to be a copy of by its ids: it has one of the email's as its own, or it is to the same lead
 * and its References end with ours, and it does not answer it. Each email of ours names itself there, for a provider that puts another
 * Message-ID in place of ours keeps these; in what people write, the message that they answer stands at the end.
 */
export function copyById(message: OwnMessage, byMessageId: readonly SentEmail[]): SentEmail | null {
  const { messageId, inReplyTo } = message
  const has = ({ messageIds }: SentEmail, id: string | null) => id !== null && messageIds.includes(id)
  const same = byMessageId.find((email) => has(email, messageId))
  if (same || message.references.length === 0) return same ?? null
  // Some programs forward, and a few answer, with References alone.
  if (inReplyTo.length === 0 && beginsLikeAnswer(message.subject)) return null
  const recipients = recipientsOf(message)
  const namesItself = (email: SentEmail) =>
    email.messageIds[0] === message.references.at(-1) &&
    !inReplyTo.some((id) => has(email, id)) &&
    recipients.includes(email.to)
  return byMessageId.find(namesItself) ?? null
}

const recipientsOf = ({ to, cc }: OwnMessage): string[] => [...to, ...cc].map(({ address }) => address)
