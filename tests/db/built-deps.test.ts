import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import type { BuiltDeps } from '@/build-deps'
import { queryOne } from '@/db/sql'
import { type PostgresServer, startEmbeddedPostgres } from '../../scripts/lib/database/embedded-postgres'
import { migrate } from '../../scripts/lib/database/migrations'
import { createShortLivedFolder } from '../support/database/short-lived-folder'
import { childrenOf } from '../support/processes-of'

let server: PostgresServer
const built: BuiltDeps[] = []
const frozen = (signal: 'SIGSTOP' | 'SIGCONT') => {
  for (const pid of childrenOf(server.pid)) process.kill(pid, signal)
}

beforeAll(async () => {
  const settings = { fsync: 'off' }
  server = await startEmbeddedPostgres({
    dataDir: createShortLivedFolder(),
    throwaway: true,
    settings,
    log: () => undefined,
  })
  await server.ensureDatabase('built')
  const url = server.urlOf('built')
  await migrate(url)
  const environment = {
    DATABASE_URL: url,
    SMTP_URL: 'smtp://127.0.0.1:1025',
    APP_URL: 'http://localhost:3000',
    AUTH_SECRET: 'a'.repeat(32),
    ENCRYPTION_KEY: 'b'.repeat(64),
    DATA_DIR: createShortLivedFolder(),
    LOG_LEVEL: 'silent',
  }
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value)
})
afterAll(async () => {
  frozen('SIGCONT')
  for (const { boss, close } of built) {
    await boss.stop({ graceful: false })
    await close()
  }
  await server.stop()
  vi.unstubAllEnvs()
})

async function build(role: 'web' | 'worker') {
  // It reads the environment when it is loaded.
  const { buildDeps } = await import('@/build-deps')
  const parts = await buildDeps({ role })
  built.push(parts)
  return parts.deps.sql
}

it.each([
  ['web', { statement: '30s', lock: '30s' }],
  ['worker', { statement: '10min', lock: '1min' }],
] as const)('a statement of the %s process has its time', async (role, times) => {
  const sql = await build(role)
  expect(
    await queryOne(
      sql,
    )`SELECT current_setting('statement_timeout') AS statement, current_setting('lock_timeout') AS lock`,
  ).toEqual(times)
})

const ask = (sql: BuiltDeps['deps']['sql']) => queryOne(sql)`SELECT 1 AS one`

it('both processes wait for a database that is silent for a moment', async () => {
  const [web, worker] = [await build('web'), await build('worker')]
  await Promise.all([ask(web), ask(worker)])
  frozen('SIGSTOP')
  const asked = Promise.all([ask(web), ask(worker)])
  await sleep(1_000)
  frozen('SIGCONT')
  expect(await asked).toEqual([{ one: 1 }, { one: 1 }])
})

// Without their watches nothing of this ends at all.
it('give up on one that stays silent, the web process first, and keep no connection to it', async () => {
  const [web, worker] = [await build('web'), await build('worker')]
  // Several connections of each that nobody uses then, and those of their queues.
  await Promise.all([web, worker].flatMap((sql) => [1, 2, 3].map(() => ask(sql))))
  const before = await sessions()
  frozen('SIGSTOP')
  const gaveUp: string[] = []
  const asked = [ask(web).catch(() => gaveUp.push('web')), ask(worker).catch(() => gaveUp.push('worker'))]
  await Promise.all(asked)
  expect(gaveUp).toEqual(['web', 'worker'])
  frozen('SIGCONT')
  for (const sql of [web, worker]) await expect.poll(() => ask(sql).catch(() => null)).toEqual({ one: 1 })
  // What was open has ended; the notifications of the worker's queue have a watch of their own.
  const kept = async () => {
    const after = await sessions()
    return [...before].filter((pid) => after.has(pid))
  }
  await expect.poll(kept).toEqual([])
})

/** Sessions of the processes, but for those that look whether the server answers and that of notifications. */
async function sessions(): Promise<Set<number>> {
  const client = new Client({ connectionString: server.urlOf('built') })
  await client.connect()
  try {
    const { rows } = await client.query<{ pid: number }>(
      `SELECT pid FROM pg_stat_activity WHERE datname = 'built' AND pid <> pg_backend_pid() AND query NOT LIKE 'LISTEN%'
         AND query NOT LIKE '%pg_listening_channels%'`,
    )
    return new Set(rows.map(({ pid }) => pid))
  } finally {
    await client.end()
  }
}
