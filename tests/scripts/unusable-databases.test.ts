import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { freePort } from '../../scripts/lib/ports'
import { createEmptyDatabase, tablesOf } from '../support/database/empty-database'
import { oldPostgres, startOldPostgres } from '../support/database/old-postgres'
import { createTestDatabase } from '../support/database/test-database'
import { createFolder, STACK } from '../support/second-folder'

const COMMANDS = ['start', 'worker', 'migrate']
const GIVEN = {
  SMTP_URL: 'smtp://127.0.0.1:2525',
  AUTH_SECRET: 'a-secret-for-tests-that-is-long-enough',
  ENCRYPTION_KEY: '0123456789abcdef'.repeat(4),
}

describe('commands on a database that they cannot use', () => {
  let folder: ReturnType<typeof createFolder>
  beforeAll(() => {
    folder = createFolder()
  })
  afterAll(() => folder.remove())
  const run = async (command: string, url: string) =>
    folder.run(command, { ...GIVEN, PORT: String(await freePort()), DATABASE_URL: url })
  /** All three, one after the other (two of them share a lock); each must end with code 1 and the same words. */
  const sayOf = async (url: string, commands = COMMANDS) => {
    const said = new Set<string>()
    for (const command of commands) {
      const ended = await run(command, url)
      expect(ended, command).toMatchObject({ code: 1, said: expect.not.stringMatching(STACK) })
      said.add(ended.said.trim())
    }
    expect([...said]).toHaveLength(1)
    return [...said].join()
  }
  const server = () => new URL(inject('databaseServer'))
  const at = (url: URL) => `-h 127.0.0.1 -p ${url.port}`

  it('say that nothing listens there', async () => {
    const port = await freePort()
    expect(await sayOf(`postgresql://ann:s3cret@127.0.0.1:${port}/sales`)).toBe(
      `The database of DATABASE_URL (127.0.0.1:${port}/sales) cannot be reached: nothing listens there. Nothing was ` +
        `started or changed. Start that server ("pg_isready -h 127.0.0.1 -p ${port}" shows when it is up), or correct ` +
        'DATABASE_URL; without it, "npm start" brings its own PostgreSQL.',
    )
  })

  it('say that the password is wrong, without it', async () => {
    const url = server()
    url.password = 'gu3ss'
    expect(await sayOf(url.href)).toBe(
      `The database of DATABASE_URL (127.0.0.1:${url.port}/postgres) cannot be reached: password authentication failed ` +
        'for user "leadnexconnect". Nothing was started or changed. Correct DATABASE_URL (special characters ' +
        `percent-encoded), or set that password anew: psql ${at(url)} -d postgres -c '\\password leadnexconnect'.`,
    )
  })

  it('say that there is no password', async () => {
    const url = server()
    url.password = ''
    expect(await sayOf(url.href)).toContain('it asks for a password, and DATABASE_URL has none. Nothing was started')
  })

  it('say that the server has no such database, and how to create it', async () => {
    const url = server()
    url.pathname = '/sales'
    expect(await sayOf(url.href)).toBe(
      `The database of DATABASE_URL (127.0.0.1:${url.port}/sales) cannot be reached: database "sales" does not exist. ` +
        `Nothing was started or changed. Create it: createdb ${at(url)} -U leadnexconnect sales. Or correct DATABASE_URL.`,
    )
  })

  it('say to a worker that the database is empty, and leave it empty', async () => {
    const { url, drop } = await createEmptyDatabase()
    expect(await sayOf(url, ['worker'])).toBe(
      'The database has no tables of LeadNexConnect yet. Nothing was started or changed. Run "npm run db:migrate" with ' +
        'the same DATABASE_URL, then "npm run worker" again.',
    )
    expect(await tablesOf(url)).toEqual([])
    await drop()
  })

  it('say to a worker which migrations the database lacks, or has beyond its own', async () => {
    const { url, drop } = await createTestDatabase()
    const client = new Client({ connectionString: url })
    await client.connect()
    const migrations = () => client.query('SELECT * FROM _prisma_migrations ORDER BY migration_name')
    await client.query(`UPDATE _prisma_migrations SET migration_name = '9001_later' WHERE migration_name LIKE '0008%'`)
    const before = (await migrations()).rows
    expect(await sayOf(url, ['worker'])).toBe(
      'The database is of a newer version than this folder, which does not know 9001_later. Nothing was started or ' +
        'changed. Bring this folder up to that version, then "npm run worker" again.',
    )
    expect((await migrations()).rows).toEqual(before)
    await client.query(`DELETE FROM _prisma_migrations WHERE migration_name = '9001_later'`)
    expect(await sayOf(url, ['worker'])).toBe(
      'The database is of an older version than this folder: 0008_mailbox_tested_at missing. Nothing was started or ' +
        'changed. Run "npm run db:migrate" with the same DATABASE_URL, then "npm run worker" again.',
    )
    expect((await migrations()).rows).toEqual(before.slice(0, -1))
    expect((await tablesOf(url)).filter((name) => name.startsWith('pgboss.'))).toEqual([])
    await client.end()
    await drop()
  })

  it.skipIf(oldPostgres === undefined)(
    'say that PostgreSQL is too old, and make nothing in it (left out where no PostgreSQL 17 or older is installed)',
    async () => {
      const old = await startOldPostgres(oldPostgres ?? 0)
      const { port } = new URL(old.url)
      expect(await sayOf(old.url)).toBe(
        `The database of DATABASE_URL (127.0.0.1:${port}/postgres) is PostgreSQL ${oldPostgres}; 18 or newer is needed. ` +
          'Nothing was started or changed. Upgrade that server (pg_upgrade), or leave DATABASE_URL out: "npm start" ' +
          'brings its own PostgreSQL.',
      )
      expect(await tablesOf(old.url)).toEqual([])
      await old.stop()
    },
  )
})
