import {
  claimListeningIfFree,
  type ListenLease,
  releaseListeningIf,
  renewListeningIf,
  selectListeningCandidates,
} from '@/db/queries/conversations/listeners'
import { stopReaderIf } from '@/db/queries/conversations/sent-copies'
import type { Deps } from '@/deps'
import { chooseListened, LIVE_FOR_MS, listenAgainMs } from '@/domain/conversation/listening'
import { NoReports } from '@/mail/imap/idle-connection'
import { ImapFailure } from '@/mail/imap/opened-mailbox'
import { type Listener, type ListenOptions, openListener, REAL_TIMERS } from './listener'

export type Listening = {
  /** Looks anew to whom to listen; resolves when all that follows from it is done. Called by itself, too. */
  adjust(): Promise<void>
  stop(): Promise<void>
}

// Others may listen a minute after a worker has died; a living one renews often.
const LEASE_MS = 60_000
const ADJUST_MS = 10_000
// No server is asked for more sign-ins at once because a worker starts.
const MOST_AT_ONCE = 10
const NO_REPORTS_MS = 6 * 3_600_000

type Pause = { failures: number; until: number }

/**
 * Listens to the mailboxes whose outreach is live, the busiest up to `limit`, so that an answer is read within seconds. Polls go on
 * whatever is heard. One worker a mailbox, by a lease: a mailbox that is saved, stopped or taken over is let go.
 */
export function startListening(deps: Deps, { limit, ...options }: ListenOptions & { limit: number }): Listening {
  const { log } = deps
  const timers = options.timers ?? REAL_TIMERS
  const listeners = new Map<string, Listener>()
  const pauses = new Map<string, Pause>()
  let isStopped = false
  let cancel = () => {}
  let adjusting: Promise<void> = Promise.resolve()

  async function letGo(listener: Listener): Promise<void> {
    listeners.delete(listener.mailboxId)
    await listener.close()
    await releaseListeningIf(deps.sql, listener)
  }

  async function begin(lease: ListenLease): Promise<void> {
    const { mailboxId } = lease
    try {
      const listener = await openListener(deps, lease, options)
      listeners.set(mailboxId, listener)
      void listener.closed.then(async (hasLasted) => {
        if (listeners.get(mailboxId) !== listener) return
        listeners.delete(mailboxId)
        pause(deps, pauses, mailboxId, { hasLasted })
        await releaseListeningIf(deps.sql, lease)
      })
    } catch (error) {
      pause(deps, pauses, mailboxId, {
        hasLasted: false,
        forMs: error instanceof NoReports ? NO_REPORTS_MS : undefined,
      })
      await noteFailure(deps, lease, error)
    }
  }

  async function adjustOnce(): Promise<void> {
    for (const listener of await lost(deps, [...listeners.values()])) await letGo(listener)
    const own = new Set(listeners.keys())
    const [now, realNow] = [deps.clock.now(), deps.clock.realNow()]
    const since = new Date(now.getTime() - LIVE_FOR_MS)
    const candidates = (await selectListeningCandidates(deps.sql, { realNow, since })).filter(
      ({ mailboxId }) => (pauses.get(mailboxId)?.until ?? 0) <= realNow.getTime(),
    )
    const chosen = chooseListened(candidates, { own, limit })
    for (const listener of [...listeners.values()]) if (!chosen.has(listener.mailboxId)) await letGo(listener)
    const until = new Date(realNow.getTime() + LEASE_MS)
    const further = [...chosen].filter((mailboxId) => !own.has(mailboxId)).slice(0, MOST_AT_ONCE)
    const leases = await Promise.all(
      further.map((mailboxId) => claimListeningIfFree(deps.sql, { mailboxId, realNow, until })),
    )
    await Promise.all(leases.map((lease) => lease && begin(lease)))
  }

  const adjust = (): Promise<void> => {
    adjusting = adjusting.then(async () => {
      if (isStopped) return
      await adjustOnce().catch((error: unknown) => log.warn({ err: error }, 'listening could not be adjusted'))
    })
    return adjusting
  }
  const again = () => {
    cancel = timers.after(ADJUST_MS, () => void adjust().then(() => (isStopped ? undefined : again())))
  }
  if (limit > 0) again()
  return {
    adjust,
    stop: async () => {
      isStopped = true
      cancel()
      await adjusting
      await Promise.all([...listeners.values()].map(letGo))
    },
  }
}

/** Renews the leases, and returns those that stand no more. */
async function lost({ sql, clock }: Deps, listeners: readonly Listener[]): Promise<Listener[]> {
  if (listeners.length === 0) return []
  const until = new Date(clock.realNow().getTime() + LEASE_MS)
  const kept = new Set((await renewListeningIf(sql, { leases: listeners, until })).map(({ mailboxId }) => mailboxId))
  return listeners.filter(({ mailboxId }) => !kept.has(mailboxId))
}

/** Nobody of this worker listens to it for a while: longer each time, unless the connection had lasted. */
function pause(
  { clock }: Deps,
  pauses: Map<string, Pause>,
  mailboxId: string,
  { hasLasted, forMs }: { hasLasted: boolean; forMs?: number | undefined },
): void {
  const failures = (hasLasted ? 0 : (pauses.get(mailboxId)?.failures ?? 0)) + 1
  pauses.set(mailboxId, { failures, until: clock.realNow().getTime() + (forMs ?? listenAgainMs(failures)) })
}

/** A refused sign-in stops the reader, which would be refused likewise. */
async function noteFailure({ sql, log }: Deps, lease: ListenLease, error: unknown): Promise<void> {
  log.info({ mailbox: lease.mailboxId, err: error }, 'nobody listens to this mailbox')
  if (error instanceof ImapFailure && error.kind === 'sign_in')
    await stopReaderIf(sql, {
      ...lease,
      reason: `${error.message}${error.said ? ` The server says: ${error.said}` : ''}`,
    })
  await releaseListeningIf(sql, lease)
}
