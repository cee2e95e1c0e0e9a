import { isRefusedForGood } from '@/db/errors'
import { noteRefusal, putFolderPlace, selectFolderPlace } from '@/db/queries/conversations/folder-places'
import type { Deps } from '@/deps'
import { areDamaged } from '@/domain/conversation/reading-pace'
import type { MailFolder, OpenedFolder } from '@/mail/imap/opened-mailbox'
import { AllRefused, createListing, type Listing } from './listing'
import { prepareBatch, unreadableRow } from './message-batch'
import { createNews, type News, nextGroup, type ReadyMessage, readyUnreadable, type SeenBatch } from './message-group'
import { passOver, type StoredMessage, storeAndAct } from './message-transaction'
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
 * While the messages of a batch are stored, as many in a transaction as do not concern each other, the next batch is fetched and understood. A reading
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
  const refusedSince = place?.refusedSince ?? null
  const listing = createListing(opened, uids, { ...reading, areDamaged: areDamaged(refusedSince, readAt) })
  const prepare = (isFirst: boolean) => prepareAt(deps, reading, { opened, listing, news }, isFirst)
  let next: Promise<SeenBatch> | null = prepare(true)
  try {
    while (next) {
      const batch: SeenBatch = await next
      next = listing.hasMore() && !reading.mustEnd() ? prepare(false) : null
      await storeBatch(deps, reading, { opened, batch, news }, read)
    }
  } catch (error) {
    if (error instanceof AllRefused)
      await noteRefusal(deps.sql, { mailboxId: of.mailbox.id, path, role, failure: error.message, realNow: readAt })
    throw error
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
      placed = one.row.uid
      if (!as.isRead) continue
      read.messages++
      of.news.note(one, as)
      const { skipped, companySkipped, heldResolved } = as.done.effects
      if (skipped || companySkipped || heldResolved) read.changed = true
    }
  }
  const last = of.batch.messages.at(-1)?.listed.uid ?? 0
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
