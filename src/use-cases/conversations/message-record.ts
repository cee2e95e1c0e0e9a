import { createHash } from 'node:crypto'
import type { MessageRow } from '@/db/queries/conversations/store-message'
import type { MessageKind } from '@/domain/conversation/kind'
import { type MatchedBy, plannedEmailOf } from '@/domain/conversation/match'
import { bodyText, newText } from '@/domain/conversation/new-text'
import { headerOf, type ReceivedMessage } from '@/domain/conversation/received-message'
import type { Meaning } from './message-meaning'

/** Where a message lies. */
export type MessagePlace = Pick<MessageRow, 'mailboxId' | 'folder' | 'uidValidity' | 'uid' | 'receivedAt' | 'size'>

/** How a message was matched, as its row says it. */
export const MATCHED_BY = {
  in_reply_to: 'in_reply_to',
  references: 'references',
  returned_original: 'original',
  address: 'sender',
  company_domain: 'company',
} as const satisfies Record<MatchedBy, MessageRow['matchedBy']>

/** The row of a message that was understood. */
export function recordOf(place: MessagePlace, message: ReceivedMessage, meaning: Meaning): MessageRow {
  return {
    ...place,
    ...identityOf(place, message),
    sentAt: message.sentAt,
    fromEmail: stored(message.from?.address ?? ''),
    fromName: stored(message.from?.name ?? ''),
    toEmails: message.to.map(({ address }) => stored(address)),
    subject: stored(message.subject),
    inReplyTo: message.inReplyTo[0] ? stored(message.inReplyTo[0]) : null,
    references: message.references.map(stored),
    threadIndex: stored(headerOf(message, 'thread-index')).replace(/\s+/g, '') || null,
    newText: stored(newText(message)),
    bodyText: stored(bodyText(message)),
    bodyHtml: message.html ? stored(message.html) : null,
    attachments: message.parts.map(({ filename, type, bytes }) => ({
      filename: filename === null ? null : stored(filename),
      type: stored(type),
      bytes,
    })),
    ...factsOf(meaning),
  }
}

/** What tells a message from all others of its mailbox. */
export const identityOf = ({ size }: MessagePlace, message: ReceivedMessage) => ({
  messageId: stored(message.messageId ?? ''),
  contentHash: contentHash(message, size),
})

/** The row of a message that cannot be read, with the reason why. */
export const unreadableRecord = (place: MessagePlace, headers: Uint8Array, reason: string): MessageRow => ({
  ...place,
  messageId: '',
  // Of one that the server refuses nothing is known but its place.
  contentHash: createHash('sha256')
    .update(headers.length > 0 ? headers : `${place.folder}\n${place.uidValidity}\n${place.uid}\n`)
    .update(String(place.size))
    .digest('hex'),
  sentAt: null,
  fromEmail: '',
  fromName: '',
  toEmails: [],
  subject: '',
  inReplyTo: null,
  references: [],
  threadIndex: null,
  newText: '',
  bodyText: '',
  bodyHtml: null,
  attachments: [],
  kind: 'unreadable',
  details: { reason: stored(reason) },
  matchedBy: null,
  scheduledEmailId: null,
  leadId: null,
  campaignId: null,
})

type Facts = Pick<MessageRow, 'kind' | 'details' | 'matchedBy' | 'scheduledEmailId' | 'leadId' | 'campaignId'>

function factsOf(meaning: Meaning): Facts {
  const nobody = { matchedBy: null, scheduledEmailId: null, leadId: null, campaignId: null }
  if (meaning.own === 'nothing') return { kind: 'own', details: {}, ...nobody }
  if (meaning.own === 'copy') {
    const { leadId, campaignId } = meaning.email
    const email = { matchedBy: null, scheduledEmailId: plannedEmailOf(meaning.email), leadId, campaignId }
    return { kind: 'own', details: { copy: true }, ...email }
  }
  // A reply to somebody who is no lead belongs to no planned email either.
  const match = meaning.match?.email.leadId ? meaning.match : null
  const found = match
    ? {
        matchedBy: MATCHED_BY[match.by],
        scheduledEmailId: plannedEmailOf(match.email),
        leadId: match.email.leadId,
        campaignId: match.email.campaignId,
      }
    : nobody
  if (meaning.own === 'by_hand') return { kind: 'own', details: { byHand: true }, ...found }
  const { kind, ...details } = meaning.kind
  return { kind: columnKind(meaning.kind), details: { ...details, kind }, ...found }
}

const columnKind = (kind: MessageKind): MessageRow['kind'] =>
  kind.kind === 'automatic' && kind.away ? 'out_of_office' : kind.kind

// What a server adds on the way differs with each delivery, and is left out.
const HASHED = ['from', 'to', 'cc', 'subject', 'date', 'message-id', 'in-reply-to', 'content-type']

/** The same for one message however often and into whichever folder it was delivered. */
function contentHash(message: ReceivedMessage, size: number): string {
  const headers = HASHED.map((name) => headerOf(message, name)).join('\n')
  // Without an id of its own, two messages of one second and subject are told apart by their length at least.
  return createHash('sha256')
    .update(message.messageId ? headers : `${headers}\n${size}`)
    .digest('hex')
}

/** Text that the database takes: without NUL, and without halves of characters. */
const stored = (text: string): string => text.replaceAll('\0', '').toWellFormed()
