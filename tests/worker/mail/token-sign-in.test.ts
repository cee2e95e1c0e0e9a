import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openImapMailbox } from '@/mail/imap/open-imap-mailbox'
import { type Dovecot, startDovecot } from '../../support/mail-servers/dovecot'
import { missingMailServers } from '../../support/mail-servers/packages'
import { OauthServer } from '../../support/sign-in/oauth-server'

const USER = 'ada@nexa.example'
const VERIFIER = 'test-verifier'

describe.skipIf(missingMailServers() !== null)("Debian's Dovecot, asked to sign in by a token", () => {
  let provider: OauthServer
  let dovecot: Dovecot
  beforeAll(async () => {
    provider = await OauthServer.start()
    dovecot = await startDovecot({ [USER]: 'secret' }, { tokens: `${provider.address}/tokeninfo` })
  })
  afterAll(async () => {
    await dovecot?.close()
    await provider?.close()
  })

  /** A token of the account, as the provider gives it for a code. */
  async function tokenOf(account: string): Promise<string> {
    const back = 'http://127.0.0.1/back'
    const challenge = createHash('sha256').update(VERIFIER).digest('base64url')
    const ask = new URL(`${provider.address}/common/oauth2/v2.0/authorize`)
    for (const [name, value] of Object.entries({ redirect_uri: back, login_hint: account, code_challenge: challenge }))
      ask.searchParams.set(name, value)
    const answer = await fetch(ask, { redirect: 'manual' })
    const code = new URL(answer.headers.get('location') ?? '').searchParams.get('code') ?? ''
    const body = new URLSearchParams({
      grant_type: 'authorization_code',
      code,
      redirect_uri: back,
      code_verifier: VERIFIER,
      client_id: 'client',
      client_secret: 'secret-of-the-client',
    })
    const given = await fetch(`${provider.address}/common/oauth2/v2.0/token`, { method: 'POST', body })
    return ((await given.json()) as { access_token: string }).access_token
  }
  const open = (accessToken: string) =>
    openImapMailbox({
      host: '127.0.0.1',
      port: dovecot.ports.imaps,
      security: 'tls',
      user: USER,
      password: '',
      accessToken,
      allowPrivate: true,
    })

  it('lets the account in, refuses the token of another and one that was ended, and says so as a sign-in', async () => {
    const opened = await open(await tokenOf(USER))
    expect(await opened.folders()).toContainEqual({ path: 'INBOX', role: 'inbox' })
    await opened.close()
    for (const token of ['made-up', await tokenOf('kim@nexa.example')])
      await expect(open(token)).rejects.toMatchObject({ name: 'ImapFailure', kind: 'provider' })
    const ended = await tokenOf(USER)
    provider.endAll()
    await expect(open(ended)).rejects.toMatchObject({ name: 'ImapFailure', kind: 'provider' })
  })
})
