import type { Mailbox, MailboxReader } from '@/db/generated/client'
import {
  claimReaderIfDue,
  endReadingIf,
  type ReadingEnd,
  releaseReaderIf,
} from '@/db/queries/conversations/claim-reader'
import { noteRefusedFolder, selectFirstOutreach } from '@/db/queries/conversations/folder-places'
import type { Deps } from '@/deps'
import { isGivenUp, isRefusalKind, nextReadAt, troubleAfter } from '@/domain/conversation/reading-pace'
import { DAY_MS } from '@/domain/time/duration'
import { openImapMailbox } from '@/mail/imap/open-imap-mailbox'
import { ImapFailure, type MailFolder, type OpenMailbox } from '@/mail/imap/opened-mailbox'
import { openForReading } from '@/use-cases/mailboxes/open-account'
import { type FolderRead, readFolder } from './folder-reader'
import { LostLease } from './message-transaction'
import { leaseEnd, type MailboxReading } from './reading'

/** What came of a reading: messages stored. */
export type MailboxRead = { messages: number }

// A mailbox with years of messages is read in parts, so that others get their turn.
const LONGEST_MS = 240_000

/**
 * Reads what is new in a mailbox, and does what it does. One reader a mailbox over all processes, by a lease; nothing on the
 * server changes. A failure is kept with the reader: it goes on by itself, but for a refused password, which waits for other
 * settings.
 */
export async function readMailbox(
  deps: Deps,
  { mailboxId, signal, open = openImapMailbox }: { mailboxId: string; signal?: AbortSignal; open?: OpenMailbox },
): Promise<MailboxRead> {
  const realNow = deps.clock.realNow()
  const reader = await claimReaderIfDue(deps.sql, { mailboxId, realNow, leaseUntil: leaseEnd(deps) })
  const mailbox = reader && (await deps.db.mailbox.findUnique({ where: { id: mailboxId } }))
  if (!reader || !mailbox) return { messages: 0 }
  const lease = { mailboxId, lease: reader.lease }
  try {
    const { messages, whole, waits } = await readAll(deps, mailbox, reader, { realNow, signal, open })
    if (whole && waits) {
      await endInTrouble(deps, reader, waits)
      return { messages }
    }
    await end(deps, reader, {
      health: 'ready',
      healthReason: null,
      troubleCount: 0,
      nextReadAt: whole ? nextReadAt(deps.clock.realNow(), deps.random()) : deps.clock.realNow(),
      readAt: whole ? realNow : null,
    })
    return { messages }
  } catch (error) {
    if (error instanceof LostLease) {
      await releaseReaderIf(deps.sql, lease)
      return { messages: 0 }
    }
    await endInTrouble(deps, reader, error)
    return { messages: 0 }
  }
}

async function endInTrouble(deps: Deps, reader: MailboxReader, error: unknown): Promise<void> {
  const { kind, words } = causeOf(error)
  deps.log.warn({ mailbox: reader.mailboxId, err: error }, 'mailbox could not be read')
  const { troubleCount, health, healthReason } = reader
  const stoppedFor = health === 'stopped' ? (healthReason ?? words) : null
  await end(deps, reader, troubleAfter(kind, words, { troubleCount, stoppedFor, realNow: deps.clock.realNow() }))
}

async function end(
  { sql }: Deps,
  { mailboxId, lease, settingsVersion }: MailboxReader,
  how: ReadingEnd,
): Promise<void> {
  const ended = await endReadingIf(sql, { mailboxId, lease }, settingsVersion, how)
  if (!ended) await releaseReaderIf(sql, { mailboxId, lease })
}

async function readAll(
  deps: Deps,
  mailbox: Mailbox,
  reader: MailboxReader,
  { realNow, signal, open }: { realNow: Date; signal: AbortSignal | undefined; open: OpenMailbox },
): Promise<Omit<FolderRead, 'changed'>> {
  const opened = await openForReading(deps, mailbox, reader, open)
  try {
    const reading: MailboxReading = {
      mailbox,
      opened,
      lease: { mailboxId: mailbox.id, lease: reader.lease },
      settingsVersion: reader.settingsVersion,
      own: await ownAddresses(deps),
      awayDays: (await deps.db.settings.findUniqueOrThrow({ where: { id: 1 } })).awayDays,
      since: await firstOutreach(deps, mailbox.id, realNow),
      mustEnd: () => signal?.aborted === true || deps.clock.realNow().getTime() - realNow.getTime() > LONGEST_MS,
    }
    const total: FolderRead = { messages: 0, whole: true, changed: false, waits: null }
    for (const folder of await opened.folders()) {
      const { messages, whole, changed, waits } = await readFolder(deps, reading, folder).catch((error: unknown) =>
        withoutFolder(deps, mailbox.id, folder, error),
      )
      total.messages += messages
      total.whole &&= whole
      total.changed ||= changed
      total.waits ??= waits
      // Time is over: the others are read when it goes on.
      if (!whole) break
    }
    // A campaign may have waited for nothing but what was read.
    if (total.changed) await deps.queue.enqueueTick()
    return total
  } finally {
    await opened.close()
  }
}

/**
 * Goes on without a folder that the server refuses: where answers arrive, nothing is read without it. One that it refuses for now may
 * hold answers, too: the mailbox is not read until it was given, or given up.
 */
async function withoutFolder(
  { sql, log, clock }: Deps,
  mailboxId: string,
  { path, role }: MailFolder,
  error: unknown,
): Promise<FolderRead> {
  if (!(error instanceof ImapFailure) || !isRefusalKind(error.kind) || role === 'inbox' || role === 'all') throw error
  log.warn({ mailbox: mailboxId, folder: path, err: error }, 'a folder could not be read')
  const realNow = clock.realNow()
  const noted = await noteRefusedFolder(sql, { mailboxId, path, role, failure: error.message, realNow })
  const isPassedOver = isGivenUp('folder', error.kind, { since: noted?.since ?? realNow, realNow })
  return { messages: 0, changed: false, whole: true, waits: isPassedOver ? null : error }
}

/** All addresses of ours: what they send is no answer. */
async function ownAddresses({ db }: Deps): Promise<ReadonlySet<string>> {
  const mailboxes = await db.mailbox.findMany({ select: { fromEmail: true, replyTo: true, aliases: true } })
  const all = mailboxes.flatMap(({ fromEmail, replyTo, aliases }) => [
    fromEmail,
    ...(replyTo ? [replyTo] : []),
    ...aliases,
  ])
  return new Set(all.map((address) => address.toLowerCase()))
}

/** The day before the first email left; campaign time may run ahead of that of mail servers. */
async function firstOutreach({ sql }: Deps, mailboxId: string, realNow: Date): Promise<Date | null> {
  const first = (await selectFirstOutreach(sql, mailboxId))?.at
  return first ? new Date(Math.min(first.getTime(), realNow.getTime()) - DAY_MS) : null
}

function causeOf(error: unknown): { kind: 'sign_in' | 'provider' | 'passing'; words: string } {
  if (error instanceof ImapFailure) {
    const { kind, message, said } = error
    const words = said && !message.includes(said) ? `${message} The server says: ${said}` : message
    return { kind: kind === 'sign_in' || kind === 'provider' ? kind : 'passing', words }
  }
  return { kind: 'passing', words: 'Reading failed for a reason of our own; the log has it.' }
}
