import type { MailboxReader } from '@/db/generated/client'
import {
  type ClaimedCopy,
  claimCopyIfDue,
  clearCopyFailure,
  deleteCopyIf,
  noteCopyFailureIf,
  noteFilingIf,
  releaseCopyIf,
  renewCopyLeaseIf,
  selectMailboxesWithCopies,
  stopReaderIf,
} from '@/db/queries/conversations/sent-copies'
import type { Deps } from '@/deps'
import { copiesDueAt, nextCopyAt } from '@/domain/conversation/sent-copies'
import { ImapFailure } from '@/mail/imap/opened-mailbox'
import { type OpenSentFolder, openSentFolder, type SentFolder } from '@/mail/imap/sent-folder'
import { openForReading } from '@/use-cases/mailboxes/open-account'

// Longer than a server may be silent, once for the look and once for the message.
const LEASE_MS = 180_000
// Others get their turn.
const LONGEST_MS = 240_000

type StoreCopies = { mailboxId: string; signal?: AbortSignal | undefined; open?: OpenSentFolder }

/**
 * Puts copies of what a mailbox has sent into its Sent folder, as the very bytes that were sent, each after a look whether it is
 * there: a job that comes twice, or dies after any step, leaves one copy. A failure changes nothing of the emails; it is kept with
 * the reader, and tried again later, but for a refused sign-in, which stops the reader.
 */
export async function storeCopies(
  deps: Deps,
  { mailboxId, signal, open = openSentFolder }: StoreCopies,
): Promise<{ stored: number }> {
  const found = await deps.db.mailboxReader.findUnique({ where: { mailboxId }, include: { mailbox: true } })
  if (!found || !(await isDue(deps, mailboxId))) return { stored: 0 }
  const { mailbox, ...reader } = found
  const begun = deps.clock.realNow().getTime()
  const mustEnd = () => signal?.aborted === true || deps.clock.realNow().getTime() - begun > LONGEST_MS
  let stored = 0
  try {
    const folder = await openForReading(deps, mailbox, reader, open)
    try {
      while (!mustEnd() && (await storeNext(deps, reader, folder))) stored++
    } finally {
      await folder.close()
    }
  } catch (error) {
    await noteFailure(deps, reader, error)
  }
  return { stored }
}

const isDue = async ({ sql, clock }: Deps, mailboxId: string) =>
  (await selectMailboxesWithCopies(sql, copiesDueAt(clock.realNow()))).some((due) => due.mailboxId === mailboxId)

/** False where none is left, or none is wanted any more. */
async function storeNext(deps: Deps, reader: MailboxReader, folder: SentFolder): Promise<boolean> {
  const { sql, clock, log } = deps
  const { mailboxId, settingsVersion } = reader
  const leaseUntil = () => new Date(clock.realNow().getTime() + LEASE_MS)
  const due = copiesDueAt(clock.realNow())
  const copy = await claimCopyIfDue(sql, { mailboxId, settingsVersion, leaseUntil: leaseUntil(), ...due })
  if (!copy) return false
  try {
    const isThere = await folder.has(copy.messageIds)
    // Nobody has tried before: the provider files by itself, whatever was found out about it.
    if (isThere && copy.claim === 1) {
      log.info({ mailbox: mailboxId, email: copy.sentId }, 'the provider files copies by itself')
      await noteFilingIf(sql, { mailboxId, settingsVersion })
    } else if (!isThere) await append(deps, folder, copy, leaseUntil())
    await deleteCopyIf(sql, copy)
    await clearCopyFailure(sql, mailboxId)
    return true
  } catch (error) {
    await releaseCopyIf(sql, copy)
    throw error
  }
}

async function append({ sql }: Deps, folder: SentFolder, copy: ClaimedCopy, leaseUntil: Date): Promise<void> {
  // The look may have taken long, and somebody else may be at it by now.
  if (await renewCopyLeaseIf(sql, { ...copy, leaseUntil })) await folder.append(copy.raw, copy.acceptedAt)
}

async function noteFailure(deps: Deps, reader: MailboxReader, error: unknown): Promise<void> {
  const { sql, clock, log } = deps
  const { mailboxId, settingsVersion, copyFailures } = reader
  log.warn({ mailbox: mailboxId, err: error }, 'copies could not be put into Sent')
  const failure = wordsOf(error)
  if (error instanceof ImapFailure && error.kind === 'sign_in')
    await stopReaderIf(sql, { mailboxId, settingsVersion, reason: failure })
  const nextAt = nextCopyAt(copyFailures + 1, clock.realNow())
  await noteCopyFailureIf(sql, { mailboxId, settingsVersion, failure, nextAt })
}

function wordsOf(error: unknown): string {
  if (!(error instanceof ImapFailure)) return 'It failed for a reason of our own; the log has it.'
  const isSaid = error.said !== '' && !error.message.includes(error.said)
  return isSaid ? `${error.message} The server says: ${error.said}` : error.message
}
