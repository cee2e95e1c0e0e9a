import { ImapFlow, type ListResponse, type SearchObject } from 'imapflow'
import { publicLookup, requirePublic } from '@/lib/public-lookup'
import type { ImapAccount } from './imap-account'
import { imapFailureOf } from './imap-failure'
import {
  type FolderRole,
  ImapFailure,
  LISTED_BYTES,
  type ListedMessage,
  type MailFolder,
  type OpenedFolder,
  type OpenedMailbox,
} from './opened-mailbox'

const CONNECT_MS = 20_000
const GREETING_MS = 20_000
// Silence in the middle of an answer.
const SILENCE_MS = 60_000
// What is longer is cut: its beginning says what it is.
const LONGEST_MESSAGE = 1024 * 1024

/**
 * Signs in to a mailbox, to read it. Folders are examined, never selected, and bodies are peeked at: the server changes
 * nothing. @throws {ImapFailure}
 */
export async function openImapMailbox(account: ImapAccount): Promise<OpenedMailbox> {
  const client = await connectImap(account)
  return {
    folders: () => inWords(async () => foldersToRead(await client.list(), client.capabilities.has('X-GM-EXT-1'))),
    open: (path) => inWords(() => openFolder(client, path)),
    close: async () => {
      await client.logout().catch(() => undefined)
      client.close()
    },
  }
}

/** Signs in. @throws {ImapFailure} */
export const connectImap = (account: ImapAccount, { silenceMs = SILENCE_MS } = {}): Promise<ImapFlow> =>
  inWords(async () => {
    const client = clientFor(account, silenceMs)
    await client.connect()
    return client
  }, account)

function clientFor(account: ImapAccount, silenceMs: number): ImapFlow {
  const { host, port, security, user, password, accessToken, allowPrivate } = account
  // Nobody looks an address up that needs no looking up.
  if (!allowPrivate) requirePublic(host)
  const client = new ImapFlow({
    host,
    port,
    secure: security === 'tls',
    ...(security !== 'tls' && { doSTARTTLS: security === 'starttls' }),
    auth: accessToken === undefined ? { user, pass: password } : { user, accessToken },
    ...(!allowPrivate && { tls: { lookup: publicLookup } }),
    logger: false,
    disableAutoIdle: true,
    connectionTimeout: CONNECT_MS,
    greetingTimeout: GREETING_MS,
    socketTimeout: silenceMs,
  })
  // The command under way fails with it; without a listener it would end the process.
  client.on('error', () => undefined)
  return client
}

const ROLES: Readonly<Record<string, FolderRole>> = { '\\Inbox': 'inbox', '\\Sent': 'sent', '\\Junk': 'junk' }

/** Inbox, Sent and Junk, by special use or else by name; where Gmail keeps all in one folder, that and Junk. */
export function foldersToRead(
  listed: readonly Pick<ListResponse, 'path' | 'specialUse' | 'flags'>[],
  isGmail: boolean,
): MailFolder[] {
  const usable = listed.filter(({ flags }) => !flags.has('\\Noselect') && !flags.has('\\NonExistent'))
  const all = isGmail ? usable.find(({ specialUse }) => specialUse === '\\All') : undefined
  const found = usable.flatMap(({ path, specialUse }): MailFolder[] => {
    const role = ROLES[specialUse ?? ''] ?? (path.toUpperCase() === 'INBOX' ? 'inbox' : null)
    return role ? [{ path, role }] : []
  })
  return all ? [{ path: all.path, role: 'all' }, ...found.filter(({ role }) => role === 'junk')] : found
}

async function openFolder(client: ImapFlow, path: string): Promise<OpenedFolder> {
  const { uidValidity, uidNext } = await client.mailboxOpen(path, { readOnly: true })
  return {
    uidValidity,
    uidNext,
    uidsAfter: (uid, since) =>
      inWords(async () => {
        const found = await searchUids(client, { uid: `${uid + 1}:*`, ...(since && { since }) })
        // "n:*" names the last message also where it comes before n.
        return found.filter((one) => one > uid).sort((a, b) => a - b)
      }),
    list: (uids) => inWords(() => listMessages(client, uids)),
    source: (uid) =>
      inWords(async () => {
        const query = { uid: true, source: { maxLength: LONGEST_MESSAGE } }
        const found = await client.fetchOne(String(uid), query, { uid: true })
        return found ? (found.source ?? null) : null
      }),
  }
}

/** Numbers of the messages that fit, in the open folder. @throws {ImapFailure} where the server does not look */
export async function searchUids(client: ImapFlow, query: SearchObject): Promise<number[]> {
  const found = await client.search(query, { uid: true })
  // imapflow keeps the server's words to itself.
  if (!found) throw new ImapFailure('put_off', 'The server refused to look for messages.')
  return found
}

async function listMessages(client: ImapFlow, uids: readonly number[]): Promise<ListedMessage[]> {
  if (uids.length === 0) return []
  const query = { uid: true, size: true, internalDate: true, flags: true, source: { maxLength: LISTED_BYTES } }
  const found = await client.fetchAll(uids.join(','), query, { uid: true })
  return found
    .map(({ uid, size = 0, internalDate, flags, source }) => ({
      uid,
      size,
      receivedAt: new Date(internalDate ?? Number.NaN),
      isDraft: flags?.has('\\Draft') ?? false,
      beginning: source ?? new Uint8Array(),
    }))
    .sort((a, b) => a.uid - b.uid)
}

/** Does `work`; what fails says so in plain words. @throws {ImapFailure} */
export async function inWords<T>(work: () => Promise<T>, account?: ImapAccount): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw imapFailureOf(error, account)
  }
}
