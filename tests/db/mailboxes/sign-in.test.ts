import { describe, expect, it } from 'vitest'
import { decrypt } from '@/lib/encryption'
import { ImapFailure } from '@/mail/imap/opened-mailbox'
import { completeSignIn } from '@/use-cases/mailboxes/complete-sign-in'
import { endSignIn } from '@/use-cases/mailboxes/end-sign-in'
import { listMailboxes } from '@/use-cases/mailboxes/list-mailboxes'
import { listOauthClients } from '@/use-cases/mailboxes/list-oauth-clients'
import { openAccount, openImapAccount } from '@/use-cases/mailboxes/open-account'
import { saveOauthClient } from '@/use-cases/mailboxes/save-oauth-client'
import { testMailbox } from '@/use-cases/mailboxes/test-mailbox'
import { refusal } from '../../support/refusal'
import { ADDRESS, eachWithSigningMailbox, SESSION } from '../../support/sign-in/signing-mailbox'

describe('a mailbox that signs in on the page of its provider', () => {
  const stage = eachWithSigningMailbox()
  const tokens = async () => {
    const place = `mailbox_sign_ins/${stage.mailboxId}/tokens`
    const { encryptionKey } = stage.engine.deps.config
    return JSON.parse(decrypt(encryptionKey, (await stage.stored()).tokensEncrypted, place)) as Record<string, string>
  }
  const refuseReading = async () => {
    throw new ImapFailure('passing', 'Nobody is there.')
  }

  it('is sent there with a challenge and comes back with tokens, sealed, with which it signs in to send', async () => {
    const { url } = await stage.ask()
    const asked = new URL(url)
    expect(asked.origin + asked.pathname).toBe(`${stage.provider.address}/common/oauth2/v2.0/authorize`)
    expect(Object.fromEntries(asked.searchParams)).toMatchObject({
      client_id: 'client',
      response_type: 'code',
      redirect_uri: 'http://localhost:3000/api/oauth/callback',
      scope: 'https://outlook.office.com/IMAP.AccessAsUser.All https://outlook.office.com/SMTP.Send offline_access',
      code_challenge_method: 'S256',
      login_hint: ADDRESS,
    })
    expect(await completeSignIn(stage.engine.deps, { url: await stage.visit(url), sessionId: SESSION })).toEqual({
      mailboxId: stage.mailboxId,
    })
    const { accessToken, refreshToken } = await tokens()
    expect(stage.provider.accountOf(accessToken ?? '')).toBe(ADDRESS)
    const row = JSON.stringify([
      await stage.stored(),
      await listMailboxes(stage.engine.deps),
      await listOauthClients(stage.engine.deps),
    ])
    for (const secret of [accessToken, refreshToken, 'secret-of-the-client']) expect(row).not.toContain(secret)
    expect(await stage.view()).toMatchObject({ signIn: { provider: 'microsoft', endedReason: null } })
    expect(
      (await testMailbox(stage.engine.deps, { mailboxId: stage.mailboxId, open: refuseReading })).message,
    ).not.toContain('refused the login')
    expect(stage.smtp.logins).toEqual([`${ADDRESS} let in`])
    expect(await openImapAccount(stage.engine.deps, await stage.mailbox(), await stage.reader())).toMatchObject({
      user: ADDRESS,
      accessToken,
    })
  })

  it('is believed only in the session that asked, once, and as it was asked', async () => {
    const url = await stage.visit((await stage.ask()).url)
    const of = (change: { sessionId?: string; url?: URL }) =>
      refusal(completeSignIn(stage.engine.deps, { url, sessionId: SESSION, ...change }))
    expect(await of({ sessionId: 'session-2' })).toMatchObject({ code: 'invalid_input' })
    const changed = new URL(url)
    changed.searchParams.set('state', `${changed.searchParams.get('state')}x`)
    expect(await of({ url: changed })).toMatchObject({ code: 'invalid_input' })
    const late = {
      ...stage.engine.deps,
      clock: { ...stage.engine.deps.clock, realNow: () => new Date(Date.now() + 601_000) },
    }
    expect(await refusal(completeSignIn(late, { url, sessionId: SESSION }))).toMatchObject({ code: 'invalid_input' })
    expect(await stage.engine.db.mailboxSignIn.count()).toBe(0)
    await completeSignIn(stage.engine.deps, { url, sessionId: SESSION })
    expect(await of({})).toMatchObject({ code: 'not_ready' })
    stage.provider.denies = true
    const denied = await refusal(stage.signIn())
    expect(denied.message).toBe(
      'Microsoft did not let the mailbox sign in. Nothing was changed. It says: “access_denied”',
    )
    expect((await stage.stored()).endedReason).toBeNull()
  })

  it('asks for a new token only near the end of the old one, and keeps the old one to go on with where none comes', async () => {
    await stage.signIn()
    await openAccount(stage.engine.deps, await stage.mailbox())
    expect(stage.provider.refreshes).toBe(0)
    await stage.nearExpiry()
    const before = await tokens()
    await openAccount(stage.engine.deps, await stage.mailbox())
    expect(stage.provider.refreshes).toBe(1)
    const after = await tokens()
    expect(after.refreshToken).not.toBe(before.refreshToken)
    await openAccount(stage.engine.deps, await stage.mailbox())
    expect(stage.provider.refreshes).toBe(1)
  })

  it('signs in by its password again once that is wanted', async () => {
    await stage.signIn()
    await endSignIn(stage.engine.deps, { mailboxId: stage.mailboxId })
    expect(await stage.view()).toMatchObject({ signIn: null })
    expect(await openAccount(stage.engine.deps, await stage.mailbox())).not.toHaveProperty('accessToken')
  })

  it('keeps the secret of its client where none is typed, and takes one out', async () => {
    await saveOauthClient(stage.engine.deps, { ...stage.client(), secret: undefined, clientId: 'other' })
    expect((await listOauthClients(stage.engine.deps))[0]).toMatchObject({ clientId: 'other', hasSecret: true })
    await saveOauthClient(stage.engine.deps, { ...stage.client(), secret: null })
    expect((await listOauthClients(stage.engine.deps))[0]).toMatchObject({ clientId: 'client', hasSecret: false })
  })
})
