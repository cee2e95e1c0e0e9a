import type { ImapFlow } from 'imapflow'
import { readMessage } from '../read-message'
import type { ImapAccount } from './imap-account'
import { connectImap, foldersToRead, inWords, searchUids } from './open-imap-mailbox'
import { ImapFailure } from './opened-mailbox'

/** The folder of a mailbox for what was sent. Nothing in it is marked, moved or deleted. */
export type SentFolder = {
  /** Whether a message with one of these Message-IDs lies there. They are compared as they stand in it. */
  has(messageIds: readonly string[]): Promise<boolean>
  /** Puts a message there, seen, as one of this time. */
  append(raw: Buffer, at: Date): Promise<void>
  close(): Promise<void>
}

/** Signs in and finds the folder. @throws {ImapFailure} */
export type OpenSentFolder = (account: ImapAccount) => Promise<SentFolder>

// A server's search may find what only resembles an id.
const MOST_LOOKED_AT = 20

/** Opens the folder that the server names for what was sent, or that is called so. */
export const openSentFolder: OpenSentFolder = async (account) => {
  const client = await connectImap(account)
  const close = async () => {
    await client.logout().catch(() => undefined)
    client.close()
  }
  try {
    const folders = await inWords(async () => foldersToRead(await client.list(), false))
    const sent = folders.find(({ role }) => role === 'sent')
    if (!sent) throw new ImapFailure('message', 'The server names no folder for sent emails.')
    return {
      has: (messageIds) => inWords(() => lies(client, sent.path, messageIds)),
      append: (raw, at) => inWords(() => append(client, sent.path, raw, at)),
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

async function lies(client: ImapFlow, path: string, messageIds: readonly string[]): Promise<boolean> {
  // Opened anew: what came since the last look is among the found.
  await client.mailboxOpen(path, { readOnly: true })
  for (const id of messageIds) {
    const found = await searchUids(client, { header: { 'message-id': id } })
    const uids = found.slice(-MOST_LOOKED_AT)
    if (uids.length === 0) continue
    const messages = await client.fetchAll(uids.join(','), { uid: true, headers: ['message-id'] }, { uid: true })
    for (const { headers } of messages) {
      if (headers && (await readMessage(headers)).messageId === id) return true
    }
  }
  return false
}

async function append(client: ImapFlow, path: string, raw: Buffer, at: Date): Promise<void> {
  const limit = client.capabilities.get('APPENDLIMIT')
  if (typeof limit === 'number' && raw.length > limit)
    throw new ImapFailure('message', 'The server takes no message of that size.')
  if (!(await client.append(path, raw, ['\\Seen'], at))) throw new ImapFailure('passing', 'The connection was lost.')
}
