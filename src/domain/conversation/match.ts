import { domainOf } from '../lead/email'
import { isFreeMailDomain } from '../lead/free-mail'
import { companyDomain } from '../lead-generation/company-domain'
import { DAY_MS } from '../time/duration'
import type { ReceivedMessage } from './received-message'
import { subjectsAgree } from './subject'
import { maybeSubjectOf, type UnrecordedSubject } from './unrecorded-subject'

/** An email that left, or may have left, as matching needs it: one row of `emails` or `scheduled_emails`. */
export type SentEmail = {
  id: string
  leadId: string
  campaignId: string | null
  mailboxId: string
  /** Ours, and the provider's where it set one of its own. */
  messageIds: readonly string[]
  /** Address that it went to, in stored spelling. */
  to: string
  subject: string
  sentAt: Date
  /** The lead still has emails of this campaign planned, on the wire, or held. */
  isOpen: boolean
}

/** What to look up before a message is matched. Empty lists need no statement. */
export type LookUps = {
  /** Emails whose own or provider's Message-ID is one of these. */
  messageIds: readonly string[]
  /** The latest email of each campaign to leads at these addresses. */
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
 * days; that person's company. Never the subject alone.
 */
export function matchOf(identity: Identity, candidates: Candidates, receivedAt: Date): Match {
  const { message, returnedIds } = identity
  const withId = (ids: readonly string[], fits: (email: SentEmail) => boolean = () => true) =>
    ids
      .toReversed()
      .flatMap((id) => candidates.byMessageId.filter(({ messageIds }) => messageIds.includes(id)))
      .find(fits)
  const answered = withId(message.inReplyTo)
  if (answered) return { by: 'in_reply_to', email: answered }
  const referred = withId(message.references, ({ subject }) => subjectsAgree(subject, message.subject))
  if (referred) return { by: 'references', email: referred }
  const returned = withId(returnedIds)
  if (returned) return { by: 'returned_original', email: returned }

  const isRecent = ({ isOpen, sentAt }: SentEmail) =>
    isOpen || receivedAt.getTime() - sentAt.getTime() <= ANSWER_DAYS * DAY_MS
  const known = likeliest(
    candidates.byAddress.filter((email) => isRecent(email) && identity.people.includes(email.to)),
    message.subject,
  )
  if (known) return { by: 'address', email: known }
  const domain = lookUpsFor(identity).companyDomain
  const colleague = likeliest(
    candidates.byCompany.filter((email) => domain !== null && isRecent(email) && ownDomain(email.to) === domain),
    message.subject,
  )
  return colleague ? { by: 'company_domain', email: colleague } : null
}

/** Of several conversations the one whose subject agrees, then one that is open, then the latest. */
const likeliest = (emails: readonly SentEmail[], subject: string): SentEmail | undefined =>
  emails.toSorted(
    (a, b) =>
      Number(subjectsAgree(b.subject, subject)) - Number(subjectsAgree(a.subject, subject)) ||
      Number(b.isOpen) - Number(a.isOpen) ||
      b.sentAt.getTime() - a.sentAt.getTime(),
  )[0]

/**
 * Which email an own copy is of, by Message-ID or else by recipient, date and subject; null for one that no engine sent. What was
 * never recorded (`unrecorded`, by id) is known by its template's subject.
 */
export function copiedEmail(
  message: Pick<ReceivedMessage, 'messageId' | 'to' | 'cc' | 'subject' | 'sentAt'>,
  { byMessageId, byAddress }: Pick<Candidates, 'byMessageId' | 'byAddress'>,
  unrecorded: ReadonlyMap<string, UnrecordedSubject> = new Map(),
): SentEmail | null {
  const { messageId, subject, sentAt } = message
  const same = byMessageId.find(({ messageIds }) => messageId !== null && messageIds.includes(messageId))
  if (same) return same
  const recipients = [...message.to, ...message.cc].map(({ address }) => address)
  const hasSubject = ({ id, subject: sent }: SentEmail) => {
    const known = unrecorded.get(id)
    return known ? maybeSubjectOf(known, subject) : sent.trim() === subject
  }
  const isSame = (email: SentEmail) =>
    recipients.includes(email.to) &&
    sentAt !== null &&
    Math.abs(email.sentAt.getTime() - sentAt.getTime()) <= COPY_WITHIN_MS &&
    hasSubject(email)
  return byAddress.find(isSame) ?? null
}

// The Date header is written before the server answers, and a queue may hold the email for a while.
const COPY_WITHIN_MS = 15 * 60_000
