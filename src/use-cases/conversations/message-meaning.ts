import {
  type EmailKeys,
  type FoundEmail,
  lookUpEmails,
  selectMessageId,
} from '@/db/queries/conversations/look-up-emails'
import { selectUnrecordedSubjects } from '@/db/queries/conversations/unrecorded-subjects'
import type { SqlPool } from '@/db/sql'
import { returnedIds } from '@/domain/conversation/bounce/bounce'
import { kindOf, type MessageKind } from '@/domain/conversation/kind'
import {
  copiedEmail,
  copyById,
  type Identity,
  lookUpsFor,
  type Match,
  matchOf,
  matchOfOwn,
} from '@/domain/conversation/match'
import { type FolderUse, type OwnAddresses, othersIn, ownOf } from '@/domain/conversation/own'
import type { ReceivedMessage } from '@/domain/conversation/received-message'
import { unsubscribeTokenIn } from '@/domain/conversation/stop/stop-request'
import { readUnsubscribeToken } from '@/lib/encryption'

/** What a message is, and which email it belongs to. */
export type Meaning =
  /** A draft, or what our own server wrote by itself. */
  | { own: 'nothing' }
  | { own: 'copy'; email: Pick<FoundEmail, 'id' | 'reply' | 'leadId' | 'campaignId' | 'isInDoubt' | 'messageIds'> }
  | { own: 'by_hand'; match: Match }
  | { own: null; kind: MessageKind; match: Match }

export type MeaningContext = { own: OwnAddresses; use: FolderUse; receivedAt: Date; consentKey: string }

// Our List-Unsubscribe headers name the mailbox itself, and the email in the subject.
const UNSUBSCRIBE_ADDRESSES: ReadonlySet<string> = new Set()

/** A message as it is understood by itself, and what has to be looked up to find its email. */
export type Understood = {
  message: ReceivedMessage
  keys: EmailKeys
  /** Its meaning, given the emails that the keys found, of other messages too. */
  meaning(found: readonly FoundEmail[]): Promise<Meaning>
}

const NO_KEYS: EmailKeys = { messageIds: [], addresses: [], domains: [] }

/** Tells what a message is. Only whose List-Unsubscribe header was used takes a statement of its own. */
export async function understand(
  sql: SqlPool,
  message: ReceivedMessage,
  { own, use, receivedAt, consentKey }: MeaningContext,
): Promise<Understood> {
  const whose = ownOf(message, use, own)
  if (whose === 'draft' || whose === 'machine')
    return { message, keys: NO_KEYS, meaning: async () => ({ own: 'nothing' }) }
  if (whose === 'written') return understandOwn(sql, message, own, receivedAt)
  const kind = kindOf(message, { receivedAt, unsubscribeAddresses: UNSUBSCRIBE_ADDRESSES })
  const identity = identityOf({ ...message, ...(await namedIn(sql, message, consentKey)) }, kind)
  const keys = keysOf(identity)
  const meaning = async (found: readonly FoundEmail[]): Promise<Meaning> => {
    return { own: null, kind, match: matchOf(identity, candidatesIn(found, keys), receivedAt) }
  }
  return { message, keys, meaning }
}

/** The email whose List-Unsubscribe header somebody has used, whoever writes: it is answered. */
async function namedIn(sql: SqlPool, { subject }: ReceivedMessage, consentKey: string) {
  const token = unsubscribeTokenIn(subject)
  const id = token && readUnsubscribeToken(consentKey, token)
  const named = id && (await selectMessageId(sql, id))
  return named ? { inReplyTo: [named.messageId] } : {}
}

function understandOwn(sql: SqlPool, message: ReceivedMessage, own: OwnAddresses, receivedAt: Date): Understood {
  const identity = { message, returnedIds: [], people: othersIn(message, own), mayMatchCompany: false }
  const keys = keysOf(identity, message.messageId ? [message.messageId] : [])
  const meaning = async (found: readonly FoundEmail[]): Promise<Meaning> => {
    const candidates = candidatesIn(found, keys)
    const copied =
      copyById(message, candidates.byMessageId) ??
      copiedEmail(message, candidates, await unrecordedAmong(sql, candidates.byAddress))
    const email = [...candidates.byMessageId, ...candidates.byAddress].find(({ id }) => id === copied?.id)
    if (email) return { own: 'copy', email }
    return { own: 'by_hand', match: matchOfOwn(identity, candidates, receivedAt) }
  }
  return { message, keys, meaning }
}

/** Of those whose fate is unknown: no record says which subject they had. */
async function unrecordedAmong(sql: SqlPool, byAddress: readonly FoundEmail[]) {
  const ids = byAddress.filter(({ isInDoubt }) => isInDoubt).map(({ id }) => id)
  const found = ids.length > 0 ? await selectUnrecordedSubjects(sql, ids) : []
  return new Map(found.map(({ id, ...subject }) => [id, subject]))
}

/** Whether a message of which only the headers are known belongs to anything of ours. */
export async function isKnown(sql: SqlPool, head: ReceivedMessage, own: OwnAddresses): Promise<boolean> {
  const people = [...peopleOf(head), ...othersIn(head, own)]
  const keys = keysOf({ message: head, returnedIds: [], people, mayMatchCompany: true })
  return (await findEmails(sql, [keys])).length > 0
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

function keysOf(identity: Identity, furtherIds: readonly string[] = []): EmailKeys {
  const { messageIds, addresses, companyDomain } = lookUpsFor(identity)
  return { messageIds: [...messageIds, ...furtherIds], addresses, domains: companyDomain ? [companyDomain] : [] }
}

/** The emails of any number of messages, with one statement; none where there is nothing to look for. */
export async function findEmails(sql: SqlPool, all: readonly EmailKeys[]): Promise<FoundEmail[]> {
  const keys = {
    messageIds: [...new Set(all.flatMap(({ messageIds }) => messageIds))],
    addresses: [...new Set(all.flatMap(({ addresses }) => addresses))],
    domains: [...new Set(all.flatMap(({ domains }) => domains))],
  }
  return Object.values(keys).every((some) => some.length === 0) ? [] : lookUpEmails(sql, keys)
}

/** Those of the found emails that these keys find. */
export function candidatesIn(found: readonly FoundEmail[], { messageIds, addresses, domains }: EmailKeys) {
  const via = (way: FoundEmail['via'], keys: readonly string[]) => {
    const those = found.filter((email) => email.via === way && keys.includes(email.key))
    return [...new Map(those.map((email) => [email.id, email])).values()]
  }
  return {
    byMessageId: via('id', messageIds),
    byAddress: via('address', addresses),
    byCompany: via('company', domains),
  }
}
