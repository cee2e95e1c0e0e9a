import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest'
import { storeInstallation } from '@/use-cases/maintenance/store-installation'
import { loadConsentKey } from '@/use-cases/suppression/load-consent-key'
import { startEmbeddedPostgres } from '../../scripts/lib/database/embedded-postgres'
import { migrate } from '../../scripts/lib/database/migrations'
import { missingDisk } from '../chaos/support/databases/troubled-server'
import { oldPostgres, startOldPostgres } from '../support/database/old-postgres'
import { missingPgBouncer, startPgBouncer } from '../support/database/pgbouncer'
import { CLOCK_AHEAD, plantFaults } from '../support/database/planted-faults'
import { runSql } from '../support/database/role'
import { createEngine, type Engine, startOutreach } from '../support/engine'
import { createFolder, STACK } from '../support/second-folder'
import { startWorker } from '../support/worker-process'

const KEY = '0123456789abcdef'.repeat(4)
const AUTH_SECRET = 'a-secret-for-tests-that-is-long-enough'

type Report = {
  faults: number
  chapters: { name: string; findings: { state: string; says: string; fix?: string }[] }[]
}

describe('npm run doctor', () => {
  let folder: ReturnType<typeof createFolder>
  let engine: Engine
  beforeAll(() => {
    folder = createFolder()
    mkdirSync(folder.path('.data'))
  })
  afterAll(() => folder.remove())
  beforeEach(async () => {
    engine = await createEngine()
    const at = new Date('2026-03-02T09:00:00Z')
    await storeInstallation(engine.deps.sql, { encryptionKey: KEY, sandbox: true, appUrl: 'http://localhost:3000' }, at)
    await loadConsentKey(engine.deps.sql, KEY, at)
    const secrets = { authSecret: AUTH_SECRET, encryptionKey: KEY }
    writeFileSync(folder.path('.data', 'secrets.json'), JSON.stringify(secrets))
    chmodSync(folder.path('.data', 'secrets.json'), 0o600)
    await startOutreach(engine, { leads: 3, days: [0], name: 'Spring' })
    await engine.work()
    await engine.work()
  })
  afterEach(() => engine.close())

  const run = (args: string[] = [], env: Record<string, string> = {}) =>
    folder.run('doctor', { DATABASE_URL: engine.url, ...env }, args)
  const faultsOf = async (env: Record<string, string> = {}) => {
    const ended = await run(['--json'], env)
    expect(ended).toMatchObject({ code: 1, said: expect.not.stringMatching(STACK) })
    const { faults, chapters } = JSON.parse(ended.said) as Report
    const found = chapters.flatMap(({ name, findings }) =>
      findings.filter(({ state }) => state === 'fault').map(({ says, fix }) => [name, says, fix]),
    )
    expect(found).toHaveLength(faults)
    return found
  }
  const sql = (...statements: string[]) => runSql(engine.url, ...statements)

  it('finds no fault where there is none', async () => {
    const worker = await startWorker(engine.url, engine.sink)
    const ended = await run()
    await worker.stop()
    expect(ended.said).not.toContain('  fault')
    expect(ended.said.trimEnd().split('\n').at(-1)).toBe('No fault was found.')
    expect(ended.code).toBe(0)
    expect(ended.said.split('\n').filter((line) => /^\w/.test(line))).toEqual([
      ...['database', 'connections', 'migrations', 'tables', 'installation', 'keys', 'clock', 'disk', 'mailboxes'],
      ...['domains', 'workers', 'jobs', 'ledger', 'backups', 'No fault was found.'],
    ])
  })

  it('finds each of many faults, and says what puts it right', async () => {
    const planted = await plantFaults(engine, folder.path('.data', 'secrets.json'))
    expect(await faultsOf(CLOCK_AHEAD)).toEqual(planted)
    const printed = await run([], CLOCK_AHEAD)
    expect(printed.code).toBe(1)
    expect(printed.said).toContain(
      '  fault   .data/secrets.json can be read by others on this machine.\n          Fix: chmod 600 .data/secrets.json\n',
    )
    expect(printed.said.trimEnd().split('\n').at(-1)).toBe(`${planted.length} faults found.`)
  })

  it('finds numbers that are wrong in each place, and the documented statements put them right', async () => {
    const ledger = async () => (await faultsOf()).filter(([chapter]) => chapter === 'ledger').map(([, says]) => says)
    await sql(
      'ALTER TABLE scheduled_emails DISABLE TRIGGER USER',
      `UPDATE scheduled_emails SET status = 'failed', email_id = NULL WHERE id = (SELECT min(id::text)::uuid FROM scheduled_emails)`,
      'ALTER TABLE scheduled_emails ENABLE TRIGGER USER',
    )
    expect(await ledger()).toEqual([
      '“Spring” counts otherwise than its emails are: failed 0 instead of 1, sent 3 instead of 2, 1 sent too many, 1 failed too few.',
    ])
    const [statements = ''] = /BEGIN;[^`]*COMMIT;/.exec(readFileSync('docs/operations.md', 'utf8')) ?? []
    await sql(statements)
    expect(await ledger()).toEqual([])
  })

  it('says that backups fail, that none is made where it should be, and that one is', async () => {
    const backups = async (env: Record<string, string> = {}) => {
      const { chapters } = JSON.parse((await run(['--json'], env)).said) as Report
      return chapters.find(({ name }) => name === 'backups')?.findings.map(({ state, says }) => [state, says])
    }
    const wanted = { BACKUP_DIRECTORY: '/nowhere' }
    expect(await backups()).toEqual([['unknown', 'None is made by itself: BACKUP_DIRECTORY is not set here.']])
    expect(await backups(wanted)).toEqual([['fault', 'None was made yet.']])
    await sql(`INSERT INTO backup_states (made_at, place) VALUES (now() - interval '3 days', 'a')`)
    expect(await backups(wanted)).toEqual([['fault', expect.stringMatching(/^None was made since 20/)]])
    await sql(`UPDATE backup_states SET failed_at = now(), tried_at = now(), failure = 'The disk of /backups is full.'`)
    expect(await backups()).toEqual([['fault', expect.stringMatching(/^None could be made since .*: The disk of/)]])
    await sql(`UPDATE backup_states SET made_at = now(), failed_at = NULL, tried_at = NULL, failure = NULL`)
    expect(await backups(wanted)).toEqual([['ok', expect.stringMatching(/^The last one was made 20/)]])
  })

  it('says that there is no database yet, and makes none', async () => {
    const ended = await run([], { DATABASE_URL: '' })
    expect(ended).toEqual({
      code: 1,
      said: '\nThere is no database yet: nothing is wrong with it. "npm start" makes one.\n',
    })
  })

  it('starts an embedded database for its look, and goes no further where it has no tables', async () => {
    const stopped = createFolder()
    const dataDir = stopped.path('.data')
    mkdirSync(dataDir)
    await (await startEmbeddedPostgres({ dataDir, throwaway: true, log: () => undefined })).stop()
    const ended = await stopped.run('doctor', {}, ['--json'])
    const { chapters } = JSON.parse(ended.said.slice(ended.said.indexOf('{'))) as Report
    expect(ended.code).toBe(1)
    expect(chapters.map(({ name }) => name)).toEqual(['database', 'connections', 'migrations'])
    expect(chapters.at(-1)?.findings).toEqual([
      {
        state: 'fault',
        says: 'The database has no tables of LeadNexConnect yet.',
        fix: 'Run "npm run db:migrate" with the same DATABASE_URL.',
        hidesRest: true,
      },
      { state: 'unknown', says: 'The rest was not looked at: the database must be usable first.' },
    ])
    expect(existsSync(stopped.path('.data', 'postgres', 'postmaster.pid'))).toBe(false)
    stopped.remove()
  })

  it('looks at the app that is running in its folder', async () => {
    const running = createFolder()
    const dataDir = running.path('.data')
    mkdirSync(dataDir)
    const server = await startEmbeddedPostgres({ dataDir, throwaway: true, log: () => undefined })
    await server.ensureDatabase('leadnexconnect')
    await migrate(server.urlOf('leadnexconnect'))
    const known = { url: 'http://localhost:4100', embedded: true, sandboxUrl: 'smtp://127.0.0.1:2525' }
    writeFileSync(running.path('.data', 'lock'), JSON.stringify({ pid: process.pid, started: '', ...known }))
    const ended = await running.run('doctor', {})
    await server.stop()
    running.remove()
    expect(ended).toMatchObject({ code: 1, said: expect.not.stringMatching(STACK) })
    expect(ended.said).toContain(`(127.0.0.1:${server.port}/leadnexconnect) can be reached.`)
    expect(ended.said).toContain('“First mailbox”: keeps emails in the sandbox inbox.')
    const faults = ended.said.split('\n').filter((line) => line.startsWith('  fault'))
    expect(faults).toEqual([
      '  fault   None is at work: nothing is sent, read or planned.',
      '  fault   There is no queue in the schema pgboss yet.',
    ])
  })

  it.skipIf(missingPgBouncer())('reads behind a pooler by the direct address', async () => {
    const bouncer = await startPgBouncer(inject('databaseServer'), 'transaction')
    const pooled = bouncer.urlOf(new URL(engine.url).pathname.slice(1))
    const [alone, ...others] = await faultsOf({ DATABASE_URL: pooled })
    expect(alone?.[1]).toContain('is behind a pooler in transaction mode, which workers and migrations cannot use.')
    expect(others).toEqual([])
    const both = await faultsOf({ DATABASE_URL: pooled, DIRECT_DATABASE_URL: engine.url })
    expect(both.map(([chapter]) => chapter)).toEqual(['workers', 'jobs'])
    await bouncer.stop()
  })

  it('says that it looked no further where the database cannot be used', async () => {
    const [first, ...others] = await faultsOf({ DATABASE_URL: 'postgresql://ann:s3cret@127.0.0.1:1/sales' })
    expect(first?.[1]).toBe(
      'The database of DATABASE_URL (127.0.0.1:1/sales) cannot be reached: nothing listens there.',
    )
    expect(others).toEqual([])
    const ended = await run([], { DATABASE_URL: 'postgresql://ann:s3cret@127.0.0.1:1' })
    expect(ended.code).toBe(1)
    expect(ended.said).toContain('fault   DATABASE_URL names no database.')
    expect(ended.said).toContain('The rest was not looked at: the database must be usable first.')
    expect(ended.said).not.toContain('s3cret')
  })

  it.skipIf(missingDisk() !== null)(
    'finds a disk that is nearly full (left out where no small disk can be mounted)',
    async () => {
      const small = createFolder()
      mkdirSync(small.path('.data'))
      execFileSync('/bin/mount', ['-t', 'tmpfs', '-o', 'size=20m', 'tmpfs', small.path('.data')])
      const env = { DATABASE_URL: engine.url, ENCRYPTION_KEY: KEY, AUTH_SECRET }
      const ended = await small.run('doctor', env).finally(() => execFileSync('/bin/umount', [small.path('.data')]))
      small.remove()
      expect(ended).toMatchObject({ code: 1, said: expect.not.stringMatching(STACK) })
      expect(ended.said).toMatch(
        /fault {3}Only (19|20) MB are free on the disk of \.data; at least 150 MB are needed\./,
      )
    },
  )

  it.skipIf(oldPostgres === undefined)(
    'says of an older PostgreSQL that it is one (left out where none is installed)',
    async () => {
      const old = await startOldPostgres(oldPostgres ?? 0)
      const [first, ...others] = await faultsOf({ DATABASE_URL: old.url })
      expect(first?.[1]).toContain(`is PostgreSQL ${oldPostgres}; 18 or newer is needed.`)
      expect(others).toEqual([])
      await old.stop()
    },
  )
})
