/** One message of a conversation, theirs or ours, in the order they came. */
export type ThreadMessage = {
  /** Ours, fixed at planning, or the one in a received message; with angle brackets. */
  messageId: string
  /** What a provider put in its place; null where it kept ours. */
  providerMessageId?: string | null
  /** The references that a received message carried. */
  references?: readonly string[]
  threadIndex?: string | null
}

/** Headers that put an email into the conversation; null values are left out. */
export type ThreadHeaders = { inReplyTo: string | null; references: readonly string[]; threadIndex: string | null }

// RFC 5322 sets no bound; servers and clients cut longer ones in places of their own.
const MOST_REFERENCES = 20

/**
 * Headers of the next email in a conversation: it answers the last message, and names the whole chain, both ids of ours.
 * `seconds` is when it is written, in seconds since 1970, and `random` a byte: only a thread that has a Thread-Index gets
 * one, with one more child block.
 */
export function threadHeaders(
  messages: readonly ThreadMessage[],
  { seconds, random }: { seconds: number; random: number },
): ThreadHeaders {
  const last = messages.at(-1)
  if (!last) return { inReplyTo: null, references: [], threadIndex: null }
  const parent = messages.findLast(({ threadIndex }) => threadIndex)?.threadIndex ?? null
  return {
    inReplyTo: last.providerMessageId ?? last.messageId,
    references: referenceChain(messages),
    threadIndex: parent && childThreadIndex(parent, { seconds, random }),
  }
}

/** All ids of the conversation, oldest first, each once, cut like every chain. */
export function referenceChain(messages: readonly ThreadMessage[]): string[] {
  const ids = messages.flatMap(({ messageId, providerMessageId, references = [] }) => [
    ...references,
    ...(providerMessageId && providerMessageId !== messageId ? [messageId, providerMessageId] : [messageId]),
  ])
  // The last mention counts: what is answered stands at the end.
  const chain = [...new Set(ids.toReversed())].toReversed()
  const first = ids[0]
  if (first === undefined || chain.length <= MOST_REFERENCES) return chain
  return cutChain([first, ...chain.filter((id) => id !== first)])
}

/** At most 20 ids of a chain, of which the first and the latest are kept. */
export function cutChain(chain: readonly string[]): string[] {
  const [first, ...others] = chain
  return first === undefined ? [] : [first, ...others.slice(1 - MOST_REFERENCES)]
}

// MS-OXOMSG 2.2.1.3: 22 bytes of header, of which 5 are time and 16 a GUID, then 5 bytes for each answer.
const HEADER_BYTES = 22
const CHILD_BYTES = 5
const TICKS_PER_SECOND = 10_000_000n
const SECONDS_FROM_1601_TO_1970 = 11_644_473_600n
// A child tells time since the header in units of 2^18 ticks below, of 2^23 above about 1.7 years.
const [FINE_SHIFT, COARSE_SHIFT] = [18n, 23n]
const FINE_LIMIT = 1n << 49n
const TIME_BITS = 0x7fff_ffffn

/** The Thread-Index of an answer: the parent's with one more child block; null where the parent's is none. */
export function childThreadIndex(
  parent: string,
  { seconds, random }: { seconds: number; random: number },
): string | null {
  const bytes = bytesOf(parent)
  if (!bytes || bytes.length < HEADER_BYTES || (bytes.length - HEADER_BYTES) % CHILD_BYTES !== 0) return null
  const begun = timeOf(bytes.slice(0, 6))
  const now = (BigInt(Math.floor(seconds)) + SECONDS_FROM_1601_TO_1970) * TICKS_PER_SECOND
  const elapsed = now > begun ? now - begun : 0n
  const isCoarse = elapsed >= FINE_LIMIT
  const time = (elapsed >> (isCoarse ? COARSE_SHIFT : FINE_SHIFT)) & TIME_BITS
  const stamp = Number(isCoarse ? time | 0x8000_0000n : time)
  const block = [stamp >>> 24, (stamp >>> 16) & 0xff, (stamp >>> 8) & 0xff, stamp & 0xff, random & 0xff]
  return btoa(String.fromCharCode(...bytes, ...block))
}

/** The FILETIME of the header, whose six most significant bytes it holds. */
const timeOf = (bytes: readonly number[]): bigint =>
  bytes.reduce((time, byte) => (time << 8n) | BigInt(byte), 0n) << 16n

function bytesOf(base64: string): number[] | null {
  const text = base64.replace(/\s+/g, '')
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(text) || text.length % 4 !== 0 || text.length > 4_000) return null
  return [...atob(text)].map((letter) => letter.charCodeAt(0))
}
