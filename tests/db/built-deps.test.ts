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

// Without the watch of the web process nothing of this ends at all.
it('the web process gives up on a database that falls silent, and the worker waits', async () => {
  const [web, worker] = [await build('web'), await build('worker')]
  const ask = (sql: typeof web) => queryOne(sql)`SELECT 1 AS one`
  await Promise.all([ask(web), ask(worker)])
  frozen('SIGSTOP')
  let answered = false
  const asked = ask(worker).finally(() => {
    answered = true
  })
  await expect(ask(web)).rejects.toThrow('The database does not answer')
  expect(answered).toBe(false)
  frozen('SIGCONT')
  expect(await asked).toEqual({ one: 1 })
})
