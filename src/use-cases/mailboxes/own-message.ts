import { randomBytes, randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Mailbox } from '@/db/generated/client'
import type { Deps } from '@/deps'
import { arrivedCopy, type FoundCopy, type RoundTrip } from '@/domain/mailbox/round-trip'
import { displayName, messageIdFor } from '@/domain/message/headers'
import { compileMessage } from '@/mail/compile-message'
import type { ListedMessage, MailFolder, OpenedMailbox } from '@/mail/imap/opened-mailbox'
import type { OutgoingMail } from '@/mail/mailer'
import { headOf, readMessage } from '@/mail/read-message'

/** A message of a mailbox to itself. `mark` stands in its subject, which a provider leaves as it is. */
export type OwnMessage = { email: OutgoingMail; messageId: string; mark: string }

/** Writes a message that says what it is for, to be found again by its mark. */
export function ownMessage(
  { clock }: Pick<Deps, 'clock'>,
  mailbox: Pick<Mailbox, 'fromEmail' | 'fromName'>,
): OwnMessage {
  const { fromEmail: address } = mailbox
  const mark = `T${randomBytes(8).toString('hex')}`
  const messageId = messageIdFor(`check-${randomUUID()}`, address)
  const raw = compileMessage({
    from: { name: displayName(mailbox.fromName), address },
    to: { name: '', address },
    subject: `Test of this mailbox ${mark}`,
    text: 'This email was sent by the test of the mailbox, from itself to itself. It can be deleted.\n',
    messageId,
    date: clock.realNow(),
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return { email: { envelope: { from: address, to: address }, raw }, messageId, mark }
}

/** Where each folder ended before the message was sent. */
export type FolderEnds = { folder: MailFolder; lastUid: number }[]

/** @throws {ImapFailure} */
export async function folderEnds(opened: OpenedMailbox, folders: readonly MailFolder[]): Promise<FolderEnds> {
  const ends: FolderEnds = []
  for (const folder of folders) ends.push({ folder, lastUid: (await opened.open(folder.path)).uidNext - 1 })
  return ends
}

/** How long the message is waited for, and how long after it for its copy in Sent. Milliseconds. */
export type Waits = { arrival: number; filing: number; between: number }

export const WAITS: Waits = { arrival: 60_000, filing: 5_000, between: 1_000 }

/**
 * Looks for the message in what came into the folders since they ended, until it has arrived and its copy in Sent has been
 * waited for. Nothing on the server changes. @throws {ImapFailure}
 */
export async function findOwnMessage(
  { clock }: Pick<Deps, 'clock'>,
  opened: OpenedMailbox,
  { messageId, mark }: Pick<OwnMessage, 'messageId' | 'mark'>,
  { ends, waits }: { ends: FolderEnds; waits: Waits },
): Promise<RoundTrip> {
  const begun = clock.realNow().getTime()
  const passed = () => clock.realNow().getTime() - begun
  const copies: FoundCopy[] = []
  let lookedUntil = waits.arrival
  for (;;) {
    for (const { folder, lastUid } of ends) {
      if (copies.some((copy) => copy.folder.path === folder.path)) continue
      const found = await copyIn(opened, folder, lastUid, mark)
      if (found) copies.push({ ...found, folder, seconds: passed() / 1_000 })
    }
    if (arrivedCopy({ copies })) {
      if (copies.some(({ folder }) => folder.role === 'sent' || folder.role === 'all')) break
      lookedUntil = Math.min(lookedUntil, passed() + waits.filing)
    }
    if (passed() >= lookedUntil) break
    await sleep(waits.between)
  }
  return { messageId, copies, seconds: Math.round(passed() / 1_000) }
}

async function copyIn(opened: OpenedMailbox, { path }: MailFolder, lastUid: number, mark: string) {
  const folder = await opened.open(path)
  for (const listed of await folder.list(await folder.uidsAfter(lastUid, null))) {
    const found = await copyOf(listed, mark)
    if (found) return found
  }
  return null
}

/** What the headers say; null for any other message. */
async function copyOf({ beginning }: ListedMessage, mark: string) {
  const message = await readMessage(headOf(beginning) ?? beginning).catch(() => null)
  if (!message?.subject.includes(mark)) return null
  const signedBy = message.headers.flatMap(({ name, value }) => {
    if (name !== 'dkim-signature') return []
    const tag = (key: string) => new RegExp(`(?:^|;)\\s*${key}\\s*=\\s*([^;\\s]+)`).exec(value)?.[1]
    const [domain, selector] = [tag('d'), tag('s')]
    return domain && selector ? [{ domain: domain.toLowerCase(), selector }] : []
  })
  return { messageId: message.messageId, signedBy }
}
