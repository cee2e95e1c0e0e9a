import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type MailboxInput, mailboxInput } from '@/domain/mailbox/mailbox-input'
import { SAMPLE_POSTAL_ADDRESS } from '@/domain/settings'
import { checkCampaign } from '@/use-cases/campaigns/check-campaign'
import { listMailboxes } from '@/use-cases/mailboxes/list-mailboxes'
import { createMailboxHealth } from '@/use-cases/mailboxes/record-health'
import { createMailbox, updateMailbox } from '@/use-cases/mailboxes/save-mailbox'
import { testMailbox } from '@/use-cases/mailboxes/test-mailbox'
import { sendTest } from '@/use-cases/templates/send-test'
import { createEngine, createOutreach, type Engine } from '../../support/engine'

const PASSWORD = 'correct'

describe('a mailbox with a server of its own', () => {
  let engine: Engine
  let mailboxId: string
  beforeAll(async () => {
    engine = await createEngine({ password: () => PASSWORD })
  })
  afterAll(() => engine.close())
  beforeEach(async () => {
    ;({ id: mailboxId } = await createMailbox(engine.deps, input()))
  })
  const input = (change: Partial<MailboxInput> = {}) =>
    mailboxInput.parse({
      name: 'Sales',
      kind: 'smtp',
      fromName: 'Sam',
      fromEmail: 'sam@nexa.dev',
      smtpHost: '127.0.0.1',
      smtpPort: engine.sink.port,
      smtpSecurity: 'none',
      smtpUser: 'sam',
      smtpPassword: PASSWORD,
      ...change,
    })
  const save = (change: Partial<MailboxInput>) =>
    updateMailbox(engine.deps, { mailboxId, mailbox: { ...input(change), smtpPassword: change.smtpPassword } })
  const view = async () => (await listMailboxes(engine.deps)).find(({ id }) => id === mailboxId)
  const row = () => engine.db.mailbox.findUniqueOrThrow({ where: { id: mailboxId } })

  it('is not tested before a login succeeded, and shows why a test failed', async () => {
    expect(await view()).toMatchObject({ tested: false, goesOut: true, healthReason: null })
    await save({ smtpPassword: 'wrong' })
    const { ok, message } = await testMailbox(engine.deps, { mailboxId })
    expect(ok).toBe(false)
    expect(await view()).toMatchObject({ tested: false, healthReason: message })
    await save({ smtpPassword: PASSWORD })
    expect(await testMailbox(engine.deps, { mailboxId })).toMatchObject({ ok: true })
    expect(await view()).toMatchObject({ tested: true, healthReason: null, testedAt: engine.clock.now() })
  })

  it('says of a database that came without its keys what the mailbox says itself, to send and to read', async () => {
    const reading = { imapHost: '127.0.0.1', imapPort: 1, imapSecurity: 'none' as const }
    await engine.db.mailboxReader.create({ data: { mailboxId, ...reading } })
    const other = { ...engine.deps, config: { ...engine.deps.config, encryptionKey: 'f'.repeat(64), sandbox: false } }
    const message = 'Its stored password cannot be read with this ENCRYPTION_KEY. Enter the password again.'
    expect(await testMailbox(other, { mailboxId })).toEqual({ ok: false, message })
    const checks = await engine.db.mailboxCheck.findMany({ where: { mailboxId, name: { in: ['smtp', 'imap'] } } })
    expect(checks.map((check) => [check.name, check.outcome, check.message]).sort()).toEqual([
      ['imap', 'wrong', message],
      ['smtp', 'wrong', message],
    ])
    const letter = await engine.db.emailTemplate.create({
      data: { name: 'Letter', subject: 'Hello', bodyText: 'Hello' },
    })
    await expect(
      sendTest(other, { mailboxId, to: 'sam@nexa.dev', template: { templateId: letter.id }, by: 'ann' }),
    ).rejects.toThrow(message)
  })

  it('names what is wrong with a server in this network, where there may be none, and asks it nothing', async () => {
    const deps = { ...engine.deps, config: { ...engine.deps.config, allowPrivateMailHosts: false } }
    expect(await testMailbox(deps, { mailboxId })).toEqual({
      ok: false,
      message: `127.0.0.1:${engine.sink.port} is on this machine or in its network, where mailboxes may have no server. Enter a public one, or start with ALLOW_PRIVATE_MAIL_HOSTS=true.`,
    })
    // That of SMTP_URL may be anywhere.
    const environment = await engine.db.mailbox.findFirstOrThrow({ where: { kind: 'environment' } })
    expect(await testMailbox(deps, { mailboxId: environment.id })).toMatchObject({ ok: true })
  })

  it('counts as tested once it has logged in to send, and as before when nothing of its server changes', async () => {
    const { updatedAt } = await row()
    await createMailboxHealth(engine.deps, await row()).loggedIn()
    expect(await view()).toMatchObject({ tested: true, testedAt: engine.clock.now(), updatedAt })
    await save({ name: 'Renamed', dailyLimit: 5 })
    expect(await view()).toMatchObject({ tested: true, name: 'Renamed' })
    for (const change of [{ smtpHost: 'localhost' }, { smtpUser: 'kim' }, { smtpPassword: 'new' }]) {
      await engine.db.mailbox.update({ where: { id: mailboxId }, data: { testedAt: engine.clock.now() } })
      await save(change)
      expect(await view(), JSON.stringify(change)).toMatchObject({ tested: false })
    }
  })

  it('needs a public address, a postal address of its own, and a look before a campaign starts with it', async () => {
    const { id: campaignId } = await createOutreach(engine, { leads: 1, days: [0] })
    const found = async (change: { appUrl?: string } = {}) => {
      const config = { ...engine.deps.config, ...change }
      const { checks } = await checkCampaign({ ...engine.deps, config }, { campaignId })
      return checks.filter(({ level }) => level !== 'ok').map(({ kind, level }) => [kind, level])
    }
    const sandbox = await engine.db.mailbox.findFirstOrThrow({ where: { kind: 'environment' } })
    await engine.db.campaignMailbox.create({ data: { campaignId, mailboxId: sandbox.id } })
    // The sandbox inbox keeps its emails on this machine.
    await engine.db.settings.update({ where: { id: 1 }, data: { postalAddress: SAMPLE_POSTAL_ADDRESS } })
    expect(await found()).toEqual([])
    await engine.db.campaignMailbox.create({ data: { campaignId, mailboxId } })
    expect(await found()).toEqual([
      ['mailbox_untested', 'warn'],
      ['sample_postal_address', 'block'],
      ['app_url_not_public', 'block'],
    ])
    await testMailbox(engine.deps, { mailboxId })
    await engine.db.settings.update({ where: { id: 1 }, data: { postalAddress: 'Main Street 1, Berlin' } })
    expect(await found()).toEqual([['app_url_not_public', 'block']])
    expect(await found({ appUrl: 'https://mail.nexa.dev' })).toEqual([])
  })
})
