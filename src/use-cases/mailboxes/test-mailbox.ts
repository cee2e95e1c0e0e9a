import type { Mailbox, MailboxCheck, MailboxReader } from '@/db/generated/client'
import {
  resumeMailboxIf,
  resumeReaderIf,
  storeCheckIf,
  storeProviderHabitsIf,
} from '@/db/queries/mailboxes/mailbox-checks'
import type { Deps } from '@/deps'
import { connectionWords } from '@/domain/delivery/connection-words'
import { goesOut } from '@/domain/delivery/mailbox-health'
import { judge } from '@/domain/delivery/outcome'
import { DomainError } from '@/domain/errors'
import { type Check, foldersCheck, notTried, withoutReading } from '@/domain/mailbox/mailbox-checks'
import {
  filesSentBy,
  type RoundTrip,
  rewritesMessageId,
  roundTripCheck,
  senderCheck,
} from '@/domain/mailbox/round-trip'
import { openImapMailbox } from '@/mail/imap/open-imap-mailbox'
import { ImapFailure, type MailFolder, type OpenedMailbox, type OpenMailbox } from '@/mail/imap/opened-mailbox'
import type { SmtpAccount } from '@/mail/mailer'
import { NoToken, openAccount, openForReading, UnreadablePassword } from './open-account'
import { findOwnMessage, folderEnds, ownMessage, WAITS, type Waits } from './own-message'

/** `ok`: nothing is wrong; otherwise `message` says what is. */
export type MailboxTest = { ok: boolean; message: string }

type Options = { mailboxId: string; open?: OpenMailbox; waits?: Waits }

/**
 * Tests a mailbox in five parts, each for itself: the sign-in to send, an email to itself, the sign-in to read, the folders, and
 * whether that email is found again. Each result is stored as it is there. One sign-in a server, whatever comes of it, and only
 * when a person asks for it. A mailbox whose emails stay on this machine is only signed in to. Sending and reading that had
 * stopped since their sign-in was refused go on once it works again.
 * @throws {DomainError} not_found
 */
export async function testMailbox(deps: Deps, { mailboxId, open, waits }: Options): Promise<MailboxTest> {
  const include = { reader: true, checks: { where: { name: 'smtp' } } } as const
  const found = await deps.db.mailbox.findUnique({ where: { id: mailboxId }, include })
  if (!found) throw new DomainError('not_found', 'This mailbox does not exist any more.')
  const { reader, checks: before, ...mailbox } = found
  const store = async (check: Check): Promise<Check> => {
    const { settingsVersion } = mailbox
    await storeCheckIf(deps.sql, { mailboxId, settingsVersion, at: deps.clock.realNow(), check })
    return check
  }
  const smtp = await store(await signInToSend(deps, mailbox))
  if (smtp.outcome === 'ok') await resumeSending(deps, mailbox, before[0])
  const checks = goesOut(mailbox, deps.config.sandbox)
    ? [smtp, ...(await furtherChecks(deps, { mailbox, reader, store, open, waits, maySend: smtp.outcome === 'ok' }))]
    : [smtp]
  const wrong = checks.find(({ outcome }) => outcome === 'wrong')
  return wrong ? { ok: false, message: wrong.message } : { ok: true, message: smtp.message }
}

type Test = {
  mailbox: Mailbox
  reader: MailboxReader | null
  store: (check: Check) => Promise<Check>
  open?: OpenMailbox | undefined
  waits?: Waits | undefined
  /** The sign-in to send has succeeded. */
  maySend: boolean
}

async function furtherChecks(deps: Deps, test: Test): Promise<Check[]> {
  const { mailbox, reader, store } = test
  const imap = reader ? await signInToRead(deps, mailbox, reader, test.open) : null
  try {
    const read = await store(imap?.check ?? withoutReading('imap'))
    const { check, folders } = imap?.opened ? await foldersOf(imap.opened) : NO_FOLDERS
    const kept = await store(reader ? check : withoutReading('folders'))
    return [read, kept, ...(await sendToItself(deps, test, imap?.opened ?? null, folders))]
  } finally {
    await imap?.opened?.close()
  }
}

/** One connection of its own: one that is kept open would say nothing of a password that was changed since. */
const accountForTest = async (deps: Deps, mailbox: Mailbox): Promise<SmtpAccount> => ({
  ...(await openAccount(deps, mailbox)),
  maxConnections: 1,
})

