import { describe, expect, it } from 'vitest'
import { createDatabase } from '@/db/client'
import { ImapFailure } from '@/mail/imap/opened-mailbox'
import { createSmtpMailer } from '@/mail/smtp-mailer'
import { startCampaign } from '@/use-cases/campaigns/start-campaign'
import { readMailbox } from '@/use-cases/conversations/read-mailbox'
import { sendMailbox } from '@/use-cases/delivery/send-mailbox'
import { openAccount, openImapAccount } from '@/use-cases/mailboxes/open-account'
import { changeEncryptionKey } from '@/use-cases/maintenance/change-encryption-key'
import { loadUnopened } from '@/use-cases/maintenance/installation-facts'
import { storeInstallation } from '@/use-cases/maintenance/store-installation'
import { loadConsentKey } from '@/use-cases/suppression/load-consent-key'
import { createOutreach, readLedger } from '../../support/engine'
import { ADDRESS, eachWithSigningMailbox } from '../../support/sign-in/signing-mailbox'

describe('the tokens of a mailbox that has signed in', () => {
  const stage = eachWithSigningMailbox()
  const refuseReading = async () => {
    throw new ImapFailure('passing', 'Nobody is there.')
  }

  async function campaign() {
    const { id } = await createOutreach(stage.engine, { leads: 2, days: [0] })
    await stage.engine.db.campaignMailbox.create({ data: { campaignId: id, mailboxId: stage.mailboxId } })
    await stage.engine.db.mailboxReader.update({
      where: { mailboxId: stage.mailboxId },
      data: { lastReadAt: new Date() },
    })
    const config = { ...stage.engine.deps.config, appUrl: 'https://mail.nexa.dev' }
    await startCampaign({ ...stage.engine.deps, config }, { campaignId: id, by: 'tester' })
    return { id }
  }

  it('refreshes its token 1,000 times from two processes, one at a time, and loses none', async () => {
    await stage.signIn()
    stage.provider.expiresIn = 60
    await stage.nearExpiry()
    const other = createDatabase(stage.engine.url)
    const second = { ...stage.engine.deps, db: other.models, sql: other.sql }
    const box = await stage.mailbox()
    const failures: string[] = []
    const work = async (deps: typeof second) => {
      for (let i = 0; i < 100; i++) {
        const account = await openAccount(deps, box).catch(() => null)
        if (stage.provider.accountOf(account?.accessToken ?? '') !== ADDRESS) failures.push(`${i}`)
      }
    }
    await Promise.all([stage.engine.deps, second].flatMap((deps) => Array.from({ length: 5 }, () => work(deps))))
    await other.close()
    expect({ ...stage.provider, failures }).toMatchObject({ refreshes: 1_000, atOnce: 1, reused: 0, failures: [] })
    expect(await stage.mailbox()).toMatchObject({ health: 'ready' })
  })

  it('whose sign-in the provider has ended stops with its reader, once, says so, and goes on after a new one', async () => {
    await stage.signIn()
    const { id } = await campaign()
    await stage.nearExpiry()
    stage.provider.endAll()
    await Promise.all(
      Array.from({ length: 4 }, () =>
        sendMailbox({ ...stage.engine.deps, mailer: createSmtpMailer() }, { mailboxId: stage.mailboxId }),
      ),
    )
    await readMailbox(stage.engine.deps, { mailboxId: stage.mailboxId, open: refuseReading })
    expect(stage.provider.refreshes).toBe(1)
    expect(stage.smtp.logins).toEqual([])
    const reason =
      'Microsoft has ended the sign-in of this mailbox. Sign in again; sending and reading go on by themselves then. Microsoft says: “The token was revoked.”'
    expect(await stage.mailbox()).toMatchObject({ health: 'stopped', healthReason: reason })
    expect(await stage.reader()).toMatchObject({ health: 'stopped', healthReason: reason })
    expect(await stage.view()).toMatchObject({ signIn: { endedReason: reason } })
    expect(await readLedger(stage.engine, id)).toMatchObject({ pending: 2, sent: 0 })
    await stage.signIn()
    expect(await stage.mailbox()).toMatchObject({ health: 'ready', healthReason: null })
    expect(await stage.reader()).toMatchObject({ health: 'ready', healthReason: null, nextReadAt: null })
    await sendMailbox(stage.engine.deps, { mailboxId: stage.mailboxId })
    expect(await readLedger(stage.engine, id)).toMatchObject({ sent: 2 })
    expect(await stage.view()).toMatchObject({ signIn: { endedReason: null } })
  })

  it.each(['invalid_grant', 'interaction_required', 'consent_required', 'login_required'])(
    'has to be signed in to again where the provider says %s',
    async (error) => {
      await stage.signIn()
      await stage.nearExpiry()
      stage.provider.trouble = { status: 400, error, error_description: 'A person has to do this.' }
      const reading = openImapAccount(stage.engine.deps, await stage.mailbox(), await stage.reader())
      await expect(reading).rejects.toMatchObject({ name: 'ImapFailure', kind: 'sign_in' })
      const reason =
        'Microsoft has ended the sign-in of this mailbox. Sign in again; sending and reading go on by themselves then. Microsoft says: “A person has to do this.”'
      expect(await stage.mailbox()).toMatchObject({ health: 'stopped', healthReason: reason })
      expect(await stage.reader()).toMatchObject({ health: 'stopped', healthReason: reason, nextReadAt: null })
      stage.provider.trouble = null
      await stage.signIn()
      expect(await stage.reader()).toMatchObject({ health: 'ready', healthReason: null })
    },
  )

  it('cools down while the provider gives no token, and goes on by itself with the one it has', async () => {
    await stage.signIn()
    const { id } = await campaign()
    await stage.nearExpiry()
    for (const trouble of [
      { status: 503, error: 'temporarily_unavailable' },
      { status: 401, error: 'invalid_client' },
    ]) {
      stage.provider.trouble = trouble
      await sendMailbox(stage.engine.deps, { mailboxId: stage.mailboxId })
      expect(await stage.mailbox()).toMatchObject({ health: 'cooling_down' })
      await stage.engine.db.mailbox.update({ where: { id: stage.mailboxId }, data: { coolDownUntil: null } })
      const reading = openImapAccount(stage.engine.deps, await stage.mailbox(), await stage.reader())
      await expect(reading).rejects.toMatchObject({ name: 'ImapFailure', kind: 'passing' })
      expect((await stage.stored()).endedReason).toBeNull()
    }
    expect((await stage.mailbox()).healthReason).toBe(
      'Microsoft does not accept the client id or its secret. Fix them under Mailboxes.',
    )
    stage.provider.trouble = null
    await sendMailbox(stage.engine.deps, { mailboxId: stage.mailboxId })
    expect(await readLedger(stage.engine, id)).toMatchObject({ sent: 2 })
  })

  it('keeps tokens and secret over a new encryption key', async () => {
    await stage.signIn()
    const { encryptionKey, appUrl } = stage.engine.deps.config
    const at = new Date('2026-03-02T09:00:00Z')
    await storeInstallation(stage.engine.deps.sql, { encryptionKey, sandbox: true, appUrl }, at)
    await loadConsentKey(stage.engine.deps.sql, encryptionKey, at)
    const next = 'fedcba9876543210'.repeat(4)
    expect(await loadUnopened(stage.engine.deps.sql, next)).toMatchObject({ mailboxes: ['Sam'] })
    const change = { encryptionKey: next, formerKeys: [encryptionKey] }
    expect(await changeEncryptionKey(stage.engine.deps.sql, change, new Date(at.getTime() + 60_000))).toMatchObject({
      passwords: 2,
      unopened: 0,
    })
    stage.engine.deps.config.encryptionKey = next
    await stage.nearExpiry()
    await openAccount(stage.engine.deps, await stage.mailbox())
    expect(stage.provider.refreshes).toBe(1)
    expect((await stage.stored()).endedReason).toBeNull()
  })
})
