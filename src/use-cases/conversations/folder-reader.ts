import { isRefusedForGood } from '@/db/errors'
import { putFolderPlace, selectFolderPlace } from '@/db/queries/conversations/folder-places'
import type { Deps } from '@/deps'
import { hasNoReturnPath, isFromServer } from '@/domain/conversation/bounce/shapes'
import type { FolderUse } from '@/domain/conversation/own'
import type { ReceivedMessage } from '@/domain/conversation/received-message'
import { ImapFailure, type ListedMessage, type MailFolder, type OpenedFolder } from '@/mail/imap/opened-mailbox'
import { readMessage, UnreadableMessage } from '@/mail/read-message'
import { isKnown, meaningOf } from './message-meaning'
import { type MessagePlace, recordOf, unreadableRecord } from './message-record'
import { passOver, storeAndAct } from './message-transaction'
import type { MailboxReading, Reading } from './reading'

// Headers asked for at a time.
const AT_ONCE = 50
// Longer messages are fetched only where their headers show that they matter.
const SMALL_BYTES = 64 * 1024

export type FolderRead = {
  /** Messages that are stored now and were not before. */
  messages: number
  /** Some did what lets a campaign go on or end. */
  changed: boolean
  /** False when it ended before its last message. */
  whole: boolean
}

/**
 * Reads what is new in a folder, from its place on; one that was never read, or is numbered anew, from the first outreach on.
 * @throws {ImapFailure}
 */
export async function readFolder(deps: Deps, of: MailboxReading, { path, role }: MailFolder): Promise<FolderRead> {
  const opened = await of.opened.open(path)
  const reading: Reading = { ...of, folder: { path, role, uidValidity: opened.uidValidity } }
  const readAt = deps.clock.realNow()
  const place = await selectFolderPlace(deps.sql, { mailboxId: of.mailbox.id, path })
  const isKnownPlace = place?.uidValidity === opened.uidValidity
  const after = isKnownPlace ? place.lastUid : 0
  const uids = !isKnownPlace && of.since === null ? [] : await opened.uidsAfter(after, isKnownPlace ? null : of.since)
  const read: FolderRead = { messages: 0, changed: false, whole: true }
  for (let i = 0; i < uids.length && read.whole; i += AT_ONCE) {
    for (const listed of await opened.list(uids.slice(i, i + AT_ONCE))) {
      if (of.mustEnd()) {
        read.whole = false
        break
      }
      const done = await readOne(deps, reading, opened, listed)
      if (!done) continue
      read.messages++
      const { skipped, companySkipped, heldResolved } = done.effects
      if (skipped || companySkipped || heldResolved) read.changed = true
    }
  }
  if (read.whole) {
    const lastUid = Math.max(after, uids.at(-1) ?? 0, isKnownPlace || of.since ? 0 : opened.uidNext - 1)
    await putFolderPlace(deps.sql, { ...reading.folder, mailboxId: of.mailbox.id, lastUid, readAt })
  }
  return read
}

/** Reads one message. What cannot be read is stored as such, with the reason, and passed over. */
async function readOne(deps: Deps, reading: Reading, opened: OpenedFolder, listed: ListedMessage) {
  const { uid, size } = listed
  const receivedAt = Number.isNaN(listed.receivedAt.getTime()) ? deps.clock.realNow() : listed.receivedAt
  const { path: folder, uidValidity } = reading.folder
  const place: MessagePlace = { mailboxId: reading.mailbox.id, folder, uidValidity, uid, receivedAt, size }
  try {
    const message = await fetchMessage(deps, reading, opened, listed)
    if (!message) return void (await passOver(deps, reading, uid))
    const { consentKey } = deps.config
    const context = { own: reading.own, use: folderUse(reading, listed), receivedAt, consentKey }
    const meaning = await meaningOf(deps.sql, message, context)
    return await storeAndAct(deps, reading, recordOf(place, message, meaning), { message, meaning })
  } catch (error) {
    const reason = faultOfMessage(error)
    if (reason === null) throw error
    deps.log.warn({ mailbox: reading.mailbox.id, folder, uid, err: error }, 'a message could not be read')
    return storeAndAct(deps, reading, unreadableRecord(place, listed.headers, reason), null)
  }
}

/** The whole message where it matters or is small, else its headers; null when it is gone. */
async function fetchMessage(
  { sql }: Deps,
  { own }: Reading,
  opened: OpenedFolder,
  { uid, size, headers }: ListedMessage,
): Promise<ReceivedMessage | null> {
  const head = await readMessage(headers)
  if (size > SMALL_BYTES && !isReport(head) && !(await isKnown(sql, head, own))) return head
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