async function signInToSend(deps: Deps, mailbox: Mailbox): Promise<Check> {
  const account = await accountForTest(deps, mailbox).catch((error: unknown) => {
    if (error instanceof NoToken || error instanceof UnreadablePassword) return error
    throw error
  })
  if (account instanceof DomainError) return { name: 'smtp', outcome: 'wrong', message: account.message, details: null }
  const server = `${account.host}:${account.port}`
  deps.mailer.release(account)
  const ready = await deps.mailer.ready(account, 1)
  if ('failure' in ready) {
    const { failure } = ready
    const byToken = account.accessToken !== undefined
    const message = connectionWords(failure, server, account.greetingName, { byToken })
    await recordTest(deps, mailbox, { testedAt: null, healthReason: message })
    const details = failure.kind === 'refused' ? { said: failure.response } : null
    return { name: 'smtp', outcome: 'wrong', message, details }
  }
  await recordTest(deps, mailbox, { testedAt: deps.clock.now(), healthReason: null })
  const message = `Connected to ${server}${account.user ? ' and logged in' : ''}.`
  return { name: 'smtp', outcome: 'ok', message, details: null }
}

/** Lets a mailbox send again that had stopped since its sign-in was refused: it works now, whatever was done at the provider. */
async function resumeSending(
  { sql, queue }: Deps,
  { id: mailboxId, settingsVersion, health, healthReason: reason }: Mailbox,
  before: MailboxCheck | undefined,
): Promise<void> {
  if (health !== 'stopped' || reason === null || before?.outcome !== 'wrong' || before.message !== reason) return
  if (await resumeMailboxIf(sql, { mailboxId, settingsVersion, reason })) await queue.enqueueTick()
}

/** Stores what came of a test, unless the settings were saved meanwhile. A mailbox that failed at sending keeps that reason. */
async function recordTest(
  { db }: Deps,
  { id, settingsVersion }: Mailbox,
  { testedAt, healthReason }: Pick<Mailbox, 'testedAt' | 'healthReason'>,
): Promise<void> {
  await db.mailbox.updateMany({ where: { id, settingsVersion, health: 'ready' }, data: { testedAt, healthReason } })
}

async function signInToRead(
  deps: Deps,
  mailbox: Mailbox,
  reader: MailboxReader,
  open: OpenMailbox = openImapMailbox,
): Promise<{ check: Check; opened: OpenedMailbox | null }> {
  try {
    const opened = await openForReading(deps, mailbox, reader, open)
    const { mailboxId, settingsVersion } = reader
    await resumeReaderIf(deps.sql, { mailboxId, settingsVersion, at: deps.clock.now() })
    const message = `Signed in to ${reader.imapHost}:${reader.imapPort} to read.`
    return { check: { name: 'imap', outcome: 'ok', message, details: null }, opened }
  } catch (error) {
    return { check: readingFailure('imap', error), opened: null }
  }
}

function readingFailure(name: Check['name'], error: unknown): Check {
  if (!(error instanceof ImapFailure)) throw error
  const { message, said } = error
  return { name, outcome: 'wrong', message, details: said ? { said } : null }
}

const NO_FOLDERS: { check: Check; folders: MailFolder[] } = {
  check: notTried('folders', 'Not looked for: the sign-in to read must work first.'),
  folders: [],
}

async function foldersOf(opened: OpenedMailbox): Promise<{ check: Check; folders: MailFolder[] }> {
  try {
    const folders = await opened.folders()
    return { check: foldersCheck(folders), folders }
  } catch (error) {
    return { check: readingFailure('folders', error), folders: [] }
  }
}

/** A provider that is known to file copies is not taken to have stopped: it may only be slow. */
const habitsOf = ({ mailboxId, settingsVersion, filesSent }: MailboxReader, trip: RoundTrip) => ({
  mailboxId,
  settingsVersion,
  filesSent: filesSentBy(trip) || (filesSent ? null : filesSentBy(trip)),
  rewritesMessageId: rewritesMessageId(trip),
})

/** Sends the mailbox an email of its own, and looks for it where it is read. */
async function sendToItself(
  deps: Deps,
  { mailbox, reader, store, waits = WAITS, maySend }: Test,
  opened: OpenedMailbox | null,
  folders: readonly MailFolder[],
): Promise<Check[]> {
  const trip = (check: Check) => store(reader ? check : withoutReading('round_trip'))
  if (!maySend) {
    const why = 'Not tried: the sign-in to send must work first.'
    return [await store(notTried('from', why)), await trip(notTried('round_trip', why))]
  }
  try {
    const ends = opened ? await folderEnds(opened, folders) : []
    const message = ownMessage(deps, mailbox)
    const account = await accountForTest(deps, mailbox)
    const verdict = judge(await deps.mailer.send(account, message.email), message.email.raw.length)
    deps.mailer.release(account)
    const sender = await store(senderCheck(verdict, mailbox.fromEmail))
    if (verdict.kind !== 'sent')
      return [sender, await trip(notTried('round_trip', 'Not tried: the server must take the email first.'))]
    if (!opened || folders.length === 0)
      return [sender, await trip(notTried('round_trip', 'Not looked for: the mailbox must be readable first.'))]
    const found = await findOwnMessage(deps, opened, message, { ends, waits })
    if (reader) await storeProviderHabitsIf(deps.sql, habitsOf(reader, found))
    return [sender, await trip(roundTripCheck(found))]
  } catch (error) {
    return [await trip(readingFailure('round_trip', error))]
  }
}
