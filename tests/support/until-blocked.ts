import type { Pool } from 'pg'
import { eventually } from './worker-process'

/** Waits until a session of this database waits for a lock, so that `work`, which was begun, stands where the test wants it. */
export async function untilBlocked(pool: Pool, work: Promise<unknown>): Promise<void> {
  let ended = false
  const end = () => {
    ended = true
  }
  work.then(end, end)
  const waiting = `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`
  await eventually(async () => {
    if (ended) throw new Error('It ended without waiting for a lock')
    return (await pool.query(waiting)).rows.length > 0
  }, 'a session waits for a lock')
}
