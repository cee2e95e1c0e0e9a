import { type FoundEmail, lookUpEmails, selectMessageId } from '@/db/queries/conversations/look-up-emails'
import type { SqlPool } from '@/db/sql'
import { returnedIds } from '@/domain/conversation/bounce/bounce'
import { kindOf, type MessageKind } from '@/domain/conversation/kind'
import { copiedEmail, type Identity, lookUpsFor, type Match, matchOf } from '@/domain/conversation/match'
import { type FolderUse, type OwnAddresses, othersIn, ownOf } from '@/domain/conversation/own'
import type { ReceivedMessage } from '@/domain/conversation/received-message'
import { unsubscribeTokenIn } from '@/domain/conversation/stop-request'
import { domainOf } from '@/domain/lead/email'
import { readUnsubscribeToken } from '@/lib/encryption'

/** What a message is, and which email it belongs to. */
export type Meaning =
  /** A draft, or what our own server wrote by itself. */
  | { own: 'nothing' }
  | { own: 'copy'; email: Pick<FoundEmail, 'id' | 'leadId' | 'campaignId' | 'isInDoubt' | 'messageIds'> }
  | { own: 'by_hand'; match: Match }
  | { own: null; kind: MessageKind; match: Match }

export type MeaningContext = { own: OwnAddresses; use: FolderUse; receivedAt: Date; consentKey: string }

// Our List-Unsubscribe headers name the mailbox itself, and the email in the subject.
const UNSUBSCRIBE_ADDRESSES: ReadonlySet<string> = new Set()

/** Tells what a message is and finds its email, with one statement. */
export async function meaningOf(
  sql: SqlPool,
  message: ReceivedMessage,
  { own, use, receivedAt, consentKey }: MeaningContext,
): Promise<Meaning> {
  const whose = ownOf(message, use, own)
  if (whose === 'draft' || whose === 'machine') return { own: 'nothing' }
  if (whose === 'written') return ownMeaning(sql, message, own, receivedAt)
  const kind = kindOf(message, { receivedAt, unsubscribeAddresses: UNSUBSCRIBE_ADDRESSES })
  const identity = identityOf({ ...message, ...(await namedIn(sql, message, consentKey)) }, kind)
  return { own: null, kind, match: matchOf(identity, await candidatesFor(sql, identity), receivedAt) }
}

/** The email whose List-Unsubscribe header somebody has used, whoever writes: it is answered. */
async function namedIn(sql: SqlPool, { subject }: ReceivedMessage, consentKey: string) {
  const token = unsubscribeTokenIn(subject)
  const id = token && readUnsubscribeToken(consentKey, token)
  const named = id && (await selectMessageId(sql, id))
  return named ? { inReplyTo: [named.messageId] } : {}
}

async function ownMeaning(
  sql: SqlPool,
  message: ReceivedMessage,
  own: OwnAddresses,
  receivedAt: Date,
): Promise<Meaning> {
  const identity = { message, returnedIds: [], people: othersIn(message, own), mayMatchCompany: false }
  const candidates = await candidatesFor(sql, identity, message.messageId ? [message.messageId] : [])
  const copied = copiedEmail(message, candidates)
  const email = [...candidates.byMessageId, ...candidates.byAddress].find(({ id }) => id === copied?.id)
  if (email) return { own: 'copy', email }
  return { own: 'by_hand', match: matchOf(identity, candidates, receivedAt) }
}

/** Whether a message of which only the headers are known belongs to anything of ours. */
export async function isKnown(sql: SqlPool, head: ReceivedMessage, own: OwnAddresses): Promise<boolean> {
  const { byMessageId, byAddress, byCompany } = await candidatesFor(sql, {
    message: head,
    returnedIds: [],
    people: [...peopleOf(head), ...othersIn(head, own)],
    mayMatchCompany: true,
  })
  return byMessageId.length + byAddress.length + byCompany.length > 0
}

const identityOf = (message: ReceivedMessage, { kind }: MessageKind): Identity => ({
  message,
  returnedIds: returnedIds(message),
  people: peopleOf(message),
  mayMatchCompany: kind !== 'bounce' && kind !== 'complaint',
})

const peopleOf = ({ from, replyTo }: ReceivedMessage): string[] => [
  ...new Set([...(from ? [from] : []), ...replyTo].map(({ address }) => address)),
]

async function candidatesFor(sql: SqlPool, identity: Identity, furtherIds: readonly string[] = []) {
  const { messageIds, addresses, companyDomain } = lookUpsFor(identity)
  const domains = companyDomain ? [...new Set([companyDomain, ...identity.people.map(domainOf)])] : []
  const ids = [...messageIds, ...furtherIds]
  if (ids.length + addresses.length + domains.length === 0) return { byMessageId: [], byAddress: [], byCompany: [] }
  const found = await lookUpEmails(sql, { messageIds: ids, addresses, domains })
  const via = (way: FoundEmail['via']) => found.filter((email) => email.via === way)
  return { byMessageId: via('id'), byAddress: via('address'), byCompany: via('company') }
}
