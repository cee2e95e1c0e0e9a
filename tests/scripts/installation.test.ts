import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { Client } from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { mailboxInput } from '@/domain/mailbox/mailbox-input'
import { unsubscribeToken } from '@/lib/encryption'
import { startCampaign } from '@/use-cases/campaigns/start-campaign'
import { createMailbox } from '@/use-cases/mailboxes/save-mailbox'
import { freePort } from '../../scripts/lib/ports'
import { unsubscribe } from '../../src/use-cases/suppression/unsubscribe'
import { createOutreach, type Engine } from '../support/engine'
import { startFirst, tick } from '../support/first-installation'
import { createLiveEngine } from '../support/live-engine'
import { createFolder, STACK } from '../support/second-folder'
import { eventually, launchWorker, type WorkerProcess } from '../support/worker-process'

const KEY = '0123456789abcdef'.repeat(4)
const OTHER_KEY = 'fedcba9876543210'.repeat(4)
const AUTH_SECRET = 'a-secret-for-tests-that-is-long-enough'

describe('a database knows its installation', () => {
  let folder: ReturnType<typeof createFolder>
  let engine: Engine
  let client: Client
  const workers: WorkerProcess[] = []
  beforeAll(() => {
    folder = createFolder()
  })
  afterAll(() => folder.remove())
  beforeEach(async () => {
    engine = await createLiveEngine()
    client = new Client({ connectionString: engine.url })
    await client.connect()
  })
  afterEach(async () => {
    // Those that a failed test has left.
    await Promise.all(workers.splice(0).map((worker) => worker.kill()))
    await client.end()
    await engine.close()
  })

  /** A worker by hand, in the environment of the first installation but for `env`. */
  const launch = (env: Record<string, string> = {}) => {
    const worker = launchWorker(engine.url, engine.sink, { env })
    workers.push(worker)
    return worker
  }
  const launchReady = async (env: Record<string, string> = {}) => {
    const worker = launch(env)
    await worker.ready
    return worker
  }
  const rows = async (sql: string) => (await client.query(sql)).rows
  /** Every row of every table of the app and of the queue, but for the signs of life. */
  const everything = async () => {
    const tables = await rows(
      `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
       WHERE schemaname IN ('public', 'pgboss') AND tablename <> 'worker_heartbeats' ORDER BY 1`,
    )
    const stored: Record<string, unknown[]> = {}
    for (const { name } of tables) stored[name] = await rows(`SELECT * FROM ${name} AS t ORDER BY t::text`)
    return stored
  }
  const history = () => rows('SELECT version, live, public_address, reason FROM installations ORDER BY version')
  const run = async (command: string, env: Record<string, string>, args: string[] = []) =>
    folder.run(command, { DATABASE_URL: engine.url, PORT: String(await freePort()), ...env }, args)
  /** Stores the installation of the first start, as its processes do: this key, the sandbox, this machine. */
  const firstStart = async () => {
    const worker = await launchReady()
    await worker.stop()
  }
  const sealedMailbox = () =>
    createMailbox(
      engine.deps,
      mailboxInput.parse({
        name: 'Sales',
        kind: 'smtp',
        fromName: 'Sam',
        fromEmail: 'sam@nexa.dev',
        smtpHost: '127.0.0.1',
        smtpPort: engine.sink.port,
        smtpSecurity: 'none',
        smtpUser: 'sam',
        smtpPassword: 'open sesame',
      }),
    )

  it('and a second installation on it is refused, while the first goes on as if nothing had been', async () => {
    const first = await startFirst(engine)
    workers.push(first.worker)
    await sealedMailbox()
    const campaign = await createOutreach(engine, { leads: 3, days: [0, 30] })
    await startCampaign(engine.deps, { campaignId: campaign.id, by: 'tester' })
    const kept = () => rows(`SELECT message_id, raw FROM sandbox_messages ORDER BY message_id`)
    await tick(engine)
    await eventually(async () => (await kept()).length === 3, 'the first wave in the sandbox inbox')
    await first.freeze()
    const before = await everything()

    // Its own folder, no variable but the address of the database: what somebody does who tries a second one.
    const second = await run('start', {})
    expect(second).toMatchObject({ code: 1, said: expect.not.stringMatching(STACK) })
    expect(second.said).toContain('This database belongs to another installation. Nothing was started or changed.\n')
    expect(second.said).toMatch(
      /- Encryption key: the database was started with one \(fingerprint \w{8}\), there is none here\./,
    )
    expect(existsSync(folder.path('.data', 'secrets.json'))).toBe(false)
    expect(await everything()).toEqual(before)

    // The first sends on, and answers the links that it had sent.
    first.thaw()
    const next = await createOutreach(engine, { leads: 2, days: [0], name: 'Next' })
    await startCampaign(engine.deps, { campaignId: next.id, by: 'tester' })
    await tick(engine)
    await eventually(async () => (await kept()).length === 5, 'the next wave in the sandbox inbox')
    expect(first.worker.output()).not.toContain('"level":50')
    const [email] = await rows(`SELECT id FROM scheduled_emails WHERE status = 'sent' LIMIT 1`)
    await unsubscribe(engine.deps, { token: unsubscribeToken(KEY, email.id) })
    expect(await rows('SELECT reason FROM suppressions')).toEqual([{ reason: 'unsubscribed' }])
    await first.stop()
  })

  it('by its key: another one, whoever made it, is refused', async () => {
    await firstStart()
    const before = await everything()
    for (const command of ['start', 'dev', 'worker']) {
      const ended = await run(command, {
        AUTH_SECRET,
        ENCRYPTION_KEY: OTHER_KEY,
        ...(command === 'worker' ? { SMTP_URL: 'smtp://127.0.0.1:1' } : {}),
      })
      expect(ended, command).toMatchObject({ code: 1, said: expect.not.stringMatching(STACK) })
      expect(ended.said, command).toContain('there is another one here (fingerprint')
    }
    const secrets = JSON.stringify({ authSecret: AUTH_SECRET, encryptionKey: OTHER_KEY })
    writeFileSync(folder.path('.data', 'secrets.json'), secrets)
    expect(await run('start', {})).toMatchObject({ code: 1, said: expect.stringContaining('another one here') })
    expect(readFileSync(folder.path('.data', 'secrets.json'), 'utf8')).toBe(secrets)
    expect(await everything()).toEqual(before)
    rmSync(folder.path('.data', 'secrets.json'))
  })

  it('by its mode and its public address, but not by a port of this machine', async () => {
    await firstStart()
    const before = await everything()
    const same = { AUTH_SECRET, ENCRYPTION_KEY: KEY }
    const live = await run('start', { ...same, SMTP_URL: 'smtp://127.0.0.1:2525' })
    expect(live.code).toBe(1)
    expect(live.said).toContain('- Email: it stays in the sandbox inbox there, and would really leave here')
    expect(live.said).not.toContain('- Encryption key')
    const elsewhere = await run('start', { ...same, APP_URL: 'https://crm.nexa.dev' })
    expect(elsewhere.code).toBe(1)
    expect(elsewhere.said).toContain(
      '- Public address: none but this machine there, https://crm.nexa.dev here. Leave APP_URL out.',
    )
    expect(await everything()).toEqual(before)
    const worker = await launchReady({ APP_URL: 'http://127.0.0.1:4999' })
    await worker.stop()
    expect(await history()).toEqual([{ version: 1, live: false, public_address: null, reason: 'First start' }])
  })

  it('also where a process is started by hand: it ends before it writes', async () => {
    await firstStart()
    const before = await everything()
    const worker = launch({ SANDBOX_INBOX: 'false', APP_URL: 'https://crm.nexa.dev' })
    expect(await worker.ended).toBe(1)
    expect(worker.output()).toContain('- Email: it stays in the sandbox inbox there')
    expect(worker.output()).toContain('- Public address: none but this machine there, https://crm.nexa.dev here.')
    expect(worker.output()).not.toMatch(STACK)
    expect(await everything()).toEqual(before)
  })

  it('and a worker without keys makes none, and says which to set', async () => {
    await firstStart()
    const path = folder.path('.data', 'secrets.json')
    rmSync(path, { force: true })
    const ended = await run('worker', { SMTP_URL: 'smtp://127.0.0.1:2525' })
    expect(ended).toEqual({
      code: 1,
      said:
        '\nThere are no keys to join with: AUTH_SECRET and ENCRYPTION_KEY are not set, and .data/secrets.json is missing. ' +
        'Nothing was started, and no keys were made. Set AUTH_SECRET and ENCRYPTION_KEY to ' +
        "the app's: its environment has them, or its .data/secrets.json.\n",
    })
    const half = await run('worker', { SMTP_URL: 'smtp://127.0.0.1:2525', ENCRYPTION_KEY: KEY })
    expect(half).toMatchObject({ code: 1, said: expect.stringContaining('AUTH_SECRET is not set, and') })
    expect(existsSync(path)).toBe(false)
  })

  it('from the first start on of an earlier version, if what is sealed there opens', async () => {
    await sealedMailbox()
    const before = await everything()
    const worker = { AUTH_SECRET, ENCRYPTION_KEY: OTHER_KEY, SMTP_URL: 'smtp://127.0.0.1:2525' }
    const refused = await run('worker', worker)
    expect(refused).toMatchObject({ code: 1, said: expect.not.stringMatching(STACK) })
    expect(refused.said).toContain(
      '- Encryption key: the one here does not open the password of 1 mailbox (Sales). Set ENCRYPTION_KEY and AUTH_SECRET',
    )
    const without = await run('start', {})
    expect(without.said).toContain(
      '- Encryption key: there is none here to open the password of 1 mailbox (Sales). Set ENCRYPTION_KEY',
    )
    expect(await everything()).toEqual(before)
    await firstStart()
    expect(await history()).toEqual([{ version: 1, live: false, public_address: null, reason: 'First start' }])
  })

  it('until another is accepted on purpose, which says first what that affects', async () => {
    await firstStart()
    await sealedMailbox()
    const other = { AUTH_SECRET, ENCRYPTION_KEY: OTHER_KEY }
    const shown = await run('installation', other)
    expect(shown.code).toBe(0)
    expect(shown.said).toContain('The environment here is another one, and is refused:\n')
    expect(shown.said).toContain('this key does not open the password of 1 mailbox (Sales): enter it again.')
    for (const secret of [KEY, OTHER_KEY, AUTH_SECRET, 'sesame']) expect(shown.said).not.toContain(secret)
    expect(await history()).toHaveLength(1)

    const working = await launchReady()
    const early = await run('installation', other, ['accept'])
    expect(early).toMatchObject({ code: 1, said: expect.stringContaining('1 worker of the database') })
    expect(early.said).toContain('Stop the app and its workers first (Ctrl-C), then accept again.')
    expect(await history()).toHaveLength(1)
    await working.stop()

    const accepted = await run('installation', other, ['accept'])
    expect(accepted.code).toBe(0)
    const affects = accepted.said.indexOf('enter it again')
    expect(affects).toBeGreaterThan(-1)
    expect(accepted.said.indexOf('Accepted: the database belongs')).toBeGreaterThan(affects)
    expect(await history()).toEqual([
      { version: 1, live: false, public_address: null, reason: 'First start' },
      {
        version: 2,
        live: false,
        public_address: null,
        reason: 'Accepted. Encryption key: this key does not open the password of 1 mailbox (Sales): enter it again.',
      },
    ])
    const former = launch()
    expect(await former.ended).toBe(1)
    const present = await launchReady({ ENCRYPTION_KEY: OTHER_KEY })
    await present.stop()
  })
})
