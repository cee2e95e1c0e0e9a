import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Deps } from '@/deps'
import { mailboxInput } from '@/domain/mailbox/mailbox-input'
import { decrypt, deriveConsentKey, encrypt, fingerprintOf, unsubscribeToken } from '@/lib/encryption'
import { saveLeadSource } from '@/use-cases/lead-sources/save-lead-source'
import { accountOf } from '@/use-cases/mailboxes/get-smtp-account'
import { createMailbox } from '@/use-cases/mailboxes/save-mailbox'
import { changeEncryptionKey } from '@/use-cases/maintenance/change-encryption-key'
import { checkInstallation } from '@/use-cases/maintenance/check-installation'
import { loadUnopened } from '@/use-cases/maintenance/installation-facts'
import { recordHeartbeat } from '@/use-cases/maintenance/record-heartbeat'
import { storeInstallation } from '@/use-cases/maintenance/store-installation'
import { loadConsentKey } from '@/use-cases/suppression/load-consent-key'
import { unsubscribe } from '@/use-cases/suppression/unsubscribe'
import { createEngine, type Engine, startOutreach } from '../../support/engine'
import { refusal } from '../../support/refusal'

const FORMER = '0123456789abcdef'.repeat(4)
const NEW = 'fedcba9876543210'.repeat(4)
const AT = new Date('2026-03-02T09:00:00Z')

let engine: Engine
let mailboxId: string
beforeEach(async () => {
  engine = await createEngine()
  await storeInstallation(engine.deps.sql, present(FORMER), AT)
  await loadConsentKey(engine.deps.sql, FORMER, AT)
  const mailbox = { name: 'Own', fromName: 'Sam', fromEmail: 'sam@nexa.example', smtpHost: 'mail.nexa.example' }
  const login = { smtpUser: 'sam', smtpPassword: 'pass-word' }
  mailboxId = (await createMailbox(engine.deps, mailboxInput.parse({ ...mailbox, ...login }))).id
  await saveLeadSource(engine.deps, { source: 'apollo', enabled: true, apiKey: 'apollo-key' })
})
afterEach(() => engine.close())

const present = (encryptionKey: string) => ({ encryptionKey, sandbox: true, appUrl: 'http://localhost:3000' })
const withKey = (encryptionKey: string): Deps => ({ ...engine.deps, config: { ...engine.deps.config, encryptionKey } })
const passwordWith = async (key: string) =>
  accountOf(withKey(key), await engine.db.mailbox.findUniqueOrThrow({ where: { id: mailboxId } })).password
const change = (formerKeys: readonly string[], encryptionKey = NEW) =>
  changeEncryptionKey(engine.deps.sql, { encryptionKey, formerKeys }, new Date(AT.getTime() + 60_000))
const sealed = async () => [
  await engine.db.mailbox.findMany({ orderBy: { id: 'asc' } }),
  await engine.db.leadSource.findMany(),
  await engine.db.sealedKey.findMany(),
  await engine.db.installation.findMany(),
]

