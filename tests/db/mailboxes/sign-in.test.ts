import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createDatabase } from '@/db/client'
import { mailboxInput } from '@/domain/mailbox/mailbox-input'
import { decrypt } from '@/lib/encryption'
import { ImapFailure } from '@/mail/imap/opened-mailbox'
import { createSmtpMailer } from '@/mail/smtp-mailer'
import { startCampaign } from '@/use-cases/campaigns/start-campaign'
import { readMailbox } from '@/use-cases/conversations/read-mailbox'
import { sendMailbox } from '@/use-cases/delivery/send-mailbox'
import { completeSignIn } from '@/use-cases/mailboxes/complete-sign-in'
import { endSignIn } from '@/use-cases/mailboxes/end-sign-in'
import { listMailboxes } from '@/use-cases/mailboxes/list-mailboxes'
import { listOauthClients } from '@/use-cases/mailboxes/list-oauth-clients'
import { openAccount, openImapAccount } from '@/use-cases/mailboxes/open-account'
import { createMailbox } from '@/use-cases/mailboxes/save-mailbox'
import { saveOauthClient } from '@/use-cases/mailboxes/save-oauth-client'
import { startSignIn } from '@/use-cases/mailboxes/start-sign-in'
import { testMailbox } from '@/use-cases/mailboxes/test-mailbox'
import { changeEncryptionKey } from '@/use-cases/maintenance/change-encryption-key'
import { loadUnopened } from '@/use-cases/maintenance/installation-facts'
import { storeInstallation } from '@/use-cases/maintenance/store-installation'
import { loadConsentKey } from '@/use-cases/suppression/load-consent-key'
import { createEngine, createOutreach, type Engine, readLedger } from '../../support/engine'
import { type OauthServer, startOauthServer } from '../../support/oauth-server'
import { refusal } from '../../support/refusal'
import { startTokenSmtp } from '../../support/token-smtp'

const ADDRESS = 'sam@nexa.example'
const SESSION = 'session-1'

