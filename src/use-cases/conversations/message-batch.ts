import { setImmediate } from 'node:timers/promises'
import { isRefusedForGood } from '@/db/errors'
import type { FoundEmail } from '@/db/queries/conversations/look-up-emails'
import { type MessageRow, selectStored } from '@/db/queries/conversations/store-message'
import type { Deps } from '@/deps'
import { hasNoReturnPath, isFromServer } from '@/domain/conversation/bounce/shapes'
import type { FolderUse } from '@/domain/conversation/own'
import { isRefusalKind } from '@/domain/conversation/reading-pace'
import type { ReceivedMessage } from '@/domain/conversation/received-message'
import { ImapFailure, LISTED_BYTES, type ListedMessage, type OpenedFolder } from '@/mail/imap/opened-mailbox'
import { headOf, readMessage, UnreadableMessage } from '@/mail/read-message'
import type { Listed, Listing } from './listing'
import { findEmails, isKnown, type Understood, understand } from './message-meaning'
import { identityOf, type MessagePlace, unreadableRecord } from './message-record'
import type { Reading } from './reading'

const MOST_MESSAGES = 50
// Of bodies; one more may come on top.
const MOST_BYTES = 4 * 1024 * 1024
// Storing renews the lease, which lasts longer than this and one question to the server.
const LONGEST_MS = 30_000
// Longer messages are fetched only where their headers show that they matter.
const SMALL_BYTES = 64 * 1024

/** A message that was fetched and understood; nothing of it is stored. */
export type PreparedMessage = {
  listed: ListedMessage
  place: MessagePlace
  /** Its row where it cannot be read; null where it is gone from the server, or stored already: only the place moves. */
  content: Understood | { unreadable: MessageRow } | null
  /** Its body was left on the server. */
  isHead: boolean
}

export type MessageBatch = {
  messages: readonly PreparedMessage[]
  /** Emails of all of its messages; null: each is to look up its own. */
  found: readonly FoundEmail[] | null
}

/**
 * Fetches the next messages and understands those that are not there yet, each by itself, with one question to the server and two
 * to the database for all. No further question is asked once the bodies are large or took long, or the reading must end; the first
 * batch of a folder has one message at least. @throws {ImapFailure}
 */
export async function prepareBatch(
  deps: Deps,
  reading: Reading,
  { opened, listing }: { opened: OpenedFolder; listing: Listing },
  isFirst: boolean,
): Promise<MessageBatch> {
  const fetched = await fetchNext(deps, reading, { opened, listing }, isFirst)
  if (fetched.length === 0) return { messages: [], found: [] }
  const identities = fetched.map(({ place, content }) => {
    if (!content) return { messageId: '', contentHash: '' }
    return 'unreadable' in content ? content.unreadable : identityOf(place, content)
  })
  const there = await unlessRefused(selectStored(deps.sql, reading.mailbox.id, identities))
  const messages: PreparedMessage[] = []
  for (const [n, one] of fetched.entries()) {
    if (there?.has(n)) messages.push({ ...one, content: null })
    else messages.push(await understandOne(deps, reading, one))
    // The messages before are being stored meanwhile, and no sending begins until they are.
    await setImmediate()
  }
  const keys = messages.flatMap(({ content }) => (content && 'keys' in content ? [content.keys] : []))
  return { messages, found: await unlessRefused(findEmails(deps.sql, keys)) }
}

// The text of one message must not keep the others from being read: each is asked about alone then.
const unlessRefused = <T>(answer: Promise<T>): Promise<T | null> =>
  answer.catch((error: unknown) => {
    if (isRefusedForGood(error)) return null
    throw error
  })

type Fetched = Omit<PreparedMessage, 'content'> & { content: ReceivedMessage | { unreadable: MessageRow } | null }

async function fetchNext(
  deps: Deps,
  reading: Reading,
  { opened, listing }: { opened: OpenedFolder; listing: Listing },
  isFirst: boolean,
): Promise<Fetched[]> {
  const until = deps.clock.realNow().getTime() + LONGEST_MS
  const fetched: Fetched[] = []
  let bytes = 0
  const mayAsk = () => {
    if (fetched.length === 0) return isFirst || !reading.mustEnd()
    return bytes < MOST_BYTES && deps.clock.realNow().getTime() < until && !reading.mustEnd()
  }
  const source = async (uid: number) => {
    const whole = await opened.source(uid)
    reading.refusals.given()
    bytes += whole?.length ?? 0
    return whole
  }
  while (fetched.length < MOST_MESSAGES && (listing.isNextListed() || mayAsk())) {
    const listed = await listing.next()
    const one = listed && (await fetchOne(deps, reading, listed, { source, mayAsk }))
    if (!one) {
      if (listed) listing.putBack(listed)
      break
    }
    if (one !== WAITS) fetched.push(one)
    else if (reading.refusals.isPutOff()) listing.stop()
  }
  return fetched
}

