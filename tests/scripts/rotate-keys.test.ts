import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { mailboxInput } from '@/domain/mailbox/mailbox-input'
import { decrypt } from '@/lib/encryption'
import { createMailbox } from '@/use-cases/mailboxes/save-mailbox'
import { storeInstallation } from '@/use-cases/maintenance/store-installation'
import { loadConsentKey } from '@/use-cases/suppression/load-consent-key'
import { createEngine, type Engine } from '../support/engine'
import { createFolder, STACK } from '../support/second-folder'

const FORMER = '0123456789abcdef'.repeat(4)
const NEW = 'fedcba9876543210'.repeat(4)
const AUTH_SECRET = 'a-secret-for-tests-that-is-long-enough'
const AT = new Date('2026-03-02T09:00:00Z')

describe('npm run keys:rotate', () => {
  let folder: ReturnType<typeof createFolder>
  let engine: Engine
  let mailboxId: string
  beforeAll(() => {
    folder = createFolder()
    mkdirSync(folder.path('.data'))
  })
  afterAll(() => folder.remove())
  beforeEach(async () => {
    engine = await createEngine()
    const first = { encryptionKey: FORMER, sandbox: true, appUrl: 'http://localhost:3000' }
    await storeInstallation(engine.deps.sql, first, AT)
    await loadConsentKey(engine.deps.sql, FORMER, AT)
    const own = { name: 'Own', fromName: 'Sam', fromEmail: 'sam@nexa.example', smtpHost: 'mail.nexa.example' }
    mailboxId = (await createMailbox(engine.deps, mailboxInput.parse({ ...own, smtpPassword: 'pass-word' }))).id
  })
  afterEach(() => engine.close())

  const run = (command: string, env: Record<string, string> = {}) =>
    folder.run(command, { DATABASE_URL: engine.url, ...env })
  const keep = (secrets: object) => writeFileSync(folder.path('.data', 'secrets.json'), JSON.stringify(secrets))
  const kept = () => JSON.parse(readFileSync(folder.path('.data', 'secrets.json'), 'utf8'))
  const passwordWith = async (key: string) => {
    const { smtpPasswordEncrypted } = await engine.db.mailbox.findUniqueOrThrow({ where: { id: mailboxId } })
    return decrypt(key, smtpPasswordEncrypted ?? '', `mailboxes/${mailboxId}/smtp_password`)
  }

  it('makes a key, seals everything with it, and keeps the former one', async () => {
    keep({ authSecret: AUTH_SECRET, encryptionKey: FORMER })
    const ended = await run('rotate-keys')
    expect(ended).toMatchObject({ code: 0, said: expect.not.stringMatching(STACK) })
    expect(ended.said).toContain('Sealed anew: passwords of mailboxes 1, keys of lead sources 0, own keys 1.')
    const { authSecret, encryptionKey, formerEncryptionKeys } = kept()
    expect({ authSecret, formerEncryptionKeys }).toEqual({ authSecret: AUTH_SECRET, formerEncryptionKeys: [FORMER] })
    expect(await passwordWith(encryptionKey)).toBe('pass-word')
    // Once more, it makes the next.
    expect((await run('rotate-keys')).code).toBe(0)
    expect(kept().formerEncryptionKeys).toEqual([encryptionKey, FORMER])
    expect(await passwordWith(kept().encryptionKey)).toBe('pass-word')
  })

  it('goes on where it was cut off after the key was kept: with that key, and no start comes between', async () => {
    const begun = { authSecret: AUTH_SECRET, encryptionKey: NEW, formerEncryptionKeys: [FORMER] }
    keep(begun)
    const start = await run('start')
    expect(start).toMatchObject({ code: 1, said: expect.stringContaining('Run "npm run keys:rotate"') })
    expect((await run('rotate-keys')).code).toBe(0)
    expect(kept()).toEqual(begun)
    expect(await passwordWith(NEW)).toBe('pass-word')
  })

  it('seals with the key of the environment, where that holds the keys', async () => {
    const nothing = await run('rotate-keys', { AUTH_SECRET, ENCRYPTION_KEY: FORMER })
    expect(nothing).toMatchObject({ code: 1, said: expect.stringContaining('sealed with ENCRYPTION_KEY already') })
    const env = { AUTH_SECRET, ENCRYPTION_KEY: NEW, FORMER_ENCRYPTION_KEYS: FORMER }
    expect(await run('start', env)).toMatchObject({ code: 1, said: expect.stringContaining('"npm run keys:rotate"') })
    expect((await run('rotate-keys', env)).code).toBe(0)
    expect(await passwordWith(NEW)).toBe('pass-word')
  })

  it('changes nothing while the app runs here', async () => {
    keep({ authSecret: AUTH_SECRET, encryptionKey: FORMER })
    writeFileSync(folder.path('.data', 'lock'), JSON.stringify({ pid: process.pid, started: '' }))
    const ended = await run('rotate-keys')
    expect(ended).toMatchObject({ code: 1, said: expect.stringContaining('The app is running here.') })
    expect(kept()).toEqual({ authSecret: AUTH_SECRET, encryptionKey: FORMER })
    expect(existsSync(folder.path('.data', 'secrets.json.new'))).toBe(false)
  })
})
