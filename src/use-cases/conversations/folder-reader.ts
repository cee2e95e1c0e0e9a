import { putFolderPlace, selectFolderPlace } from '@/db/queries/conversations/folder-places'
import type { FoundEmail } from '@/db/queries/conversations/look-up-emails'
import type { Deps } from '@/deps'
import type { MailFolder, OpenedFolder } from '@/mail/imap/opened-mailbox'
import { createListing, type Listing } from './listing'
import { type MessageBatch, type PreparedMessage, prepareBatch, unreadableRow, withBody } from './message-batch'
import { candidatesIn, findEmails, type Meaning, type Understood } from './message-meaning'
import { recordOf } from './message-record'
import { passOver, storeAndAct } from './message-transaction'
import type { MailboxReading, Reading } from './reading'

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
 * While the messages of a batch are stored, each in a transaction of its own, the next batch is fetched and understood. A reading
 * that must end still stores what it has fetched, and one message at least: the next one begins behind it.
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
  const news = createNews()
  const listing = createListing(opened, uids, reading.mustEnd)
  const prepare = (isFirst: boolean) => prepareAt(deps, reading, { opened, listing, news }, isFirst)
  let next: Promise<Batch> | null = prepare(true)
  try {
    while (next) {
      const batch: Batch = await next
      next = listing.hasMore() && !reading.mustEnd() ? prepare(false) : null
      await storeBatch(deps, reading, { opened, batch, news }, read)
    }
  } finally {
    // Nothing is asked for any more once the connection is closed.
    await next?.catch(() => undefined)
  }
  read.whole = !listing.hasMore()
  if (read.whole) {
    const lastUid = Math.max(after, uids.at(-1) ?? 0, isKnownPlace || of.since ? 0 : opened.uidNext - 1)
    await putFolderPlace(deps.sql, { ...reading.folder, mailboxId: of.mailbox.id, lastUid, readAt })
  }
  return read
}

type Batch = MessageBatch & { seen: number }

/** Prepares a batch, beside what else is done; a failure is for whoever waits for the batch. */
function prepareAt(
  deps: Deps,
  reading: Reading,
  { opened, listing, news }: { opened: OpenedFolder; listing: Listing; news: News },
  isFirst: boolean,
): Promise<Batch> {
  const seen = news.count()
  const prepared = prepareBatch(deps, reading, { opened, listing }, isFirst).then((one) => ({ ...one, seen }))
  prepared.catch(() => undefined)
  return prepared
}

/** Stores the messages of a batch, in order; what is there already only moves the place. */
async function storeBatch(
  deps: Deps,
  reading: Reading,
  { opened, batch, news }: { opened: OpenedFolder; batch: Batch; news: News },
  read: FolderRead,
): Promise<void> {
  let passed: number | null = null
  for (const message of batch.messages) {
    const stored = await storeOne(deps, reading, { opened, message, batch, news })
    passed = stored === null ? message.listed.uid : null
    if (!stored?.done) continue
    read.messages++
    const { skipped, companySkipped, heldResolved } = stored.done.effects
    if (skipped || companySkipped || heldResolved) read.changed = true
  }
  if (passed !== null) await passOver(deps, reading, passed)
}

type Stored = Awaited<ReturnType<typeof storeAndAct>>

/** Stores one message. What cannot be read is stored as such, with the reason, and did nothing. Null: it is gone, or was there. */
async function storeOne(
  deps: Deps,
  reading: Reading,
  of: { opened: OpenedFolder; message: PreparedMessage; batch: Batch; news: News },
): Promise<{ done: Stored['done'] | null } | null> {
  const { place, listed } = of.message
  const storeUnreadable = async (row: Parameters<typeof storeAndAct>[2]) =>
    (await storeAndAct(deps, reading, row, null)).isNew ? { done: null } : null
  try {
    const { content, found } = await withEmails(deps, reading, of)
    if (!content) return null
    if ('unreadable' in content) return await storeUnreadable(content.unreadable)
    const meaning = await content.meaning(found)
    const row = recordOf(place, content.message, meaning)
    const stored = await storeAndAct(deps, reading, row, { message: content.message, meaning })
    if (!stored.isNew) return null
    of.news.note(row.leadId, content, meaning, stored.done)
    return stored
  } catch (error) {
    return storeUnreadable(unreadableRow(deps, place, listed, error))
  }
}

/**
 * The content of a message with its emails, as they are known now. Where some belong to one whose body was left on the server as
 * nobody knew them before, the body is fetched: it may ask for something.
 */
async function withEmails(
  deps: Deps,
  reading: Reading,
  { opened, message, batch, news }: { opened: OpenedFolder; message: PreparedMessage; batch: Batch; news: News },
): Promise<{ content: PreparedMessage['content']; found: readonly FoundEmail[] }> {
  const { content, isHead } = message
  if (!content || 'unreadable' in content) return { content, found: [] }
  const found = news.isOld(content, batch) ? await findEmails(deps.sql, [content.keys]) : (batch.found ?? [])
  if (!isHead || Object.values(candidatesIn(found, content.keys)).every((some) => some.length === 0))
    return { content, found }
  const whole = await withBody(deps, reading, opened, message)
  const keys = whole.content && 'keys' in whole.content ? [whole.content.keys] : []
  return { content: whole.content, found: await findEmails(deps.sql, keys) }
}

type News = ReturnType<typeof createNews>

/** What messages have changed since the emails of others were looked up. */
function createNews() {
  let count = 0
  // At which count something changed for a lead, and for anybody.
  const leads = new Map<string, number>()
  let all = 0
  return {
    count: () => count,
    /** Whether the emails of this message have to be looked up again. */
    isOld: ({ keys }: Understood, { found, seen }: Pick<Batch, 'found' | 'seen'>): boolean => {
      if (found === null || all > seen) return true
      if (count === seen) return false
      return Object.values(candidatesIn(found, keys))
        .flat()
        .some(({ leadId }) => (leads.get(leadId) ?? 0) > seen)
    },
    note: (leadId: string | null, { message }: Understood, meaning: Meaning, { effects }: Stored['done']) => {
      count++
      if (leadId) leads.set(leadId, count)
      const { messageId } = message
      const learns = meaning.own === 'copy' && messageId !== null && !meaning.email.messageIds.includes(messageId)
      if (learns || effects.companySkipped || effects.heldResolved) all = count
    },
  }
}
