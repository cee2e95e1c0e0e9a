import { isRefusedForGood } from '@/db/errors'
import { noteFolderFailure, putFolderPlace, selectFolderPlace } from '@/db/queries/conversations/folder-places'
import type { Deps } from '@/deps'
import type { ImapFailure, MailFolder, OpenedFolder } from '@/mail/imap/opened-mailbox'
import { createListing, type Listing } from './listing'
import { prepareBatch, unreadableRow } from './message-batch'
import { createNews, type News, nextGroup, type ReadyMessage, readyUnreadable, type SeenBatch } from './message-group'
import { passOver, type StoredMessage, storeAndAct } from './message-transaction'
import type { MailboxReading, Reading } from './reading'
import { createRefusals } from './refusals'

export type FolderRead = {
  /** Messages that are stored now and were not before. */
  messages: number
  /** Some did what lets a campaign go on or end. */
  changed: boolean
  /** False when it ended before its last message. */
  whole: boolean
  /** Why some messages, or all, are to be asked for again: the mailbox is not read. */
  waits: ImapFailure | null
}

/**
 * Reads what is new in a folder, from its place on; one that was never read, or is numbered anew, from the first outreach on.
 * While the messages of a batch are stored, as many in a transaction as do not concern each other, the next batch is fetched and understood. A reading
 * that must end still stores what it has fetched, and one message at least: the next one begins behind it.
 * @throws {ImapFailure}
 */
export async function readFolder(deps: Deps, of: MailboxReading, { path, role }: MailFolder): Promise<FolderRead> {
  const opened = await of.opened.open(path)
  const { uidValidity } = opened
  const readAt = deps.clock.realNow()
  const mailboxId = of.mailbox.id
  const place = await selectFolderPlace(deps.sql, { mailboxId, path })
  const refused = place?.refused ?? {}
  const refusals = createRefusals(deps, { mailboxId, path, role, uidValidity, refused, readAt })
  const reading: Reading = { ...of, folder: { path, role, uidValidity }, refusals }
  const isKnownPlace = place?.uidValidity === uidValidity
  const after = isKnownPlace ? place.lastUid : 0
  const fresh = !isKnownPlace && of.since === null ? [] : await opened.uidsAfter(after, isKnownPlace ? null : of.since)
  const uids = newOnesFirst(fresh, refusals.uids)
  const read: FolderRead = { messages: 0, changed: false, whole: true, waits: null }
  const news = createNews()
  const listing = createListing(opened, uids, reading)
  const prepare = (isFirst: boolean) => prepareAt(deps, reading, { opened, listing, news }, isFirst)
  let next: Promise<SeenBatch> | null = prepare(true)
  try {
    while (next) {
      const batch: SeenBatch = await next
      next = listing.hasMore() && !reading.mustEnd() ? prepare(false) : null
      await storeBatch(deps, reading, { opened, batch, news }, read)
    }
  } finally {
    // Nothing is asked for any more once the connection is closed.
    await next?.catch(() => undefined)
  }
  read.whole = !listing.hasMore()
  read.waits = refusals.failure()
  if (read.whole) await refusals.settle(listing.left())
  if (read.whole && !listing.isStopped()) {
    const lastUid = Math.max(after, highest(uids), isKnownPlace || of.since ? 0 : opened.uidNext - 1)
    await putFolderPlace(deps.sql, { ...reading.folder, mailboxId, lastUid, readAt: read.waits ? null : readAt })
  }
  if (read.waits) await noteFolderFailure(deps.sql, { mailboxId, path, role, failure: read.waits.message })
  return read
}

// Of a server that puts off the same ones for days no more is asked after two of them: what is new must not lie behind.
function newOnesFirst(fresh: readonly number[], refusedBefore: readonly number[]): number[] {
  const before = new Set(refusedBefore)
  return [...fresh.filter((uid) => !before.has(uid)).sort((a, b) => a - b), ...refusedBefore]
}

const highest = (uids: readonly number[]): number => uids.reduce((most, uid) => Math.max(most, uid), 0)

/** Prepares a batch, beside what else is done; a failure is for whoever waits for the batch. */
function prepareAt(
  deps: Deps,
  reading: Reading,
  { opened, listing, news }: { opened: OpenedFolder; listing: Listing; news: News },
  isFirst: boolean,
): Promise<SeenBatch> {
  const seen = news.count()
  const prepared = prepareBatch(deps, reading, { opened, listing }, isFirst).then((one) => ({ ...one, seen }))
  prepared.catch(() => undefined)
  return prepared
}

/** Stores the messages of a batch, in order; what is there already only moves the place. */
async function storeBatch(
  deps: Deps,
  reading: Reading,
  of: { opened: OpenedFolder; batch: SeenBatch; news: News },
  read: FolderRead,
): Promise<void> {
  const left = [...of.batch.messages]
  let placed = 0
  // Of those that could not be stored together so many are stored one by one.
  let alone = 0
  while (left.length > 0) {
    const group = await nextGroup(deps, reading, of, { left, most: alone > 0 ? 1 : undefined })
    const stored = await storeGroup(deps, reading, group)
    if (!stored) {
      left.unshift(...group.map(({ prepared }) => prepared))
      alone = group.length
      continue
    }
    alone = Math.max(0, alone - group.length)
    for (const [n, one] of group.entries()) {
      const as = stored[n]
      if (!as?.isNew) continue
      placed = Math.max(placed, one.row.uid)
      if (!as.isRead) continue
      read.messages++
      of.news.note(one, as)
      const { skipped, companySkipped, heldResolved } = as.done.effects
      if (skipped || companySkipped || heldResolved) read.changed = true
    }
  }
  // Those that were refused before come last.
  const last = highest(of.batch.messages.map(({ listed }) => listed.uid))
  if (last > placed) await passOver(deps, reading, last)
}

/** Stores messages together; null where each has to be stored alone, as one of them may keep the others from it. */
async function storeGroup(
  deps: Deps,
  reading: Reading,
  group: readonly ReadyMessage[],
): Promise<StoredMessage[] | null> {
  const [only, ...others] = group
  if (!only) return []
  try {
    return await storeAndAct(deps, reading, group)
  } catch (error) {
    if (others.length > 0 && isRefusedForGood(error)) return null
    const { prepared } = only
    return storeAndAct(deps, reading, [
      readyUnreadable(prepared, unreadableRow(deps, prepared.place, prepared.listed, error)),
    ])
  }
}
