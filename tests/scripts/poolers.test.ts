import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { createDatabase, SCREEN_LIMITS } from '@/db/client'
import { findPooling } from '@/db/pooling'
import { queryOne, queryPrepared, transaction } from '@/db/sql'
import { requireDatabase } from '../../scripts/lib/database/database'
import { migrate } from '../../scripts/lib/database/migrations'
import { createEmptyDatabase, tablesOf } from '../support/database/empty-database'
import { missingPgBouncer, type PgBouncer, startPgBouncer } from '../support/database/pgbouncer'
import { createTestDatabase, type TestDatabase } from '../support/database/test-database'
import { launchWorker, startWorker } from '../support/worker-process'

const MODES = ['session', 'transaction', 'statement'] as const

describe.skipIf(missingPgBouncer())('a database behind PgBouncer', () => {
  let database: TestDatabase
  let name: string
  const bouncers = {} as Record<(typeof MODES)[number], PgBouncer>
  beforeAll(async () => {
    database = await createTestDatabase()
    name = new URL(database.url).pathname.slice(1)
    for (const mode of MODES) bouncers[mode] = await startPgBouncer(inject('databaseServer'), mode)
  })
  afterAll(async () => {
    for (const mode of MODES) await bouncers[mode].stop()
    await database.drop()
  })
  const sayOf = (databaseUrl: string, directUrl?: string) =>
    requireDatabase({ databaseUrl, directUrl }).then(
      () => 'usable',
      (error: Error) => error.message,
    )

  it('is known by how it lends sessions, whoever else uses them', async () => {
    expect(await findPooling(database.url)).toBe('none')
    for (const mode of MODES) expect(await findPooling(bouncers[mode].urlOf(name))).toBe(mode)
    // One that lends them in turn, and has several.
    const inTurn = await startPgBouncer(database.url, 'transaction', {
      settings: { server_round_robin: '1', min_pool_size: '2' },
    })
    for (let time = 0; time < 5; time++) expect(await findPooling(inTurn.urlOf(name))).toBe('transaction')
    await inTurn.stop()
  })

  it('is refused by name where it lends them by transaction, unless PostgreSQL itself is named too', async () => {
    const empty = await createEmptyDatabase()
    const its = new URL(empty.url).pathname.slice(1)
    const url = bouncers.transaction.urlOf(its)
    const where = new URL(url).host
    expect(await sayOf(url)).toBe(
      `The database of DATABASE_URL (${where}/${its}) is behind a pooler in transaction mode, which workers and migrations cannot ` +
        'use. Nothing was started or changed. Set DIRECT_DATABASE_URL to an address that leads to PostgreSQL itself, or to a ' +
        'pooler in session mode; DATABASE_URL then serves the pages.',
    )
    expect(await sayOf(empty.url, url)).toBe(
      `The database of DIRECT_DATABASE_URL (${where}/${its}) is behind a pooler in transaction mode, which workers and migrations ` +
        'cannot use. Nothing was started or changed. Let it lead to PostgreSQL itself, or to a pooler in session mode.',
    )
    expect(await sayOf(url, empty.url)).toBe('usable')
    expect(await sayOf(url, bouncers.session.urlOf(its))).toBe('usable')
    expect(await sayOf(bouncers.session.urlOf(its))).toBe('usable')
    expect(await tablesOf(empty.url)).toEqual([])
    await empty.drop()
  })

  it('ends a worker that was given no other, with words, and lets one work that was', async () => {
    const url = bouncers.transaction.urlOf(name)
    const refused = launchWorker(url, { port: 1 })
    expect(await refused.ended).toBe(1)
    expect(refused.output()).toContain(
      'DATABASE_URL leads to a pooler in transaction mode, which a worker process cannot use. Set DIRECT_DATABASE_URL to an address ' +
        'that leads to PostgreSQL itself.',
    )
    expect(await tablesOf(database.url)).not.toContain('pgboss.job')
    const worker = await startWorker(url, { port: 1 }, { env: { DIRECT_DATABASE_URL: database.url } })
    await worker.stop()
    expect(await tablesOf(database.url)).toContain('pgboss.job')
  })

  it('is refused where it lends them by statement', async () => {
    const url = bouncers.statement.urlOf(name)
    const said =
      `The database of DATABASE_URL (${new URL(url).host}/${name}) is behind a pooler in statement mode, which knows no transactions. ` +
      'Nothing was started or changed. Let it pool by session or by transaction (PgBouncer: pool_mode), or name PostgreSQL itself ' +
      'in DATABASE_URL.'
    expect(await sayOf(url)).toBe(said)
    expect(await sayOf(url, database.url)).toBe(said)
  })

  it('is refused where the direct address leads to another one', async () => {
    const url = bouncers.transaction.urlOf(name)
    const other = inject('databaseServer')
    expect(await sayOf(url, other)).toBe(
      `The database of DATABASE_URL (${new URL(url).host}/${name}) is another one than that of DIRECT_DATABASE_URL ` +
        `(${new URL(other).host}/postgres). Nothing was started or changed. Let both lead to one database: correct DATABASE_URL or ` +
        'DIRECT_DATABASE_URL.',
    )
  })

  it('is migrated again and again, and leaves no lock behind', async () => {
    const empty = await createEmptyDatabase()
    const url = bouncers.transaction.urlOf(new URL(empty.url).pathname.slice(1))
    expect(await migrate(url)).toContain('0001_init')
    for (let time = 0; time < 3; time++) expect(await migrate(url)).toEqual([])
    await empty.drop()
  })

  it('serves pages by transaction: limits go with each statement and stay with nobody, and names are not used', async () => {
    const pooled = createDatabase(bouncers.transaction.urlOf(name), {
      pooling: 'transaction',
      connections: 10,
      limits: { ...SCREEN_LIMITS, statementMs: 300 },
    })
    const plain = createDatabase(bouncers.transaction.urlOf(name), { pooling: 'transaction', limits: SCREEN_LIMITS })
    const limit = (sql: typeof pooled.sql) =>
      queryOne(sql)`
        SELECT current_setting('statement_timeout') AS ms, current_setting('lock_timeout') AS lock`
    await expect(queryOne(pooled.sql)`SELECT pg_sleep(20)`).rejects.toThrow('statement timeout')
    const asked = await Promise.all(
      Array.from({ length: 40 }, (_, n) => [
        limit(pooled.sql),
        limit(plain.sql),
        queryPrepared(pooled.sql, 'the same name')`SELECT ${n}::int AS n`,
        pooled.models.settings.count(),
      ]).flat(),
    )
    const expected = Array.from({ length: 40 }, (_, n) => [
      { ms: '300ms', lock: '30s' },
      { ms: '30s', lock: '30s' },
      [{ n }],
      1,
    ]).flat()
    expect(asked).toEqual(expected)
    expect(await transaction(pooled.sql, (tx) => queryOne(tx)`SELECT current_setting('lock_timeout') AS lock`)).toEqual(
      {
        lock: '30s',
      },
    )
    // What a refused statement had begun is undone, and its connection serves the next.
    await expect(queryOne(pooled.sql)`SELECT 1 / 0`).rejects.toThrow('division by zero')
    expect(await limit(plain.sql)).toEqual({ ms: '30s', lock: '30s' })
    await pooled.close()
    await plain.close()
  })
})