// It is asked for again in another reading.
const WAITS = Symbol('waits')

/** Null where it takes a question that may not be asked. */
async function fetchOne(
  deps: Deps,
  reading: Reading,
  listed: Listed,
  { source, mayAsk }: Pick<OpenedFolder, 'source'> & { mayAsk: () => boolean },
): Promise<Fetched | typeof WAITS | null> {
  const { uid, size, refused } = listed
  const receivedAt = Number.isNaN(listed.receivedAt.getTime()) ? deps.clock.realNow() : listed.receivedAt
  const { path: folder, uidValidity } = reading.folder
  const place: MessagePlace = { mailboxId: reading.mailbox.id, folder, uidValidity, uid, receivedAt, size }
  try {
    if (refused) throw refused
    const read = await readBeginning(deps, reading, listed)
    if (read) return { listed, place, ...read }
    return mayAsk() ? { listed, place, content: await readSource(source, uid), isHead: false } : null
  } catch (error) {
    if (!refused && (await reading.refusals.waits(uid, error))) return WAITS
    return { listed, place, content: { unreadable: unreadableRow(deps, place, listed, error) }, isHead: false }
  }
}

/** The same message with its body, where that was left on the server. @throws {ImapFailure} */
export async function withBody(
  deps: Deps,
  reading: Reading,
  { source }: Pick<OpenedFolder, 'source'>,
  { listed, place }: PreparedMessage,
): Promise<PreparedMessage> {
  const content = await readSource(source, listed.uid)
  return understandOne(deps, reading, { listed, place, content, isHead: false })
}

async function readSource(source: OpenedFolder['source'], uid: number): Promise<ReceivedMessage | null> {
  const whole = await source(uid)
  return whole && readMessage(whole)
}

async function understandOne(
  deps: Deps,
  reading: Reading,
  { listed, place, content, isHead }: Fetched,
): Promise<PreparedMessage> {
  if (!content || 'unreadable' in content) return { listed, place, content, isHead }
  const { own } = reading
  const { receivedAt } = place
  const context = { own, use: folderUse(reading, listed), receivedAt, consentKey: deps.config.consentKey }
  try {
    return { listed, place, content: await understand(deps.sql, content, context), isHead }
  } catch (error) {
    return { listed, place, content: { unreadable: unreadableRow(deps, place, listed, error) }, isHead }
  }
}

/** The row of a message that alone cannot be read, with the reason. @throws what concerns others as well */
export function unreadableRow(
  { log }: Deps,
  place: MessagePlace,
  { beginning }: Pick<ListedMessage, 'beginning'>,
  error: unknown,
): MessageRow {
  const reason = faultOfMessage(error)
  if (reason === null) throw error
  const { mailboxId: mailbox, folder, uid } = place
  log.warn({ mailbox, folder, uid, err: error }, 'a message could not be read')
  return unreadableRecord(place, headOf(beginning) ?? beginning, reason)
}

/** The message as far as its beginning will do: all of it, or the headers of a large one that does not matter. */
async function readBeginning(
  { sql }: Deps,
  { own }: Reading,
  { beginning, size }: ListedMessage,
): Promise<{ content: ReceivedMessage; isHead: boolean } | null> {
  if (beginning.length < LISTED_BYTES) return { content: await readMessage(beginning), isHead: false }
  const headers = size > SMALL_BYTES && headOf(beginning)
  const head = headers && (await readMessage(headers))
  if (!head || isReport(head) || (await isKnown(sql, head, own))) return null
  return { content: head, isHead: true }
}

const isReport = (head: ReceivedMessage): boolean =>
  head.contentType === 'multipart/report' || isFromServer(head) || hasNoReturnPath(head)

const USES = { inbox: 'inbox', junk: 'junk', sent: 'sent', all: 'archive' } as const satisfies Record<string, FolderUse>

const folderUse = ({ folder }: Reading, { isDraft }: ListedMessage): FolderUse =>
  isDraft ? 'drafts' : USES[folder.role]

/** Why this message alone cannot be read; null for what concerns the others as well. */
function faultOfMessage(error: unknown): string | null {
  if (error instanceof UnreadableMessage) return error.message
  if (error instanceof ImapFailure) return isRefusalKind(error.kind) ? error.message : null
  return isRefusedForGood(error) ? 'The database takes no such text.' : null
}
