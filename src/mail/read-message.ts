import PostalMime, { type Address, type Attachment, type Email, type HeaderLine, type Mailbox } from 'postal-mime'
import { type MessagePart, messageIdsIn, type ReceivedMessage } from '@/domain/conversation/received-message'
import { cutText } from '@/domain/cut-text'
import type { Person } from '@/domain/message/headers'

/** Sizes within which a message is read; what is longer is cut, so that its beginning still counts. */
export type ReadLimits = {
  /** Bytes of the whole message. */
  messageBytes: number
  /** Bytes of all headers together; a message with more is unreadable. */
  headerBytes: number
  /** Characters of each body and of each part's text. */
  textLength: number
  /** Characters of the subject. */
  subjectLength: number
  /** Parts within parts; a message with more is unreadable. */
  depth: number
}

export const READ_LIMITS: ReadLimits = {
  messageBytes: 4 * 1024 * 1024,
  headerBytes: 256 * 1024,
  textLength: 256 * 1024,
  subjectLength: 2_000,
  depth: 40,
}

/** A message that no rule can be asked about; its text says why, for the mailbox's page. */
export class UnreadableMessage extends Error {
  constructor(reason: string) {
    super(reason)
    this.name = 'UnreadableMessage'
  }
}

// Parts whose contents are facts about an email of ours.
const EVIDENCE =
  /^(message\/(delivery-status|global-delivery-status|feedback-report|disposition-notification|rfc822|global|rfc822-headers)|text\/rfc822-headers?)$/
// Beyond, a message is a bomb or a mailing list's archive; the first ones hold what matters.
const MOST_PARTS = 200
const MOST_ADDRESSES = 500
// RFC 5321 allows 64 characters, an @ and 255.
const LONGEST_ADDRESS = 320
// "Mon, 14 Dec 2026 10:00:00 +0100 (Central European Standard Time)"
const LONGEST_DATE = 200

/**
 * Reads a raw message. Returned originals stay parts and never become part of the body.
 * @throws {UnreadableMessage} when it is not a message, or exceeds the limits of headers or depth.
 */
export async function readMessage(raw: Uint8Array, limits: ReadLimits = READ_LIMITS): Promise<ReceivedMessage> {
  const email = await parse(raw.subarray(0, limits.messageBytes), limits)
  if (email.headers.length === 0) throw new UnreadableMessage('It has no headers.')
  const value = (name: string) => email.headers.find(({ key }) => key === name)?.value ?? ''
  const from = peopleOf(email.from ? [email.from] : [])[0] ?? null
  return {
    headers: email.headers.map(({ key, value }) => ({ name: key, value })),
    from,
    replyTo: peopleOf(email.replyTo),
    to: peopleOf(email.to),
    cc: peopleOf(email.cc),
    subject: (email.subject ?? '').replace(/\s+/g, ' ').trim().slice(0, limits.subjectLength).trimEnd(),
    ...dateOf(value('date')),
    messageId: messageIdsIn(value('message-id'))[0] ?? null,
    inReplyTo: messageIdsIn(value('in-reply-to')),
    references: messageIdsIn(email.headers.flatMap((h) => (h.key === 'references' ? h.value : [])).join(' ')),
    contentType: contentTypeOf(email.headerLines),
    text: cutText(email.text ?? '', limits.textLength),
    html: cutText(email.html ?? '', limits.textLength),
    parts: email.attachments.slice(0, MOST_PARTS).map((part) => partOf(part, limits)),
  }
}

/** The headers of a raw message, with the empty line that ends them; null where they do not end in what there is. */
export function headOf(raw: Uint8Array): Uint8Array | null {
  const bytes = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength)
  const end = bytes.indexOf('\r\n\r\n')
  return end < 0 ? null : raw.subarray(0, end + 4)
}

async function parse(raw: Uint8Array, limits: ReadLimits): Promise<Email> {
  try {
    return await PostalMime.parse(raw, {
      forceRfc822Attachments: true,
      maxHeadersSize: limits.headerBytes,
      maxNestingDepth: limits.depth,
    })
  } catch (error) {
    throw new UnreadableMessage(error instanceof Error ? `${error.message}.` : 'It is not a message.')
  }
}

const isMailbox = (address: Address): address is Mailbox => address.group === undefined

const peopleOf = (addresses: readonly Address[] = []): Person[] =>
  addresses
    .slice(0, MOST_ADDRESSES)
    .flatMap((address) => (isMailbox(address) ? [address] : address.group))
    .filter(({ address }) => address.includes('@') && address.length <= LONGEST_ADDRESS)
    .map(({ name, address }) => ({ name, address: address.trim().toLowerCase() }))

// What lies beyond has a text of another shape in JavaScript than in PostgreSQL.
const LAST_YEAR = 9999

/** Reads "Mon, 14 Dec 2026 10:00:00 +0100 (CET)"; a date that no calendar holds counts as none. */
function dateOf(value: string): Pick<ReceivedMessage, 'sentAt' | 'utcOffsetMinutes'> {
  const header = value.slice(0, LONGEST_DATE)
  const date = new Date(header.replace(/\([^()]*\)/g, '').trim())
  const [, sign, hours, minutes] = /([+-])(\d\d):?(\d\d)\s*(?:\(.*)?$/.exec(header) ?? []
  const offset = (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * (sign === '-' ? -1 : 1)
  return {
    sentAt: date.getUTCFullYear() >= 1 && date.getUTCFullYear() <= LAST_YEAR ? date : null,
    utcOffsetMinutes: Math.abs(offset) <= 14 * 60 ? offset : 0,
  }
}

function contentTypeOf(lines: readonly HeaderLine[]): string {
  const line = lines.find(({ key }) => key === 'content-type')?.line ?? ''
  return /:\s*([\w.+-]+\/[\w.+-]+)/.exec(line)?.[1]?.toLowerCase() ?? 'text/plain'
}

function partOf({ mimeType, filename, content }: Attachment, { textLength }: ReadLimits): MessagePart {
  const bytes = typeof content === 'string' ? Buffer.from(content) : new Uint8Array(content)
  const isEvidence = EVIDENCE.test(mimeType)
  return {
    type: mimeType,
    filename,
    bytes: bytes.byteLength,
    text: isEvidence ? new TextDecoder().decode(bytes.subarray(0, textLength)) : null,
  }
}
