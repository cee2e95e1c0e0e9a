import { Client } from 'pg'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { backUp, createBackupFolder, restoreInto } from '../../support/database/backups'
import { createEmptyDatabase } from '../../support/database/empty-database'
import { runSql } from '../../support/database/role'
import { differingTables, sumTables } from '../../support/database/table-sums'
import { createTestDatabase, type TestDatabase } from '../../support/database/test-database'
import { eventually } from '../../support/worker-process'

const NOTHING = 'Nothing was changed.'
const HERE = 'database = (SELECT oid FROM pg_database WHERE datname = current_database())'

let source: TestDatabase
let files: ReturnType<typeof createBackupFolder>
beforeEach(async () => {
  source = await createTestDatabase()
  files = createBackupFolder()
})
afterEach(async () => {
  await source.drop()
  files.remove()
})

it.each(['leadnexconnect-web', 'leadnexconnect-worker', 'leadnexconnect-queue-worker'])(
  'is refused while a process is connected as %s, which keeps in memory what it has read',
  async (name) => {
    await backUp(source.url, files.path('backup'))
    const target = await createTestDatabase()
    const before = await sumTables(target.url)
    const client = new Client({ connectionString: target.url, application_name: name })
    await client.connect()
    await expect(restoreInto(target.url, files.path('backup'), { replace: true })).rejects.toThrow(
      `The app is connected to the database: ${name} (1 session). ${NOTHING}`,
    )
    await client.end()
    expect(differingTables(before, await sumTables(target.url))).toEqual([])
    await target.drop()
  },
)

it('leaves out a table that is not ours, by name, and brings all others back', async () => {
  await runSql(source.url, 'CREATE TABLE a_report (id serial, at date)', `INSERT INTO a_report (at) VALUES (now())`)
  await backUp(source.url, files.path('backup'))
  const target = await createEmptyDatabase()
  const restored = await restoreInto(target.url, files.path('backup'))
  expect(restored.leftOut).toEqual(['a_report'])
  const both = differingTables(await sumTables(source.url), await sumTables(target.url))
  expect(both).toEqual(['a_report', 'restores'])
  await target.drop()
})

it('refuses a column that is not ours by its name', async () => {
  await runSql(source.url, 'ALTER TABLE leads ADD COLUMN shoe_size int')
  await backUp(source.url, files.path('backup'))
  const target = await createEmptyDatabase()
  await expect(restoreInto(target.url, files.path('backup'))).rejects.toThrow(
    `The backup has columns of the table "leads" that no migration makes: shoe_size. ${NOTHING}`,
  )
  await target.drop()
})

it('has restored what is restored, also where somebody uses a table before the server has learned what is in it', async () => {
  await runSql(source.url, `INSERT INTO leads (email) VALUES ('ada@customer.example')`)
  await backUp(source.url, files.path('backup'))
  const target = await createTestDatabase()
  const locker = new Client({ connectionString: target.url })
  const other = new Client({ connectionString: target.url })
  await Promise.all([locker.connect(), other.connect()])
  // Outside of what a restore replaces: the first index that it makes anew waits for a lock of ours.
  await locker.query(`
    CREATE SCHEMA watch;
    CREATE FUNCTION watch.wait() RETURNS event_trigger LANGUAGE plpgsql AS $$
    BEGIN IF current_query() ~ '^CREATE (UNIQUE )?INDEX' THEN PERFORM pg_advisory_xact_lock(4243); END IF; END $$;
    CREATE EVENT TRIGGER watch ON ddl_command_start WHEN TAG IN ('CREATE INDEX') EXECUTE FUNCTION watch.wait()`)
  await locker.query('SELECT pg_advisory_lock(4243)')
  const restoring = restoreInto(target.url, files.path('backup'), { replace: true })
  const ended = restoring.catch((error: Error) => error.message)
  const waits = async (text: string) => (await locker.query(`SELECT 1 FROM pg_locks WHERE ${text}`)).rows.length > 0
  await eventually(
    () => waits(`locktype = 'advisory' AND objid = 4243 AND NOT granted AND ${HERE}`),
    'it is in its middle',
  )
  // Granted as soon as the restore has committed, and before it can look at the table once more.
  const locked = other.query('BEGIN; LOCK TABLE leads IN SHARE UPDATE EXCLUSIVE MODE')
  await eventually(() => waits(`locktype = 'relation' AND NOT granted AND ${HERE}`), 'somebody waits for the table')
  await locker.query('SELECT pg_advisory_unlock(4243)')
  await locked
  expect(await ended).toMatchObject({ rows: expect.any(Number), campaignsPaused: 0 })
  await other.query('ROLLBACK')
  expect((await other.query('SELECT email FROM leads')).rows).toEqual([{ email: 'ada@customer.example' }])
  await Promise.all([locker.end(), other.end()])
  await target.drop()
})
