import type { ImapAccount } from './imap-account'
import { connectImap, inWords } from './open-imap-mailbox'
import { ImapFailure } from './opened-mailbox'

/** A connection over which a server reports new messages in the Inbox. Nothing there is read or changed over it. */
export type IdleConnection = {
  /** Asks the server anew, which shows whether it is still there. @throws {ImapFailure} */
  rearm(): Promise<void>
  close(): Promise<void>
  /** Resolves when the connection is gone, for whatever reason. */
  readonly closed: Promise<void>
}

/** Signs in and listens; `onNews` is called for each report. @throws {ImapFailure} */
export type OpenIdleConnection = (account: ImapAccount, onNews: () => void) => Promise<IdleConnection>

/** The server does not report by itself. */
export class NoReports extends Error {}

// A server that listens says nothing: what is dead shows when it is asked anew, which is sooner.
const QUIET_MS = 15 * 60_000
// Longer, an answer does not come any more.
const ANSWER_MS = 30_000

/** Listens by IMAP IDLE (RFC 2177), with the Inbox examined. @throws {NoReports} where the server has no such command */
export const openIdleConnection: OpenIdleConnection = async (account, onNews) => {
  const client = await connectImap(account, { silenceMs: QUIET_MS })
  const { promise: closed, resolve } = Promise.withResolvers<void>()
  client.once('close', resolve)
  if (!client.capabilities.has('IDLE')) {
    await client.logout().catch(() => undefined)
    client.close()
    throw new NoReports('The server does not report new messages by itself.')
  }
  let isRearming = false
  const idle = async () => {
    await client.idle().catch(() => undefined)
    // The server has ended it by itself, or the connection is lost.
    if (!isRearming) client.close()
  }
  try {
    await inWords(() => client.mailboxOpen('INBOX', { readOnly: true }))
  } catch (error) {
    client.close()
    throw error
  }
  client.on('exists', ({ count, prevCount }: { count: number; prevCount: number }) => {
    if (count > prevCount) onNews()
  })
  void idle()
  return {
    closed,
    rearm: async () => {
      isRearming = true
      const patience = setTimeout(() => client.close(), ANSWER_MS)
      try {
        await inWords(() => client.noop())
        if (!client.usable) throw new ImapFailure('passing', 'The connection was lost.')
      } catch (error) {
        client.close()
        throw error
      } finally {
        clearTimeout(patience)
        isRearming = false
      }
      void idle()
    },
    close: async () => {
      client.close()
      await closed
    },
  }
}
