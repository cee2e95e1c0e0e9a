import { afterAll, beforeAll, expect, it } from 'vitest'
import { createClock } from '@/clock'
import { createDatabase, type Database } from '@/db/client'
import { createLogger } from '@/log'
import { type Boss, startBoss } from '@/queue/boss'
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
