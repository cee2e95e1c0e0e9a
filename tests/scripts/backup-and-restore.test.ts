import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fingerprintOf } from '@/lib/encryption'
import { storeInstallation } from '@/use-cases/maintenance/store-installation'
import { PASSPHRASE, SECRETS } from '../support/database/backups'
import { createEmptyDatabase, tablesOf } from '../support/database/empty-database'
import { differingTables, sumTables } from '../support/database/table-sums'
import type { TestDatabase } from '../support/database/test-database'
import { createEngine, type Engine, readLedger, startOutreach } from '../support/engine'
import { createFolder, STACK } from '../support/second-folder'
import { eventually } from '../support/worker-process'

const OTHER_KEY = 'fedcba9876543210'.repeat(4)

describe('npm run backup, npm run restore', () => {
  let folder: ReturnType<typeof createFolder>
  let engine: Engine
  let target: TestDatabase
  beforeEach(async () => {
    folder = createFolder()
    mkdirSync(folder.path('.data'))
    engine = await createEngine()
    target = await createEmptyDatabase()
    const here = { encryptionKey: SECRETS.encryptionKey, sandbox: true, appUrl: 'http://localhost:3000' }
    await storeInstallation(engine.deps.sql, here, new Date('2026-03-02T09:00:00Z'))
    await startOutreach(engine, { leads: 30 })
  })
  afterEach(async () => {
    await target.drop()
    await engine.close()
    folder.remove()
  })

  const keep = (secrets: object) => writeFileSync(folder.path('.data', 'secrets.json'), JSON.stringify(secrets))
  const kept = () => JSON.parse(readFileSync(folder.path('.data', 'secrets.json'), 'utf8'))
  const backUp = (env: Record<string, string> = {}) =>
    folder.run('backup', { DATABASE_URL: engine.url, BACKUP_PASSPHRASE: PASSPHRASE, ...env }, ['file.tar.zst'])
  const restore = (env: Record<string, string> = {}, ...args: string[]) =>
    folder.run('restore', { DATABASE_URL: target.url, BACKUP_PASSPHRASE: PASSPHRASE, ...env }, [
      'file.tar.zst',
      ...args,
    ])

  it('brings database and keys to another place, and says what waits there', async () => {
    keep(SECRETS)
    const made = await backUp()
    expect(made).toMatchObject({
      code: 0,
      said: expect.stringContaining('The keys in it open with the passphrase alone'),
    })
    keep({ authSecret: 'another-secret-that-is-long-enough-here', encryptionKey: OTHER_KEY })
    const restored = await restore()
    expect(restored).toMatchObject({ code: 0, said: expect.not.stringMatching(STACK) })
    expect(restored.said).toContain(
      'Nothing is sent or bought by itself: 1 campaign paused, 90 emails held, which may have left since.',
    )
    // The key that was there may have sealed another backup.
    expect(kept()).toEqual({ ...SECRETS, formerEncryptionKeys: [OTHER_KEY] })
    const there = await createEngine({ database: { url: target.url, drop: async () => undefined } })
    const [installation] = await there.db.installation.findMany()
    expect(installation?.keyFingerprint).toBe(fingerprintOf(SECRETS.encryptionKey))
    await there.close()
    expect((await restore()).said).toContain('The database is not empty: it holds 0 accounts, 30 leads, 1 campaign.')
    expect(await restore({}, '--replace')).toMatchObject({ code: 0 })
  })

  it('takes keys of the environment, and leaves them there', async () => {
    const env = { AUTH_SECRET: SECRETS.authSecret, ENCRYPTION_KEY: SECRETS.encryptionKey }
    expect(await backUp(env)).toMatchObject({ code: 0 })
    expect(await restore({ ...env, ENCRYPTION_KEY: OTHER_KEY })).toMatchObject({
      code: 1,
      said: expect.stringContaining(
        'ENCRYPTION_KEY of the environment is not what the backup was made with. Nothing was changed.',
      ),
    })
    expect(await tablesOf(target.url)).toEqual([])
    expect(await restore(env)).toMatchObject({ code: 0 })
    expect(existsSync(folder.path('.data', 'secrets.json'))).toBe(false)
  })

  it('makes no backup that nobody could use: without keys, with other ones, or with a weak passphrase', async () => {
    expect((await backUp()).said).toContain('There are no keys to back up')
    keep({ ...SECRETS, encryptionKey: OTHER_KEY })
    expect((await backUp()).said).toContain('The encryption key here is not the one that this database is sealed with')
    keep(SECRETS)
    expect((await backUp({ BACKUP_PASSPHRASE: 'short' })).said).toContain(
      'The passphrase is shorter than 12 characters.',
    )
    expect((await backUp({ BACKUP_PASSPHRASE: '' })).said).toContain(
      'BACKUP_PASSPHRASE is not set, and there is no terminal',
    )
    expect(existsSync(folder.path('file.tar.zst'))).toBe(false)
    expect(existsSync(folder.path('file.tar.zst.partial'))).toBe(false)
  })

  it('changes nothing with another passphrase, while the app runs here, or without a file', async () => {
    keep(SECRETS)
    await backUp()
    expect(await restore({ BACKUP_PASSPHRASE: 'four calm words there' })).toMatchObject({
      code: 1,
      said: expect.stringContaining(
        'The passphrase is not the one that the backup was made with. Nothing was changed.',
      ),
    })
    expect((await folder.run('restore', { DATABASE_URL: target.url })).said).toContain(
      'Name the backup: npm run restore -- FILE',
    )
    writeFileSync(folder.path('.data', 'lock'), JSON.stringify({ pid: process.pid, started: '' }))
    expect((await restore()).said).toContain('The app is running here. Nothing was changed.')
    expect(await tablesOf(target.url)).toEqual([])
  })

  it('killed when all rows are there already, it leaves what was', async () => {
    keep(SECRETS)
    await backUp()
    const held = await createEngine()
    await startOutreach(held, { leads: 7 })
    const before = await sumTables(held.url)
    // Outside of what a restore replaces: the first index that it makes anew waits for a lock of ours.
    await held.pool.query(`
      CREATE SCHEMA watch;
      CREATE FUNCTION watch.wait() RETURNS event_trigger LANGUAGE plpgsql AS $$
      BEGIN IF current_query() ~ '^CREATE (UNIQUE )?INDEX' THEN PERFORM pg_advisory_xact_lock(4242); END IF; END $$;
      CREATE EVENT TRIGGER watch ON ddl_command_start WHEN TAG IN ('CREATE INDEX') EXECUTE FUNCTION watch.wait()`)
    const locker = await held.pool.connect()
    await locker.query('SELECT pg_advisory_lock(4242)')
    const restoring = spawn(process.execPath, ['--import', 'tsx', 'scripts/restore.ts', 'file.tar.zst', '--replace'], {
      cwd: folder.path(),
      env: { PATH: process.env.PATH, DATABASE_URL: held.url, BACKUP_PASSPHRASE: PASSPHRASE, NODE_ENV: 'production' },
      stdio: 'inherit',
    })
    const ended = new Promise((resolve) => restoring.once('exit', resolve))
    const here = 'database = (SELECT oid FROM pg_database WHERE datname = current_database())'
    const waiting = `SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND objid = 4242 AND NOT granted AND ${here}`
    const holding = `SELECT 1 FROM pg_locks WHERE mode = 'AccessExclusiveLock' AND ${here}`
    await eventually(async () => (await locker.query(waiting)).rows.length > 0, 'the restore waits in its middle')
    restoring.kill('SIGKILL')
    await ended
    await locker.query('SELECT pg_advisory_unlock(4242)')
    await eventually(async () => (await locker.query(holding)).rows.length === 0, 'the server has noticed')
    locker.release()
    expect(differingTables(before, await sumTables(held.url))).toEqual([])
    const [campaign] = await held.db.campaign.findMany()
    await held.work()
    expect(await readLedger(held, campaign?.id ?? '')).toMatchObject({ planned: 21, sent: 7, pending: 14 })
    await held.close()
  })
})
