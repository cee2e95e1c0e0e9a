import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createClock } from '@/clock'
import { createDatabase, type Database } from '@/db/client'
import { createLogger } from '@/log'
import { type Boss, startBoss } from '@/queue/boss'
import { MIGRATIONS_DIR, migrate } from '../../../scripts/lib/database/migrations'
import { createEmptyDatabase } from '../../support/database/empty-database'
import { runSql } from '../../support/database/role'
import { createTestDatabase, type TestDatabase } from '../../support/database/test-database'

let server: TestDatabase
let database: Database
let boss: Boss
beforeAll(async () => {
  server = await createTestDatabase()
  const name = new URL(server.url).pathname.slice(1)
  await runSql(
    server.url,
    `ALTER DATABASE ${name} SET DateStyle = 'German'`,
    `ALTER DATABASE ${name} SET IntervalStyle = 'sql_standard'`,
  )
  database = createDatabase(server.url)
  const log = createLogger({ name: 'test', level: 'silent', readable: false })
  boss = await startBoss({ databaseUrl: server.url, log, role: 'web' })
})
afterAll(async () => {
  await boss.stop({ graceful: false })
  await database.close()
  await server.drop()
})

it('tells the time of a database that writes dates in German', async () => {
  const clock = await createClock(database.sql)
  expect(Math.abs(clock.realNow().getTime() - Date.now())).toBeLessThan(60_000)
  clock.stop()
})

it('reads the times of jobs there', async () => {
  await boss.createQueue('dates')
  await boss.send('dates', {})
  const [job] = await boss.fetch('dates', { includeMetadata: true })
  expect(job?.createdOn.getTime()).toBeGreaterThan(Date.now() - 60_000)
})

it('reads there what was migrated before, and goes on', async () => {
  const empty = await createEmptyDatabase()
  const name = new URL(empty.url).pathname.slice(1)
  await runSql(empty.url, `ALTER DATABASE ${name} SET DateStyle = 'German'`)
  const earlier = mkdtempSync(join(tmpdir(), 'migrations-'))
  const all = readdirSync(MIGRATIONS_DIR).filter((entry) => /^\d/.test(entry))
  for (const entry of all.slice(0, 3)) cpSync(join(MIGRATIONS_DIR, entry), join(earlier, entry), { recursive: true })
  expect(await migrate(empty.url, earlier)).toEqual(all.slice(0, 3))
  await expect(migrate(empty.url)).resolves.toEqual(all.slice(3))
  expect(await migrate(empty.url)).toEqual([])
  rmSync(earlier, { recursive: true })
  await empty.drop()
})
