import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createLogger } from '@/log'
import { startBoss } from '@/queue/boss'
import { JOB } from '@/queue/jobs'
import { requireDatabase } from '../../scripts/lib/database/database'
import { startEmbeddedPostgres } from '../../scripts/lib/database/embedded-postgres'
import { createGuest, runSql } from '../support/database/role'
import { createTestDatabase } from '../support/database/test-database'

const UNUSABLE = 'Nothing was started or changed.'

const sayOf = (url: string, queueSchema?: string) =>
  requireDatabase({ databaseUrl: url, queueSchema }).then(
    () => 'usable',
    (error: Error) => error.message,
  )

it('tables that another role has made are refused to one that is no member of it', async () => {
  const { url, drop } = await createTestDatabase()
  const guest = await createGuest()
  const name = new URL(url).pathname.slice(1)
  await runSql(
    url,
    `GRANT CREATE ON DATABASE ${name} TO ${guest.role}`,
    `GRANT CREATE ON SCHEMA public TO ${guest.role}`,
    `GRANT ALL ON ALL TABLES IN SCHEMA public TO ${guest.role}`,
  )
  const its = new URL(guest.url)
  its.pathname = `/${name}`
  expect(await sayOf(its.href)).toBe(
    `The database of DATABASE_URL (${its.host}/${name}) holds tables that belong to leadnexconnect, and ${guest.role} is no member ` +
      `of that role. ${UNUSABLE} Name leadnexconnect in DATABASE_URL, or make ${guest.role} a member: psql ${guest.at} -U postgres ` +
      `-d ${name} -c 'GRANT leadnexconnect TO ${guest.role}'.`,
  )
  await drop()
  await guest.drop()
})

it('a job that only another version knows makes the queue nobody else’s', async () => {
  const { url, drop } = await createTestDatabase()
  const log = createLogger({ name: 'test', level: 'silent', readable: false })
  const boss = await startBoss({ databaseUrl: url, log, role: 'web' })
  for (const name of [JOB.tick, 'of-a-later-version']) await boss.createQueue(name)
  await boss.stop({ graceful: false })
  expect(await sayOf(url)).toBe('usable')
  await runSql(url, `DELETE FROM pgboss.queue WHERE name = '${JOB.tick}'`)
  expect(await sayOf(url)).toContain('has a schema pgboss that belongs to another program.')
  await drop()
})

it('a standby is refused, with the command that promotes it', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'standby-'))
  const start = () =>
    startEmbeddedPostgres({ dataDir, throwaway: true, settings: { fsync: 'off' }, log: () => undefined })
  await (await start()).stop()
  writeFileSync(join(dataDir, 'postgres', 'standby.signal'), '')
  const server = await start()
  const url = server.urlOf('postgres')
  expect(await sayOf(url)).toBe(
    `The database of DATABASE_URL (127.0.0.1:${server.port}/postgres) is on a standby, which follows another server and takes no ` +
      `changes. ${UNUSABLE} Name the primary in DATABASE_URL. Where that one is gone for good, promote this one: psql -h 127.0.0.1 ` +
      `-p ${server.port} -U postgres -d postgres -c 'SELECT pg_promote()'.`,
  )
  await runSql(url, 'SELECT pg_promote()')
  expect(await sayOf(url)).toBe('usable')
  await server.stop()
  rmSync(dataDir, { recursive: true })
})
