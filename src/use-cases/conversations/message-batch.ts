import { isRefusedForGood } from '@/db/errors'
import type { FoundEmail } from '@/db/queries/conversations/look-up-emails'
import { type MessageRow, selectStored } from '@/db/queries/conversations/store-message'
import type { Deps } from '@/deps'
import { hasNoReturnPath, isFromServer } from '@/domain/conversation/bounce/shapes'
import type { FolderUse } from '@/domain/conversation/own'
import type { ReceivedMessage } from '@/domain/conversation/received-message'
import { ImapFailure, LISTED_BYTES, type ListedMessage, type OpenedFolder } from '@/mail/imap/opened-mailbox'
import { headOf, readMessage, UnreadableMessage } from '@/mail/read-message'
import { findEmails, isKnown, type Understood, understand } from './message-meaning'
import { identityOf, type MessagePlace, unreadableRecord } from './message-record'
import type { Reading } from './reading'

/** A message that was fetched and understood; nothing of it is stored. */
export type PreparedMessage = {
  listed: ListedMessage
  place: MessagePlace
  /** Its row where it cannot be read; null where it is gone from the server, or stored already: only the place moves. */
  content: Understood | { unreadable: MessageRow } | null
}

export type MessageBatch = {
  messages: readonly PreparedMessage[]
  /** Emails of all of its messages; null: each is to look up its own. */
  found: readonly FoundEmail[] | null
}

/**
 * Fetches messages and understands those that are not there yet, each by itself, with one question to the server and two to the
 * database for all. @throws {ImapFailure}
 */
export async function prepareBatch(
  deps: Deps,
  reading: Reading,
  opened: OpenedFolder,
  uids: readonly number[],
): Promise<MessageBatch> {
  const fetched: Fetched[] = []
  for (const listed of await opened.list(uids)) fetched.push(await fetchOne(deps, reading, opened, listed))
  const identities = fetched.map(({ place, content }) => {
    if (!content) return { messageId: '', contentHash: '' }
    return 'unreadable' in content ? content.unreadable : identityOf(place, content)
  })
  const there = await unlessRefused(selectStored(deps.sql, reading.mailbox.id, identities))
  const messages: PreparedMessage[] = []
  for (const [n, one] of fetched.entries()) {
    if (there?.has(n)) messages.push({ ...one, content: null })
    else messages.push(await understandOne(deps, reading, one))
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

async function fetchOne(deps: Deps, reading: Reading, opened: OpenedFolder, listed: ListedMessage): Promise<Fetched> {
  const { uid, size } = listed
  const receivedAt = Number.isNaN(listed.receivedAt.getTime()) ? deps.clock.realNow() : listed.receivedAt
  const { path: folder, uidValidity } = reading.folder
  const place: MessagePlace = { mailboxId: reading.mailbox.id, folder, uidValidity, uid, receivedAt, size }
  try {
    return { listed, place, content: await fetchMessage(deps, reading, opened, listed) }
  } catch (error) {
    return { listed, place, content: { unreadable: unreadableRow(deps, place, listed, error) } }
  }
}

async function understandOne(
  deps: Deps,
  reading: Reading,
  { listed, place, content }: Fetched,
): Promise<PreparedMessage> {
  if (!content || 'unreadable' in content) return { listed, place, content }
  const { own } = reading
  const { receivedAt } = place
  const context = { own, use: folderUse(reading, listed), receivedAt, consentKey: deps.config.consentKey }
  try {
    return { listed, place, content: await understand(deps.sql, content, context) }
  } catch (error) {
    return { listed, place, content: { unreadable: unreadableRow(deps, place, listed, error) } }
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

/** The whole message where it matters or is small, else its headers; null when it is gone. */
async function fetchMessage(
  { sql }: Deps,
  { own }: Reading,
  opened: OpenedFolder,
  { uid, beginning }: ListedMessage,
): Promise<ReceivedMessage | null> {
  if (beginning.length < LISTED_BYTES) return readMessage(beginning)
  const headers = headOf(beginning)
  const head = headers && (await readMessage(headers))
  if (head && !isReport(head) && !(await isKnown(sql, head, own))) return head
  const source = await opened.source(uid)
  return source && readMessage(source)
}

const isReport = (head: ReceivedMessage): boolean =>
  head.contentType === 'multipart/report' || isFromServer(head) || hasNoReturnPath(head)

const USES = { inbox: 'inbox', junk: 'junk', sent: 'sent', all: 'archive' } as const satisfies Record<string, FolderUse>

const folderUse = ({ folder }: Reading, { isDraft }: ListedMessage): FolderUse =>
  isDraft ? 'drafts' : USES[folder.role]

/** Why this message alone cannot be read; null for what concerns the others as well. */
function faultOfMessage(error: unknown): string | null {
  if (error instanceof UnreadableMessage) return error.message
  if (error instanceof ImapFailure) return error.kind === 'message' ? error.message : null
  return isRefusedForGood(error) ? 'The database takes no such text.' : null
}
