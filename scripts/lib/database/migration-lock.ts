import { setTimeout as sleep } from 'node:timers/promises'
import type { Client } from 'pg'

// Any number will do, as long as every copy of this program uses the same.
const MIGRATION_LOCK = 7_306_001
const ASK_EVERY_MS = 250
const TELL_EVERY_MS = 10_000

export type Waiting = {
  /** Hears what is waited for, every ten seconds unless `tellEveryMs` says otherwise. */
  log?(line: string): void
  /** Gives up waiting. */
  abort?: AbortSignal | undefined
  tellEveryMs?: number
}

/**
 * Runs `work` while no other process migrates this database. The lock lasts as long as a transaction: a session's would outlive its
 * client behind a pooler that hands sessions on. It is asked for, not waited for, so that a person hears of it and can end it.
 */
export async function whileNobodyMigrates<T>(client: Client, waiting: Waiting, work: () => Promise<T>): Promise<T> {
  // What others committed meanwhile is seen, and a server that ends idle transactions does not end this one.
  await client.query('BEGIN ISOLATION LEVEL READ COMMITTED')
  await client.query('SET LOCAL idle_in_transaction_session_timeout = 0; SET LOCAL transaction_timeout = 0')
  try {
    await untilLocked(client, waiting)
    return await work()
  } finally {
    await client.query('ROLLBACK').catch(() => undefined)
  }
}

async function untilLocked(client: Client, { log, abort, tellEveryMs = TELL_EVERY_MS }: Waiting): Promise<void> {
  const since = performance.now()
  for (let saidAt = 0; ; ) {
    abort?.throwIfAborted()
    const { rows } = await client.query<{ mine: boolean }>('SELECT pg_try_advisory_xact_lock($1) AS mine', [
      MIGRATION_LOCK,
    ])
    if (rows[0]?.mine) return
    const waited = performance.now() - since
    if (waited >= saidAt + tellEveryMs) {
      saidAt = Math.floor(waited / tellEveryMs) * tellEveryMs
      log?.(`waiting for another start to migrate, ${saidAt / 1000} s${await holderOf(client)}`)
    }
    await sleep(ASK_EVERY_MS, undefined, { signal: abort }).catch(() => undefined)
  }
}

/** Which session holds the lock, in words. */
async function holderOf(client: Client): Promise<string> {
  const { rows } = await client.query<{ pid: number }>(
    `SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted AND (classid::bigint << 32) + objid::bigint = $1
       AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
    [MIGRATION_LOCK],
  )
  return rows[0] ? ` (session ${rows[0].pid} of PostgreSQL does)` : ''
}
