import { setTimeout as sleep } from 'node:timers/promises'
import { createPinnedDatabase, type Models } from './client'
import { type Position, selectPrimaryPosition, selectStandbyPosition } from './queries/maintenance/select-position'
import { execute, type SqlPool } from './sql'

/** What a replica shows is never older than this, in milliseconds; where it were, the primary is asked. */
export const MOST_BEHIND_MS = 10_000
// The primary is looked at once a second: a little more than that cannot be told from nothing.
const LOOK_EVERY_MS = 1_000
const MEASURABLE_MS = 3_000
// How long a replica has to lend a connection.
const PATIENCE_MS = 2_000

/** The doors to one state of the database: all that is read through them is of the same moment. Nothing can be changed there. */
export type Reading = {
  db: Models
  sql: SqlPool
  /** Milliseconds since the primary was certainly no further; null where that is too little to be measured. */
  ageMs: number | null
}

/** Why the primary has to be asked: the replica is too far behind, is not there or fails, or is no standby of this database. */
export type Unfit = 'behind' | 'away' | 'other'

export type ReplicaAnswer<T> = { answer: T } | { unfit: Unfit; cause?: unknown }

export type Replica = {
  /** Asks the replica, where it is fit for it. Never throws: what fails there is for the primary to answer. */
  read<T>(ask: (reading: Reading) => Promise<T>): Promise<ReplicaAnswer<T>>
  close(): Promise<void>
}

/**
 * A standby of the database of `primary`, for what may be a little old. How old it is, is measured by the log of changes and the steady
 * clock of this process, on the connection that answers: neither the clock of another machine, nor a primary with nothing to do, nor an
 * address that leads elsewhere can hide it.
 */
export function openReplica(url: string, { connections, primary }: { connections: number; primary: SqlPool }): Replica {
  const {
    models: db,
    sql,
    onOneConnection,
    close,
  } = createPinnedDatabase(url, { name: 'leadnexconnect-replica', connections })
  const primaryThen = followPrimary(primary)

  async function readAt<T>(ask: (reading: Reading) => Promise<T>): Promise<ReplicaAnswer<T>> {
    // Before the transaction begins: what that shows is at least as new.
    const age = primaryThen.ageOf(await selectStandbyPosition(sql))
    if (typeof age === 'string') return { unfit: age }
    await execute(sql)`BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY`
    const answer = await ask({ db, sql, ageMs: age < MEASURABLE_MS ? null : age })
    await execute(sql)`COMMIT`
    return { answer }
  }

  return {
    read: (ask) =>
      onOneConnection(() => readAt(ask), PATIENCE_MS).catch((cause: unknown) => ({ unfit: 'away' as const, cause })),
    close: async () => {
      primaryThen.stop()
      await close()
    },
  }
}

type Look = Position & { lookedAt: number }

/** Looks where the end of the primary's log is, again and again. */
function followPrimary(primary: SqlPool) {
  const over = new AbortController()
  const looks: Look[] = []
  const keepLooking = async () => {
    while (!over.signal.aborted) {
      const lookedAt = performance.now()
      // Without an answer a replica seems ever older, until it is not asked any more.
      const position = await selectPrimaryPosition(primary).catch(() => null)
      if (position) looks.push({ ...position, lookedAt })
      while (looks[0] && looks[0].lookedAt < lookedAt - 2 * MOST_BEHIND_MS) looks.shift()
      await sleep(LOOK_EVERY_MS, undefined, { signal: over.signal, ref: false }).catch(() => undefined)
    }
  }
  void keepLooking()
  return {
    stop: () => over.abort(),
    /** Milliseconds since the primary was no further than this, or why a standby that is there cannot be used. */
    ageOf(position: Position | null): number | Unfit {
      const latest = looks.at(-1)
      if (!latest) return 'behind'
      if (position?.server !== latest.server) return 'other'
      const reached = looks.findLast((look) => look.promotion === position.promotion && look.at <= position.at)
      const ageMs = reached ? performance.now() - reached.lookedAt : Number.POSITIVE_INFINITY
      return ageMs > MOST_BEHIND_MS ? 'behind' : ageMs
    },
  }
}