describe('a mailbox that signs in on the page of its provider', () => {
  let engine: Engine
  let provider: OauthServer
  let smtp: Awaited<ReturnType<typeof startTokenSmtp>>
  let mailboxId: string
  beforeEach(async () => {
    engine = await createEngine()
    provider = await startOauthServer()
    smtp = await startTokenSmtp(provider)
    ;({ id: mailboxId } = await createMailbox(
      engine.deps,
      mailboxInput.parse({
        name: 'Sam',
        fromName: 'Sam',
        fromEmail: ADDRESS,
        smtpHost: '127.0.0.1',
        smtpPort: smtp.port,
        smtpSecurity: 'none',
        reader: { imapHost: 'imap.nexa.example' },
      }),
    ))
    await saveOauthClient(engine.deps, client())
  })
  afterEach(async () => {
    await engine.close()
    await provider.close()
    await smtp.close()
  })

  const client = (secret: string | undefined = 'secret-of-the-client') => ({
    provider: 'microsoft' as const,
    clientId: 'client',
    secret,
    authority: provider.address,
  })
  const ask = (sessionId = SESSION) => startSignIn(engine.deps, { mailboxId, provider: 'microsoft', sessionId })
  /** The address that the provider sends the person back to. */
  const visit = async (url: string) => {
    const answer = await fetch(url, { redirect: 'manual' })
    return new URL(answer.headers.get('location') ?? '')
  }
  const signIn = async () => completeSignIn(engine.deps, { url: await visit((await ask()).url), sessionId: SESSION })
  const stored = () => engine.db.mailboxSignIn.findUniqueOrThrow({ where: { mailboxId } })
  const tokens = async () => {
    const { tokensEncrypted } = await stored()
    const place = `mailbox_sign_ins/${mailboxId}/tokens`
    return JSON.parse(decrypt(engine.deps.config.encryptionKey, tokensEncrypted, place)) as Record<string, string>
  }
  const mailbox = () => engine.db.mailbox.findUniqueOrThrow({ where: { id: mailboxId } })
  const reader = () => engine.db.mailboxReader.findUniqueOrThrow({ where: { mailboxId } })
  const view = async () => (await listMailboxes(engine.deps)).find(({ id }) => id === mailboxId)
  const nearExpiry = () =>
    engine.db.mailboxSignIn.update({ where: { mailboxId }, data: { expiresAt: new Date(Date.now() + 60_000) } })

  it('is sent there with a challenge and comes back with tokens, sealed, with which it signs in to send', async () => {
    const { url } = await ask()
    const asked = new URL(url)
    expect(asked.origin + asked.pathname).toBe(`${provider.address}/common/oauth2/v2.0/authorize`)
    expect(Object.fromEntries(asked.searchParams)).toMatchObject({
      client_id: 'client',
      response_type: 'code',
      redirect_uri: 'http://localhost:3000/api/oauth/callback',
      scope: 'https://outlook.office.com/IMAP.AccessAsUser.All https://outlook.office.com/SMTP.Send offline_access',
      code_challenge_method: 'S256',
      login_hint: ADDRESS,
    })
    expect(await completeSignIn(engine.deps, { url: await visit(url), sessionId: SESSION })).toEqual({ mailboxId })
    const { accessToken, refreshToken } = await tokens()
    expect(provider.accountOf(accessToken ?? '')).toBe(ADDRESS)
    const row = JSON.stringify([await stored(), await listMailboxes(engine.deps), await listOauthClients(engine.deps)])
    for (const secret of [accessToken, refreshToken, 'secret-of-the-client']) expect(row).not.toContain(secret)
    expect(await view()).toMatchObject({ signIn: { provider: 'microsoft', endedReason: null } })
    expect((await testMailbox(engine.deps, { mailboxId, open: refuseReading })).message).not.toContain(
      'refused the login',
    )
    expect(smtp.logins).toEqual([`${ADDRESS} let in`])
    expect(await openImapAccount(engine.deps, await mailbox(), await reader())).toMatchObject({
      user: ADDRESS,
      accessToken,
    })
  })

  it('is believed only in the session that asked, once, and as it was asked', async () => {
    const url = await visit((await ask()).url)
    const of = (change: { sessionId?: string; url?: URL }) =>
      refusal(completeSignIn(engine.deps, { url, sessionId: SESSION, ...change }))
    expect(await of({ sessionId: 'session-2' })).toMatchObject({ code: 'invalid_input' })
    const changed = new URL(url)
    changed.searchParams.set('state', `${changed.searchParams.get('state')}x`)
    expect(await of({ url: changed })).toMatchObject({ code: 'invalid_input' })
    const late = { ...engine.deps, clock: { ...engine.deps.clock, realNow: () => new Date(Date.now() + 601_000) } }
    expect(await refusal(completeSignIn(late, { url, sessionId: SESSION }))).toMatchObject({ code: 'invalid_input' })
    expect(await engine.db.mailboxSignIn.count()).toBe(0)
    await completeSignIn(engine.deps, { url, sessionId: SESSION })
    expect(await of({})).toMatchObject({ code: 'not_ready' })
    provider.denies = true
    const denied = await refusal(signIn())
    expect(denied.message).toBe(
      'Microsoft did not let the mailbox sign in. Nothing was changed. It says: “access_denied”',
    )
    expect((await stored()).endedReason).toBeNull()
  })

  it('refreshes its token 1,000 times from two processes, one at a time, and loses none', async () => {
    await signIn()
    provider.expiresIn = 60
    await nearExpiry()
    const other = createDatabase(engine.url)
    const second = { ...engine.deps, db: other.models, sql: other.sql }
    const box = await mailbox()
    const failures: string[] = []
    const work = async (deps: typeof second) => {
      for (let i = 0; i < 100; i++) {
        const { accessToken } = await openAccount(deps, box)
        if (provider.accountOf(accessToken ?? '') !== ADDRESS) failures.push(`${i}`)
      }
    }
    await Promise.all([engine.deps, second].flatMap((deps) => Array.from({ length: 5 }, () => work(deps))))
    await other.close()
    expect({ ...provider, failures }).toMatchObject({ refreshes: 1_000, atOnce: 1, reused: 0, failures: [] })
    expect(await mailbox()).toMatchObject({ health: 'ready' })
  })

  it('asks for a new token only near the end of the old one, and keeps the old one to go on with where none comes', async () => {
    await signIn()
    await openAccount(engine.deps, await mailbox())
    expect(provider.refreshes).toBe(0)
    await nearExpiry()
    const before = await tokens()
    await openAccount(engine.deps, await mailbox())
    expect(provider.refreshes).toBe(1)
    const after = await tokens()
    expect(after.refreshToken).not.toBe(before.refreshToken)
    await openAccount(engine.deps, await mailbox())
    expect(provider.refreshes).toBe(1)
  })

  it('whose sign-in the provider has ended stops with its reader, once, says so, and goes on after a new one', async () => {
    await signIn()
    const { id } = await campaign()
    await nearExpiry()
    provider.endAll()
    await Promise.all(
      Array.from({ length: 4 }, () => sendMailbox({ ...engine.deps, mailer: createSmtpMailer() }, { mailboxId })),
    )
    await readMailbox(engine.deps, { mailboxId, open: refuseReading })
    expect(provider.refreshes).toBe(1)
    expect(smtp.logins).toEqual([])
    const reason =
      'Microsoft has ended the sign-in of this mailbox. Sign in again; sending and reading go on by themselves then. Microsoft says: “The token was revoked.”'
    expect(await mailbox()).toMatchObject({ health: 'stopped', healthReason: reason })
    expect(await reader()).toMatchObject({ health: 'stopped', healthReason: reason })
    expect(await view()).toMatchObject({ signIn: { endedReason: reason } })
    expect(await readLedger(engine, id)).toMatchObject({ pending: 2, sent: 0 })
    await signIn()
    expect(await mailbox()).toMatchObject({ health: 'ready', healthReason: null })
    expect(await reader()).toMatchObject({ health: 'ready', healthReason: null, nextReadAt: null })
    await sendMailbox(engine.deps, { mailboxId })
    expect(await readLedger(engine, id)).toMatchObject({ sent: 2 })
    expect(await view()).toMatchObject({ signIn: { endedReason: null } })
  })

  it('cools down while the provider gives no token, and goes on by itself with the one it has', async () => {
    await signIn()
    const { id } = await campaign()
    await nearExpiry()
    for (const trouble of [
      { status: 503, error: 'temporarily_unavailable' },
      { status: 401, error: 'invalid_client' },
    ]) {
      provider.trouble = trouble
      await sendMailbox(engine.deps, { mailboxId })
      expect(await mailbox()).toMatchObject({ health: 'cooling_down' })
      await engine.db.mailbox.update({ where: { id: mailboxId }, data: { coolDownUntil: null } })
      const reading = openImapAccount(engine.deps, await mailbox(), await reader())
      await expect(reading).rejects.toMatchObject({ name: 'ImapFailure', kind: 'passing' })
      expect((await stored()).endedReason).toBeNull()
    }
    expect((await mailbox()).healthReason).toBe(
      'Microsoft does not accept the client id or its secret. Fix them under Mailboxes.',
    )
    provider.trouble = null
    await sendMailbox(engine.deps, { mailboxId })
    expect(await readLedger(engine, id)).toMatchObject({ sent: 2 })
  })

  it('signs in by its password again once that is wanted', async () => {
    await signIn()
    await endSignIn(engine.deps, { mailboxId })
    expect(await view()).toMatchObject({ signIn: null })
    expect(await openAccount(engine.deps, await mailbox())).not.toHaveProperty('accessToken')
  })

  it('keeps tokens and secret over a new encryption key', async () => {
    await signIn()
    const { encryptionKey, appUrl } = engine.deps.config
    const at = new Date('2026-03-02T09:00:00Z')
    await storeInstallation(engine.deps.sql, { encryptionKey, sandbox: true, appUrl }, at)
    await loadConsentKey(engine.deps.sql, encryptionKey, at)
    const next = 'fedcba9876543210'.repeat(4)
    expect(await loadUnopened(engine.deps.sql, next)).toMatchObject({ mailboxes: ['Sam'] })
    const change = { encryptionKey: next, formerKeys: [encryptionKey] }
    expect(await changeEncryptionKey(engine.deps.sql, change, new Date(at.getTime() + 60_000))).toMatchObject({
      passwords: 2,
      unopened: 0,
    })
    engine.deps.config.encryptionKey = next
    await nearExpiry()
    await openAccount(engine.deps, await mailbox())
    expect(provider.refreshes).toBe(1)
    expect((await stored()).endedReason).toBeNull()
  })

  it('keeps the secret of its client where none is typed, and takes one out', async () => {
    await saveOauthClient(engine.deps, { ...client(), secret: undefined, clientId: 'other' })
    expect((await listOauthClients(engine.deps))[0]).toMatchObject({ clientId: 'other', hasSecret: true })
    await saveOauthClient(engine.deps, { ...client(), secret: null })
    expect((await listOauthClients(engine.deps))[0]).toMatchObject({ clientId: 'client', hasSecret: false })
  })

  const refuseReading = async () => {
    throw new ImapFailure('passing', 'Nobody is there.')
  }

  async function campaign() {
    const { id } = await createOutreach(engine, { leads: 2, days: [0] })
    await engine.db.campaignMailbox.create({ data: { campaignId: id, mailboxId } })
    await engine.db.mailboxReader.update({ where: { mailboxId }, data: { lastReadAt: new Date() } })
    const config = { ...engine.deps.config, appUrl: 'https://mail.nexa.dev' }
    await startCampaign({ ...engine.deps, config }, { campaignId: id, by: 'tester' })
    return { id }
  }
})
