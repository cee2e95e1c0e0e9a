import { describe, expect, it } from 'vitest'
import type { Deps } from '@/deps'
import { completeSignIn } from '@/use-cases/mailboxes/complete-sign-in'
import { listOauthClients } from '@/use-cases/mailboxes/list-oauth-clients'
import { openAccount } from '@/use-cases/mailboxes/open-account'
import { saveOauthClient } from '@/use-cases/mailboxes/save-oauth-client'
import { startSignIn } from '@/use-cases/mailboxes/start-sign-in'
import { refusal } from '../../support/refusal'
import { eachWithSigningMailbox, SESSION } from '../../support/sign-in/signing-mailbox'

describe('a client of a provider that the environment names', () => {
  const stage = eachWithSigningMailbox()

  /** What is entered under Settings would lead nowhere; the environment leads to the provider. */
  async function withEnvironment(secret: string | null = 'secret-of-the-client'): Promise<Deps> {
    const { client, engine, provider } = stage
    await saveOauthClient(engine.deps, { ...client(), clientId: 'entered', authority: 'http://127.0.0.1:1' })
    const given = {
      provider: 'microsoft',
      clientId: 'client',
      secret,
      tenant: null,
      authority: provider.address,
    } as const
    return { ...engine.deps, config: { ...engine.deps.config, oauthClients: { microsoft: given } } }
  }

  it('comes before the one that is entered: to sign in, and to fetch new tokens', async () => {
    const deps = await withEnvironment()
    const { mailboxId } = stage
    const { url } = await startSignIn(deps, { mailboxId, provider: 'microsoft', sessionId: SESSION })
    expect(new URL(url).origin).toBe(stage.provider.address)
    expect(new URL(url).searchParams.get('client_id')).toBe('client')
    await completeSignIn(deps, { url: await stage.visit(url), sessionId: SESSION })
    await stage.nearExpiry()
    const { accessToken } = await openAccount(deps, await stage.mailbox())
    expect(stage.provider.accountOf(accessToken ?? '')).toBe('sam@nexa.example')
    expect(stage.provider.refreshes).toBe(1)
  })

  it('is shown whole and without its secret, and nothing of the entered one shines through', async () => {
    const [microsoft, google] = await listOauthClients(await withEnvironment(null))
    expect(microsoft).toMatchObject({
      clientId: 'client',
      fromEnvironment: true,
      hasSecret: false,
      tenant: null,
      authority: stage.provider.address,
    })
    expect(google).toMatchObject({ clientId: null, fromEnvironment: false, hasSecret: false })
    const [withSecret] = await listOauthClients(await withEnvironment())
    expect(withSecret).toMatchObject({ hasSecret: true })
    expect(JSON.stringify(withSecret)).not.toContain('secret-of-the-client')
  })

  it('cannot be changed under Settings, and what was entered before counts again once it is gone', async () => {
    const deps = await withEnvironment()
    const refused = await refusal(saveOauthClient(deps, { ...stage.client(), clientId: 'typed' }))
    expect(refused).toMatchObject({
      code: 'conflict',
      message: 'The client of Microsoft comes from the environment of this installation. Nothing was saved.',
    })
    expect((await listOauthClients(stage.engine.deps))[0]).toMatchObject({
      clientId: 'entered',
      fromEnvironment: false,
    })
    await saveOauthClient(deps, { provider: 'google', clientId: 'id-of-google' })
    expect((await listOauthClients(deps))[1]).toMatchObject({ clientId: 'id-of-google', fromEnvironment: false })
  })
})
