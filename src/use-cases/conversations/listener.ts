import { callReaderIfUnread, type ListenLease } from '@/db/queries/conversations/listeners'
import type { Deps } from '@/deps'
import { rearmMs } from '@/domain/conversation/listening'
import { type IdleConnection, type OpenIdleConnection, openIdleConnection } from '@/mail/imap/idle-connection'
import { openForReading } from '@/use-cases/mailboxes/open-account'

/** Timers of a listener; each returns what takes it back. */
export type Timers = { after(ms: number, work: () => void): () => void }

export const REAL_TIMERS: Timers = {
  after: (ms, work) => {
    const timer = setTimeout(work, ms)
    return () => clearTimeout(timer)
  },
}

/** Whoever listens to one mailbox. */
export type Listener = ListenLease & {
  close(): Promise<void>
  /** Resolves when the connection is gone; true where it had lasted until it was asked anew. */
  readonly closed: Promise<boolean>
}

// A reading that is under way began before the news: the next one is asked for once it has ended.
const ASK_AGAIN_MS = 1_000

export type ListenOptions = { open?: OpenIdleConnection | undefined; timers?: Timers | undefined }

/**
 * Listens to a mailbox: what its server reports makes it due, and a job reads it. The connection is asked anew every five to nine
 * minutes. @throws {ImapFailure} {NoReports}
 */
export async function openListener(
  deps: Deps,
  lease: ListenLease,
  { open = openIdleConnection, timers = REAL_TIMERS }: ListenOptions,
): Promise<Listener> {
  const { mailboxId } = lease
  const { mailbox, ...reader } = await deps.db.mailboxReader.findUniqueOrThrow({
    where: { mailboxId },
    include: { mailbox: true },
  })
  const news = createNews(deps, mailboxId, timers)
  const connection = await openForReading(deps, mailbox, reader, (account) => open(account, news.heard))
  const rearming = keepRearmed(deps, connection, timers)
  const closed = connection.closed.then(() => {
    news.stop()
    return rearming.stop()
  })
  return { ...lease, closed, close: connection.close }
}

/** Has the mailbox read after something was heard, until that has happened. */
function createNews({ sql, clock, queue, log }: Deps, mailboxId: string, timers: Timers) {
  let heardAt: Date | null = null
  let isAsking = false
  let isStopped = false
  let cancel = () => {}

  async function ask(): Promise<void> {
    if (heardAt === null || isStopped) return
    isAsking = true
    const asked = heardAt
    try {
      const called = await callReaderIfUnread(sql, { mailboxId, heardAt: asked, realNow: clock.realNow() })
      if (called?.isDue) await queue.enqueueMailboxRead(mailboxId)
      if (!called?.isUnread && heardAt === asked) heardAt = null
    } catch (error) {
      log.warn({ mailbox: mailboxId, err: error }, 'a new message could not be passed on')
    }
    isAsking = false
    if (heardAt !== null) cancel = timers.after(ASK_AGAIN_MS, () => void ask())
  }

  return {
    heard: () => {
      const isFirst = heardAt === null
      heardAt = clock.realNow()
      if (isFirst && !isAsking) void ask()
    },
    stop: () => {
      isStopped = true
      cancel()
    },
  }
}

/** Asks the connection anew, again and again; one that does not answer is closed. */
function keepRearmed({ random, log }: Deps, connection: IdleConnection, timers: Timers) {
  let hasLasted = false
  let cancel = () => {}
  const plan = () => {
    cancel = timers.after(rearmMs(random()), () => {
      connection.rearm().then(
        () => {
          hasLasted = true
          plan()
        },
        (error) => {
          log.info({ err: error }, 'a server that reported messages is gone')
          return connection.close()
        },
      )
    })
  }
  plan()
  return {
    stop: () => {
      cancel()
      return hasLasted
    },
  }
}
