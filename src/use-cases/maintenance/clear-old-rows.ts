import * as clearings from '@/db/queries/maintenance/clear-old-rows'
import type { Deps } from '@/deps'

// A tick of the fastest sending into the sandbox inbox is caught up with.
const STATEMENTS_AT_ONCE = 200

const CLEARINGS: readonly clearings.Clearing[] = [
  clearings.clearSandboxMessages,
  clearings.clearCalls,
  clearings.clearSessions,
  clearings.clearAttempts,
  clearings.clearCounters,
  clearings.clearAudit,
  clearings.clearNotifications,
  clearings.clearImports,
  clearings.clearMassActs,
]

/**
 * Deletes what nobody reads again: old messages of the sandbox inbox, requests of old runs, sessions that are over, counters of
 * past days, old notifications, what old imports brought. Each in statements of at most a thousand rows that commit by themselves; what is left over waits for the next tick.
 */
export async function clearOldRows({ sql, clock, log }: Pick<Deps, 'sql' | 'clock' | 'log'>): Promise<void> {
  const at = { now: clock.now(), realNow: clock.realNow() }
  for (const clear of CLEARINGS) {
    let cleared = 0
    for (let i = 0; i < STATEMENTS_AT_ONCE; i++) {
      const gone = await clear(sql, at)
      cleared += gone
      if (gone < clearings.ROWS_AT_ONCE) break
    }
    if (cleared > 0) log.info({ rows: cleared, what: clear.name }, 'old rows cleared')
  }
}
