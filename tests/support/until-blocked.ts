import { beginTransaction, query, type SqlPool, type Tx } from '@/db/sql'
import { eventually } from './worker-process'

/**
 * Waits until so many sessions of this database wait for a lock, so that `work`, which was begun, stands where the test needs
 * it.
 */
export async function untilBlocked(sql: SqlPool, work: Promise<unknown>, sessions = 1): Promise<void> {
  let ended = false
  const end = () => {
    ended = true
  }
  work.then(end, end)
  await eventually(async () => {
    if (ended) throw new Error('It ended without waiting for a lock')
    const waiting = await query(sql)`
      SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`
    return waiting.length >= sessions
  }, 'sessions wait for a lock')
}

/** Begins `act` while a transaction has done `hold`; resolves when `act` has waited for it. Throws when it did not wait. */
export async function waitsFor(
  sql: SqlPool,
  hold: (tx: Tx) => Promise<unknown>,
  act: () => Promise<unknown>,
): Promise<void> {
  const { tx, commit, rollback } = await beginTransaction(sql)
  try {
    await hold(tx)
    const acting = act()
    await untilBlocked(sql, acting)
    await commit()
    await acting
  } catch (error) {
    await rollback()
    throw error
  }
}
