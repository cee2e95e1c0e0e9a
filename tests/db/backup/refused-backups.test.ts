import { readFileSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBackup } from '@/use-cases/maintenance/open-backup'
import { backUp, createBackupFolder, PASSPHRASE, restoreInto, SECRETS } from '../../support/database/backups'
import { createEmptyDatabase } from '../../support/database/empty-database'
import { runSql } from '../../support/database/role'
import { differingTables, sumTables } from '../../support/database/table-sums'
import { createTestDatabase, type TestDatabase } from '../../support/database/test-database'
import { createEngine, type Engine, startOutreach } from '../../support/engine'

const NOTHING = 'Nothing was changed.'

describe('what is refused before anything is touched', () => {
  const files = createBackupFolder()
  const file = files.path('backup')
  let engine: Engine
  let target: TestDatabase
  let before: Record<string, string>
  beforeAll(async () => {
    engine = await createEngine()
    await startOutreach(engine, { leads: 20 })
    await backUp(engine.url, file)
    target = await createTestDatabase()
    before = await sumTables(target.url)
  })
  afterAll(async () => {
    await target.drop()
    await engine.close()
    files.remove()
  })

  /** The words with which a file is refused, over a database that may be replaced. */
  const refusal = async (path: string, url = target.url, replace = true) => {
    const words = await restoreInto(url, path, { replace }).then(
      () => 'restored',
      (error: Error) => error.message,
    )
    if (url === target.url) expect(differingTables(before, await sumTables(target.url))).toEqual([])
    return words
  }

  it('a file that was cut off, wherever', async () => {
    const whole = readFileSync(file)
    const path = files.path('cut-off')
    for (const length of [0, 1, 39, 40, 41, Math.floor(whole.length / 2), whole.length - 40, whole.length - 1]) {
      writeFileSync(path, whole.subarray(0, length))
      expect(await refusal(path)).toBe(
        `${path} is no whole backup: it was cut off or altered, or is another kind of file. Its sum is wrong. ${NOTHING} Restore from another backup.`,
      )
    }
  })

  it('a file of which one bit was altered, wherever, or that something was added to', async () => {
    const whole = readFileSync(file)
    const path = files.path('altered')
    const places = [
      0,
      4,
      5,
      100,
      Math.floor(whole.length / 2),
      whole.length - 41,
      whole.length - 40,
      whole.length - 33,
      whole.length - 1,
    ]
    for (const place of places) {
      const altered = Buffer.from(whole)
      altered[place] = (altered[place] ?? 0) ^ 1
      writeFileSync(path, altered)
      expect(await refusal(path), `byte ${place}`).toContain('Its sum is wrong.')
    }
    writeFileSync(path, Buffer.concat([whole, Buffer.alloc(1)]))
    expect(await refusal(path)).toContain('Its sum is wrong.')
  })

  it('a file that is not there', async () => {
    const path = files.path('nowhere')
    expect(await refusal(path)).toBe(`There is no file ${path}. ${NOTHING} Restore from another backup.`)
  })

  it('another passphrase', async () => {
    const backup = await openBackup(file)
    expect(await backup.openSecrets('four calm words there')).toBeNull()
    expect(await backup.openSecrets(PASSPHRASE)).toEqual(SECRETS)
  })

  it('a backup of a newer version', async () => {
    const newer = await createTestDatabase()
    await runSql(
      newer.url,
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at) VALUES ('x', 'y', '9999_future', now())`,
    )
    await backUp(newer.url, files.path('newer'))
    expect(await refusal(files.path('newer'))).toBe(
      `The backup is of a newer version than this folder, which does not know 9999_future. ${NOTHING} Bring this folder up to that version, then restore again.`,
    )
    await newer.drop()
  })

  it('a backup that another text of a migration has made', async () => {
    const other = await createTestDatabase()
    await runSql(other.url, `UPDATE _prisma_migrations SET checksum = 'another' WHERE migration_name = '0001_init'`)
    await backUp(other.url, files.path('other'))
    expect(await refusal(files.path('other'))).toContain('The backup was made by another text of 0001_init')
    await other.drop()
  })

  it('a database that is not empty, unless the backup is to take its place', async () => {
    const held = await createEngine()
    await startOutreach(held, { leads: 3 })
    const there = await sumTables(held.url)
    expect(await refusal(file, held.url, false)).toBe(
      `The database is not empty: it holds 0 accounts, 3 leads, 1 campaign. ${NOTHING} To put the backup in its place, back it up first, then add --replace.`,
    )
    expect(differingTables(there, await sumTables(held.url))).toEqual([])
    await held.close()
  })

  it('a database that a worker is at work with', async () => {
    const alive = await createTestDatabase()
    await runSql(alive.url, `INSERT INTO worker_heartbeats (worker_id, started_at, seen_at) VALUES ('w', now(), now())`)
    expect(await refusal(file, alive.url)).toContain('1 worker of the database')
    await alive.drop()
  })

  it('a database whose tables somebody else reads: what was there stays', async () => {
    const busy = await createTestDatabase()
    const there = await sumTables(busy.url)
    const reader = await createEngine({ database: { url: busy.url, drop: async () => undefined } })
    const client = await reader.pool.connect()
    const said = await client
      .query('BEGIN; LOCK TABLE leads IN ACCESS SHARE MODE')
      .then(() => refusal(file, busy.url))
      .finally(() => client.query('ROLLBACK'))
    client.release()
    expect(said).toBe(
      `Somebody is at work with the database. ${NOTHING} Stop the app, its workers and other programs that use it, then restore again.`,
    )
    await reader.close()
    expect(differingTables({ ...there, settings: '' }, { ...(await sumTables(busy.url)), settings: '' })).toEqual([])
    await busy.drop()
  })

  it('a backup over a file that is there, and of a database with nothing in it', async () => {
    await expect(backUp(engine.url, file)).rejects.toThrow(`${file} is there already. Nothing was written.`)
    const empty = await createEmptyDatabase()
    await expect(backUp(empty.url, files.path('empty'))).rejects.toThrow('The database holds nothing yet.')
    await empty.drop()
  })
})