describe('a new encryption key', () => {
  it('opens all that is stored, and the former one nothing any more', async () => {
    expect(await change([FORMER])).toEqual({ passwords: 1, sourceKeys: 1, keys: 1, unopened: 0 })
    expect(await passwordWith(NEW)).toBe('pass-word')
    await expect(passwordWith(FORMER)).rejects.toThrow('cannot be read')
    await expect(checkInstallation(engine.deps.sql, present(NEW))).resolves.toBeUndefined()
    expect((await refusal(checkInstallation(engine.deps.sql, present(FORMER)))).message).toContain('Encryption key')
    const source = await engine.db.leadSource.findUniqueOrThrow({ where: { source: 'apollo' } })
    expect(source.apiKeyEncrypted).not.toBeNull()
    expect(await engine.db.installation.findMany({ orderBy: { version: 'asc' } })).toMatchObject([
      { version: 1, keyFingerprint: fingerprintOf(FORMER), live: false, publicAddress: null },
      { version: 2, keyFingerprint: fingerprintOf(NEW), live: false, publicAddress: null },
    ])
  })

  it('opens the password of a way in, at its own place, and says which mailbox it does not open', async () => {
    const place = `mailboxes/${mailboxId}/imap_password`
    const imapPasswordEncrypted = encrypt(FORMER, 'other-word', place)
    const reader = { mailboxId, imapHost: 'imap.nexa.example', imapPort: 993, imapPasswordEncrypted }
    await engine.db.mailboxReader.create({ data: reader })
    await engine.db.mailbox.update({ where: { id: mailboxId }, data: { smtpPasswordEncrypted: null } })
    expect(await loadUnopened(engine.deps.sql, NEW)).toMatchObject({ mailboxes: ['Own'] })
    expect(await change([FORMER])).toMatchObject({ passwords: 1, unopened: 0 })
    const stored = await engine.db.mailboxReader.findUniqueOrThrow({ where: { mailboxId } })
    expect(decrypt(NEW, stored.imapPasswordEncrypted ?? '', place)).toBe('other-word')
    expect(await loadUnopened(engine.deps.sql, NEW)).toEqual({ mailboxes: [], leadSources: [] })
  })

  it('leaves the links of all emails and the hashes of all addresses valid', async () => {
    const consentKey = deriveConsentKey(FORMER)
    engine.deps.config.consentKey = consentKey
    // Its emails would really leave, for which links to this machine are not fit.
    await engine.db.mailbox.delete({ where: { id: mailboxId } })
    const { leads } = await startOutreach(engine, { leads: 1, days: [0] })
    const [email] = await engine.db.scheduledEmail.findMany({ where: { leadId: leads[0]?.id } })
    await change([FORMER])
    expect(await loadConsentKey(engine.deps.sql, NEW, AT)).toBe(consentKey)
    expect(await unsubscribe(withKey(NEW), { token: unsubscribeToken(consentKey, email?.id ?? '') })).toBe(true)
    expect(await engine.db.suppression.count({ where: { value: leads[0]?.email } })).toBe(1)
  })

  it('is asked for before it seals anything: a process with it is led to the command', async () => {
    const ready = { ...present(NEW), formerKeys: [FORMER] }
    expect((await refusal(checkInstallation(engine.deps.sql, ready))).message).toContain('Run "npm run keys:rotate"')
    await change([FORMER])
    await expect(checkInstallation(engine.deps.sql, ready)).resolves.toBeUndefined()
  })

  it('changes nothing where none of the former keys is the installation’s, or a worker is at work', async () => {
    const before = await sealed()
    expect((await refusal(change(['ab'.repeat(32)]))).message).toContain('None of the keys here')
    await recordHeartbeat({ ...engine.deps, clock: { ...engine.deps.clock, realNow: () => AT } }, 'w1')
    const now = new Date(AT.getTime() + 1_000)
    const early = changeEncryptionKey(engine.deps.sql, { encryptionKey: NEW, formerKeys: [FORMER] }, now)
    expect((await refusal(early)).message).toContain('1 worker')
    expect(await sealed()).toEqual(before)
  })

  it('is done once: again, it changes nothing', async () => {
    await change([FORMER])
    const after = await sealed()
    expect(await change([FORMER])).toBeNull()
    expect(await sealed()).toEqual(after)
  })

  it('takes over what was sealed before keys had ids, and leaves what none of them opens', async () => {
    const place = `mailboxes/${mailboxId}/smtp_password`
    const unnamed = encrypt(FORMER, 'old-word', place).replace(/^k\w+/, 'k1')
    await engine.db.mailbox.update({ where: { id: mailboxId }, data: { smtpPasswordEncrypted: unnamed } })
    const lost = encrypt('cd'.repeat(32), 'lost', 'lead_sources/apollo/api_key')
    await engine.db.leadSource.update({ where: { source: 'apollo' }, data: { apiKeyEncrypted: lost } })
    expect(await change([FORMER])).toEqual({ passwords: 1, sourceKeys: 0, keys: 1, unopened: 1 })
    expect(await passwordWith(NEW)).toBe('old-word')
    const source = await engine.db.leadSource.findUniqueOrThrow({ where: { source: 'apollo' } })
    expect(source.apiKeyEncrypted).toBe(lost)
  })
})
