import { Client } from 'pg'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { backUp, createBackupFolder, restoreInto } from '../../support/database/backups'
import { runSql } from '../../support/database/role'
import { createTestDatabase, type TestDatabase } from '../../support/database/test-database'

const [BEFORE, SINCE, ERASED] = ['a', 'b', 'c'].map((letter) => letter.repeat(64))

let database: TestDatabase
let files: ReturnType<typeof createBackupFolder>
beforeEach(async () => {
  database = await createTestDatabase()
  files = createBackupFolder()
  await runSql(
    database.url,
    `INSERT INTO sealed_keys (name, sealed, created_at) VALUES ('consent', 'a sealed key', now()) ON CONFLICT (name) DO UPDATE SET sealed = 'a sealed key'`,
    optOut(`'before@customer.example', '${BEFORE}'`),
  )
  await backUp(database.url, files.path('backup'))
  await runSql(
    database.url,
    'DELETE FROM suppressions',
    optOut(`'since@customer.example', '${SINCE}'`),
    optOut(`NULL, '${ERASED}'`),
  )
})
afterEach(async () => {
  await database.drop()
  files.remove()
})

const optOut = (address: string) =>
  `INSERT INTO suppressions (kind, value, value_hash, reason, source) VALUES ('address', ${address}, 'unsubscribed', 'link')`

const restore = () => restoreInto(database.url, files.path('backup'), { replace: true })

async function list(): Promise<unknown[]> {
  const client = new Client({ connectionString: database.url })
  await client.connect()
  const { rows } = await client.query('SELECT value, value_hash FROM suppressions ORDER BY value')
  await client.end()
  return rows.map(({ value, value_hash }) => [value, value_hash])
}

it('keeps what the replaced database says no to, erased addresses too, beside what the backup does', async () => {
  const restored = await restore()
  expect(await list()).toEqual([
    ['before@customer.example', BEFORE],
    ['since@customer.example', SINCE],
    [null, ERASED],
  ])
  expect(restored).toMatchObject({ optOutsKept: 2, optOutsLost: 0 })
})

it('keeps them where the key was sealed anew since, which its hashes show', async () => {
  await runSql(
    database.url,
    `UPDATE sealed_keys SET sealed = 'sealed anew'`,
    optOut(`'before@customer.example', '${BEFORE}'`),
  )
  expect(await restore()).toMatchObject({ optOutsKept: 2, optOutsLost: 0 })
})

it('keeps addresses of an installation with another key, to be hashed anew, and counts those that it cannot know', async () => {
  await runSql(database.url, `UPDATE sealed_keys SET sealed = 'another key'`)
  const restored = await restore()
  expect(await list()).toEqual([
    ['before@customer.example', BEFORE],
    ['since@customer.example', null],
  ])
  expect(restored).toMatchObject({ optOutsKept: 1, optOutsLost: 1 })
})

it('keeps those of a version that had no hashes', async () => {
  await runSql(
    database.url,
    'DROP TABLE sealed_keys',
    'DELETE FROM suppressions WHERE value IS NULL',
    'ALTER TABLE suppressions DROP COLUMN value_hash',
  )
  expect(await restore()).toMatchObject({ optOutsKept: 1, optOutsLost: 0 })
})

it("leaves another program's list alone", async () => {
  await runSql(database.url, 'DROP TABLE suppressions', 'CREATE TABLE suppressions (id int, value text)')
  expect(await restore()).toMatchObject({ optOutsKept: 0, optOutsLost: 0 })
  expect(await list()).toEqual([['before@customer.example', BEFORE]])
})
