import { createRequire } from 'node:module'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createLogger } from '@/log'
import { startBoss } from '@/queue/boss'
import { requireDatabase } from '../../scripts/lib/database/database'
import { migrate } from '../../scripts/lib/database/migrations'
import { tablesOf } from '../support/database/empty-database'
import { createGuest, runSql } from '../support/database/role'
import { startWorker } from '../support/worker-process'

const QUEUE_VERSION: number = createRequire(import.meta.url)('pg-boss/package.json').pgboss.schema
const UNUSABLE = 'Nothing was started or changed.'

const sayOf = (url: string, queueSchema?: string) =>
  requireDatabase({ databaseUrl: url, queueSchema }).then(
    () => 'usable',
    (error: Error) => error.message,
  )

describe('before anything is made in a database', () => {
  let guest: Awaited<ReturnType<typeof createGuest>>
  beforeEach(async () => {
    guest = await createGuest()
  })
  afterEach(() => guest.drop())
  const asOwner = (...statements: string[]) => runSql(guest.ownerUrl, ...statements)
  const psql = (user: string, sql: string) => `psql ${guest.at} -U ${user} -d ${guest.name} -c '${sql}'`
  const refused = (state: string, remedy: string) =>
    `The database of DATABASE_URL (${guest.where}) ${state}. ${UNUSABLE} ${remedy}.`

  it('a role that may make what is needed finds it usable', async () => {
    await mayMake()
    expect(await sayOf(guest.url)).toBe('usable')
  })

  it('a role that may make nothing is shown both grants', async () => {
    expect(await sayOf(guest.url)).toBe(
      refused(
        `cannot be set up: ${guest.role} may not create tables in its schema public, and ${guest.role} may not create schemas in it (pgboss is needed, for jobs)`,
        `Give that right, as the owner of the database: ${psql('leadnexconnect', `GRANT USAGE, CREATE ON SCHEMA public TO ${guest.role}; GRANT CREATE ON DATABASE ${guest.name} TO ${guest.role}`)}`,
      ),
    )
    expect(await tablesOf(guest.ownerUrl)).toEqual([])
  })

  it('a missing schema public is made by the command that is shown', async () => {
    await asOwner('DROP SCHEMA public', `GRANT CREATE ON DATABASE ${guest.name} TO ${guest.role}`)
    const command = `CREATE SCHEMA public AUTHORIZATION ${guest.role}`
    expect(await sayOf(guest.url)).toBe(
      refused(
        'cannot be set up: there is no schema public',
        `Give that right, as the owner of the database: ${psql('leadnexconnect', command)}`,
      ),
    )
    await asOwner(command)
    expect(await sayOf(guest.url)).toBe('usable')
  })

  it.each([
    ['database', (name: string) => `DATABASE ${name}`],
    ['role', (_: string, role: string) => `ROLE ${role}`],
    ['role in a database', (name: string, role: string) => `ROLE ${role} IN DATABASE ${name}`],
  ])('a %s that only reads is refused, with the command that ends that', async (_, of) => {
    await mayMake()
    const what = `ALTER ${of(guest.name, guest.role)}`
    await asOwner(`${what} SET default_transaction_read_only = on`)
    const command = `${what} RESET default_transaction_read_only`
    expect(await sayOf(guest.url)).toBe(
      refused('takes no changes: default_transaction_read_only is on', `Turn it off: ${psql('postgres', command)}`),
    )
    expect(await tablesOf(guest.ownerUrl)).toEqual([])
    await asOwner(`SET default_transaction_read_only = off`, command)
    expect(await sayOf(guest.url)).toBe('usable')
  })

  it('tables of another program are named, and left alone', async () => {
    await asOwner(...['a', 'b', 'c', 'd', 'e'].map((letter) => `CREATE TABLE orders_${letter} (id int)`))
    expect(await sayOf(guest.ownerUrl)).toBe(
      refused(
        'holds tables of another program: orders_a, orders_b, orders_c and 2 more',
        `LeadNexConnect needs a database of its own. Create one, and name it in DATABASE_URL: createdb ${guest.at} -U leadnexconnect ${guest.name}_leadnexconnect`,
      ),
    )
    // Another program that keeps its migrations in the same way.
    await asOwner(
      'CREATE TABLE _prisma_migrations (migration_name text)',
      `INSERT INTO _prisma_migrations VALUES ('0001_shop')`,
    )
    expect(await sayOf(guest.ownerUrl)).toContain('holds tables of another program: orders_a')
    expect(await tablesOf(guest.ownerUrl)).toHaveLength(6)
  })

  const mayMake = () =>
    asOwner(`GRANT CREATE ON DATABASE ${guest.name} TO ${guest.role}`, `GRANT CREATE ON SCHEMA public TO ${guest.role}`)

  it('a schema of the name of the role is not used, and the command that is shown leads to public', async () => {
    await mayMake()
    await asOwner(`CREATE SCHEMA ${guest.role} AUTHORIZATION ${guest.role}`)
    const command = `ALTER ROLE ${guest.role} IN DATABASE ${guest.name} SET search_path = public`
    expect(await sayOf(guest.url)).toBe(
      refused(
        `looks for tables in the schema ${guest.role} first (search_path is "$user", public)`,
        `Let it be public: ${psql('postgres', command)}`,
      ),
    )
    await asOwner(command)
    expect(await sayOf(guest.url)).toBe('usable')
    expect(await tablesOf(guest.ownerUrl)).toEqual([])
  })

  it('a search path elsewhere is refused by where it was made', async () => {
    await mayMake()
    await asOwner('CREATE SCHEMA tenant1', `GRANT ALL ON SCHEMA tenant1 TO ${guest.role}`)
    const byOptions = new URL(guest.url)
    byOptions.searchParams.set('options', '-c search_path=tenant1')
    expect(await sayOf(byOptions.href)).toBe(
      refused(
        'looks for tables in the schema tenant1 first (search_path is tenant1)',
        'Let it be public: take it out of DATABASE_URL',
      ),
    )
    await asOwner(`ALTER DATABASE ${guest.name} SET search_path = nowhere`)
    expect(await sayOf(guest.url)).toBe(
      refused(
        'does not look for tables in the schema public (search_path is nowhere)',
        `Let it be public: ${psql('postgres', `ALTER DATABASE ${guest.name} RESET search_path`)}`,
      ),
    )
    await asOwner(`ALTER DATABASE ${guest.name} SET search_path = public, tenant1`)
    expect(await sayOf(guest.url)).toBe('usable')
    expect(await tablesOf(guest.ownerUrl)).toEqual([])
  })

  it('a schema that the address names is not silently left out', async () => {
    await mayMake()
    expect(await sayOf(`${guest.url}?schema=tenant1`)).toBe(
      refused(
        'is asked for in its schema tenant1, and LeadNexConnect keeps its tables in public',
        `Take "schema=tenant1" out of DATABASE_URL. A second installation has a database of its own: createdb ${guest.at} -U ${guest.role} ${guest.name}_tenant1`,
      ),
    )
    expect(await sayOf(`${guest.url}?schema=public`)).toBe('usable')
  })

  it.each(['LATIN1', 'SQL_ASCII'])(
    'text in %s is refused, with the command that makes a database for all names',
    async (encoding) => {
      const server = new URL(guest.ownerUrl)
      server.pathname = '/postgres'
      const name = `${guest.name}_${encoding.toLowerCase()}`
      await runSql(
        server.href,
        `CREATE DATABASE ${name} TEMPLATE template0 ENCODING '${encoding}' LOCALE_PROVIDER libc LOCALE 'C'`,
      )
      const url = new URL(guest.ownerUrl)
      url.pathname = `/${name}`
      const command = `CREATE DATABASE ${name}_utf8 TEMPLATE template0 ENCODING UTF8 LOCALE_PROVIDER builtin BUILTIN_LOCALE "C.UTF-8" LOCALE "C"`
      expect(await sayOf(url.href)).toBe(
        `The database of DATABASE_URL (${url.host}/${name}) stores text as ${encoding}, which cannot hold every name; UTF8 is needed. ` +
          `${UNUSABLE} Create one that can, and name it in DATABASE_URL: psql ${guest.at} -U leadnexconnect -d ${name} -c '${command}'.`,
      )
      expect(await tablesOf(url.href)).toEqual([])
      await runSql(url.href, command)
      url.pathname = `/${name}_utf8`
      expect(await sayOf(url.href)).toBe('usable')
      await runSql(server.href, `DROP DATABASE ${name}`, `DROP DATABASE ${name}_utf8`)
    },
  )

  it('schemas that are there are used by a role that may not make any', async () => {
    await asOwner(
      'CREATE SCHEMA leadnexconnect_jobs',
      `GRANT USAGE, CREATE ON SCHEMA public TO ${guest.role}`,
      `REVOKE CREATE ON DATABASE ${guest.name} FROM PUBLIC`,
    )
    const grant = `GRANT USAGE, CREATE ON SCHEMA leadnexconnect_jobs TO ${guest.role}`
    expect(await sayOf(guest.url, 'leadnexconnect_jobs')).toBe(
      refused(
        `cannot be set up: ${guest.role} may not create tables in its schema leadnexconnect_jobs`,
        `Give that right, as the owner of the database: ${psql('leadnexconnect', grant)}`,
      ),
    )
    await asOwner(grant)
    expect(await sayOf(guest.url, 'leadnexconnect_jobs')).toBe('usable')
    expect(await migrate(guest.url)).toContain('0001_init')
    const worker = await startWorker(guest.url, { port: 1 }, { env: { PGBOSS_SCHEMA: 'leadnexconnect_jobs' } })
    await worker.stop()
    expect(await tablesOf(guest.ownerUrl)).toEqual(
      expect.arrayContaining(['leadnexconnect_jobs.job', 'public.scheduled_emails']),
    )
    expect((await tablesOf(guest.ownerUrl)).filter((name) => name.startsWith('pgboss.'))).toEqual([])
    // Its own, and used by a second process as well.
    expect(await sayOf(guest.url, 'leadnexconnect_jobs')).toBe('usable')
  })

  it('a job queue of another program is left alone', async () => {
    const drop = psql('leadnexconnect', 'DROP SCHEMA pgboss CASCADE')
    const foreign = refused(
      'has a schema pgboss that belongs to another program',
      `Keep the jobs in another one: PGBOSS_SCHEMA=leadnexconnect_jobs, the same for every process. Where that program is gone for good: ${drop}`,
    )
    await asOwner('CREATE SCHEMA pgboss', 'CREATE TABLE pgboss.orders (id int)')
    expect(await sayOf(guest.ownerUrl)).toBe(foreign)
    await asOwner('DROP TABLE pgboss.orders')
    // The same library, with jobs that are not ours.
    const boss = await startBoss({
      databaseUrl: guest.ownerUrl,
      log: createLogger({ name: 'test', level: 'silent', readable: false }),
      role: 'web',
    })
    expect(await sayOf(guest.ownerUrl)).toBe('usable')
    await boss.createQueue('invoices')
    await boss.stop({ graceful: false })
    expect(await sayOf(guest.ownerUrl)).toBe(foreign)
    expect(await sayOf(guest.ownerUrl, 'leadnexconnect_jobs')).toBe('usable')
    await asOwner("DELETE FROM pgboss.queue WHERE name = 'invoices'", 'UPDATE pgboss.version SET version = 4711')
    expect(await sayOf(guest.ownerUrl)).toBe(
      refused(
        `has jobs of a newer version in its schema pgboss (4711; this folder has ${QUEUE_VERSION})`,
        'Bring this folder up to that version, or keep its jobs in another schema: PGBOSS_SCHEMA=leadnexconnect_jobs, the same for every process',
      ),
    )
    expect((await tablesOf(guest.ownerUrl)).filter((name) => !name.startsWith('pgboss.'))).toEqual([])
  })

  it('all that is wrong is said at once', async () => {
    await asOwner(
      `ALTER DATABASE ${guest.name} SET default_transaction_read_only = on`,
      'BEGIN READ WRITE; CREATE TABLE orders (id int); COMMIT',
    )
    const said = await sayOf(guest.url)
    expect(said).toContain(
      'takes no changes: default_transaction_read_only is on. Nothing was started or changed. Turn it off',
    )
    expect(said).toContain(' It also cannot be set up: ')
    expect(said).toContain(' It also holds tables of another program: orders. ')
  })

  it('what a migration was refused for is said, where it could not even begin its journal', async () => {
    await expect(migrate(guest.url)).rejects.toThrow(
      /^The database could not be migrated: .*permission denied for (schema public|database).*\nNothing was changed\.$/s,
    )
    expect(await tablesOf(guest.ownerUrl)).toEqual([])
  })
})
