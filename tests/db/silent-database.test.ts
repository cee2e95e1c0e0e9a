import { setTimeout as sleep, setImmediate as turn } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDatabase, type Database, SCREEN_LIMITS } from '@/db/client'
import { isAway } from '@/db/errors'
import { beginTransaction, execute, queryOne } from '@/db/sql'
import { SCREEN_WATCH } from '@/db/watched-pool'
import { createLogger } from '@/log'
import { startBoss } from '@/queue/boss'
import { getHealth } from '@/use-cases/maintenance/get-health'
import { type PostgresServer, startEmbeddedPostgres } from '../../scripts/lib/database/embedded-postgres'
import { migrate } from '../../scripts/lib/database/migrations'
import { createShortLivedFolder } from '../support/database/short-lived-folder'
import { createEngine, type Engine } from '../support/engine'
import { childrenOf } from '../support/processes-of'

/** Keeps the event loop from everything else. */
const computeFor = (ms: number) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms)

// Without the watch nothing of this ends at all.

describe('a database server that falls silent', () => {
  let server: PostgresServer
  let watched: Database
  let engine: Engine
  const frozen = (signal: 'SIGSTOP' | 'SIGCONT') => {
    for (const pid of childrenOf(server.pid)) process.kill(pid, signal)
  }
  beforeAll(async () => {
    server = await startEmbeddedPostgres({
      dataDir: createShortLivedFolder(),
      throwaway: true,
      settings: { fsync: 'off' },
      log: () => undefined,
    })
    await server.ensureDatabase('silent')
    const url = server.urlOf('silent')
    await migrate(url)
    const log = createLogger({ name: 'test', level: 'silent', readable: false })
    await (await startBoss({ databaseUrl: url, log, role: 'web' })).stop({ graceful: false })
    engine = await createEngine({ database: { url, drop: async () => undefined } })
    watched = createDatabase(url, { limits: SCREEN_LIMITS, watch: SCREEN_WATCH, connections: 3 })
  })
  afterAll(async () => {
    frozen('SIGCONT')
    await watched.close()
    await engine.close()
    await server.stop()
  })
  const deps = () => ({ ...engine.deps, sql: watched.sql, db: watched.models })

  it('fails what is under way and who waits for a connection, then everybody at once, until it answers again', async () => {
    await watched.models.settings.count()
    frozen('SIGSTOP')
    const asked = await Promise.allSettled([
      ...Array.from({ length: 6 }, () => queryOne(watched.sql)`SELECT 1 AS one`),
      watched.models.settings.count(),
      getHealth(deps()),
    ])
    expect(asked.slice(0, 7).map((one) => one.status === 'rejected' && isAway(one.reason))).toEqual(Array(7).fill(true))
    expect(asked[7]).toMatchObject({ value: { status: 'degraded', database: { ok: false, trouble: 'away' } } })
    await expect(queryOne(watched.sql)`SELECT 1`).rejects.toThrow('The database does not answer')
    frozen('SIGCONT')
    await expect.poll(() => queryOne(watched.sql)`SELECT 1 AS one`.catch(() => null)).toEqual({ one: 1 })
    await expect.poll(async () => (await getHealth(deps())).database).toEqual({ ok: true })
  })

  it('does not give up on a slow statement of a server that answers others', async () => {
    const longer = (SCREEN_WATCH.everyMs + SCREEN_WATCH.patienceMs) * 1.5
    expect(await queryOne(watched.sql)`SELECT pg_sleep(${longer / 1000})::text AS slept`).toEqual({ slept: '' })
  })

  it('is told from a process that does not listen: what was answered while it computed has succeeded', async () => {
    const watch = { everyMs: 20, patienceMs: SCREEN_WATCH.patienceMs }
    const busy = createDatabase(server.urlOf('silent'), { limits: SCREEN_LIMITS, watch, connections: 3 })
    const { tx, rollback } = await beginTransaction(busy.sql)
    try {
      frozen('SIGSTOP')
      const asked = queryOne(busy.sql)`SELECT 1 AS one`.catch((error: unknown) => error)
      // The server is asked for a sign of life, too, and cannot give it.
      await sleep(watch.everyMs * 10)
      frozen('SIGCONT')
      // As work that an answer or a request has begun: timers are next, before anything is read.
      await turn()
      computeFor(watch.patienceMs + 500)
      expect(await asked).toEqual({ one: 1 })
      expect(await queryOne(tx)`SELECT 2 AS two`.catch((error: unknown) => error)).toEqual({ two: 2 })
    } finally {
      await rollback()
      await busy.close()
    }
  })

  it('is told from one that takes no changes', async () => {
    await execute(watched.sql)`ALTER DATABASE silent SET default_transaction_read_only = on`
    const reading = createDatabase(server.urlOf('silent'), { limits: SCREEN_LIMITS })
    expect(await getHealth({ ...engine.deps, sql: reading.sql, db: reading.models })).toMatchObject({
      status: 'degraded',
      database: { ok: false, trouble: 'read_only' },
    })
    await reading.close()
  })
})
