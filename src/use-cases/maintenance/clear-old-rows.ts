import * as clearings from '@/db/queries/maintenance/clear-old-rows'
import * as texts from '@/db/queries/maintenance/clear-texts'
import type { Deps } from '@/deps'

// A tick of the fastest sending into the sandbox inbox is caught up with.
const STATEMENTS_AT_ONCE = 200
// Each writes its rows anew: a tick has something else to do. 14 million a day.
const STATEMENTS_OF_TEXTS = 20

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
  texts.clearHistory,
]

const TEXTS: readonly clearings.Clearing[] = [texts.clearSentTexts, texts.clearReceivedTexts, texts.clearReplyTexts]

/**
 * Deletes what nobody reads again: old messages of the sandbox inbox, requests of old runs, sessions that are over, counters of
 * past days, old notifications, what old imports brought; and what an owner wants kept for some days only, texts among it. Each in
 * statements of at most a thousand rows that commit by themselves; what is left over waits for the next tick.
 */
export async function clearOldRows(deps: Pick<Deps, 'sql' | 'clock' | 'log'>): Promise<void> {
  for (const clear of CLEARINGS)
    await clearSome(deps, clear, { rows: clearings.ROWS_AT_ONCE, statements: STATEMENTS_AT_ONCE })
  for (const clear of TEXTS)
    await clearSome(deps, clear, { rows: texts.TEXTS_AT_ONCE, statements: STATEMENTS_OF_TEXTS })
}

async function clearSome(
  { sql, clock, log }: Pick<Deps, 'sql' | 'clock' | 'log'>,
  clear: clearings.Clearing,
  most: { rows: number; statements: number },
): Promise<void> {
  const at = { now: clock.now(), realNow: clock.realNow() }
  let cleared = 0
  for (let i = 0; i < most.statements; i++) {
    const gone = await clear(sql, at)
    cleared += gone
    if (gone < most.rows) break
  }
  if (cleared > 0) log.info({ rows: cleared, what: clear.name }, 'old rows cleared')
}
