import type { Person } from '../message/headers'

/**
 * Facts of a message from one of our mailboxes, as a MIME parser reads it: decoded, unfolded, within limits. `readMessage`
 * in `src/mail` makes it; every rule about answers takes it.
 */
export type ReceivedMessage = {
  /** All of them, in document order; names in lower case, repeated headers as often as they stand there. */
  headers: readonly { name: string; value: string }[]
  from: Person | null
  replyTo: readonly Person[]
  /** Groups are unwrapped. */
  to: readonly Person[]
  cc: readonly Person[]
  subject: string
  /** The Date header; null where it is missing or no date. */
  sentAt: Date | null
  /** Minutes east of UTC that the Date header names; 0 where it names none. */
  utcOffsetMinutes: number
  /** With angle brackets, like all ids here. */
  messageId: string | null
  inReplyTo: readonly string[]
  /** Oldest first. */
  references: readonly string[]
  /** Type of the whole message, in lower case without parameters: `multipart/report`. */
  contentType: string
  /** Plain text of the body; '' where there is none. */
  text: string
  /** HTML of the body; '' where there is none. */
  html: string
  /** Everything that is no body: attachments, and the machine-readable parts of reports. */
  parts: readonly MessagePart[]
}

export type MessagePart = {
  /** In lower case without parameters: `message/delivery-status`. */
  type: string
  filename: string | null
  bytes: number
  /** Decoded contents of reports and returned originals, at most as long as the limit of texts; null for other parts. */
  text: string | null
}

/** The first header of this name, or ''. */
export const headerOf = ({ headers }: Pick<ReceivedMessage, 'headers'>, name: string): string =>
  headers.find((header) => header.name === name)?.value ?? ''

/** True where a header of this name stands in the message. */
export const hasHeader = ({ headers }: Pick<ReceivedMessage, 'headers'>, name: string): boolean =>
  headers.some((header) => header.name === name)

// No message needs more; the rest of a forged chain is not looked up.
const MOST_IDS = 100

/** The Message-IDs in a header or in any text, in order, each once, with angle brackets. */
export function messageIdsIn(text: string): string[] {
  const bracketed = [...text.matchAll(/<([^<>\s@]{1,250}@[^<>\s@]{1,250})>/g)].map(([id]) => id)
  if (bracketed.length > 0) return [...new Set(bracketed)].slice(0, MOST_IDS)
  // Some programs write the id of In-Reply-To without brackets.
  const bare = /^\s*([^<>\s@]{1,250}@[^<>\s@]{1,250})\s*$/.exec(text)?.[1]
  return bare ? [`<${bare}>`] : []
}

/** The value of `Name: value` lines in a block of header-like text, in order; continued lines are joined. */
export function fieldsIn(block: string): { name: string; value: string }[] {
  const fields: { name: string; lines: string[] }[] = []
  for (const line of block.split(/\r?\n/)) {
    const [start, name] = /^([A-Za-z][A-Za-z0-9-]{0,60})[ \t]*:/.exec(line) ?? []
    if (name) fields.push({ name: name.toLowerCase(), lines: [line.slice(start?.length).trim()] })
    else if (/^[ \t]+\S/.test(line)) fields.at(-1)?.lines.push(line.trim())
  }
  return fields.map(({ name, lines }) => ({ name, value: lines.join(' ').trim() }))
}
