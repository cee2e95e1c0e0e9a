import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Accounts, openAccounts, PASSWORD } from '../support/accounts'
import { createEngine, type Engine } from '../support/engine'
import { cookieOf } from '../support/servers/http-app'
import { totp } from '../support/team/totp'

let engine: Engine
let accounts: Accounts
beforeAll(async () => {
  engine = await createEngine()
  accounts = openAccounts(engine)
})
afterAll(() => engine.close())
beforeEach(() => accounts.clear())

const EMAIL = 'mira@nexa.example'
const verify = (way: 'totp' | 'backup-code', code: string, cookie: string) =>
  accounts.call(`/two-factor/verify-${way}`, { code }, { cookie })

/** An account with a second factor, and what it shows its person. */
async function turnOn() {
  const cookie = cookieOf(await accounts.signUp())
  const begun = await accounts.call('/two-factor/enable', { password: PASSWORD }, { cookie })
  const { totpURI, backupCodes } = (await begun.json()) as { totpURI: string; backupCodes: string[] }
  const verified = await verify('totp', totp(totpURI), cookie)
  expect(verified.status).toBe(200)
  return { cookie: cookieOf(verified), totpURI, backupCodes }
}

describe('a second factor', () => {
  it('needs the password to begin, and holds only after a code of the app', async () => {
    const cookie = cookieOf(await accounts.signUp())
    expect((await accounts.call('/two-factor/enable', { password: 'not the right words' }, { cookie })).status).toBe(
      400,
    )
    await accounts.call('/two-factor/enable', { password: PASSWORD }, { cookie })
    expect((await engine.db.user.findFirstOrThrow()).twoFactorEnabled).toBe(false)
    const before = await accounts.signIn(EMAIL)
    expect(await accounts.userOf(cookieOf(before)), 'not asked for yet').not.toBeNull()
  })

  it('gives no session for the password alone, and one for a code of the app', async () => {
    const { totpURI } = await turnOn()
    const first = await accounts.signIn(EMAIL)
    expect(await first.json()).toMatchObject({ twoFactorRedirect: true })
    const cookie = cookieOf(first)
    expect(await accounts.userOf(cookie)).toBeNull()
    const wrong = totp(totpURI) === '000000' ? '000001' : '000000'
    expect((await verify('totp', wrong, cookie)).status).toBe(401)
    const second = await verify('totp', totp(totpURI), cookie)
    expect(second.status).toBe(200)
    expect(await accounts.userOf(cookieOf(second))).toMatchObject({ email: EMAIL })
  })

  it('takes each backup code once', async () => {
    const { backupCodes } = await turnOn()
    expect(backupCodes).toHaveLength(10)
    const [code = ''] = backupCodes
    const again = async () => verify('backup-code', code, cookieOf(await accounts.signIn(EMAIL)))
    expect((await again()).status).toBe(200)
    expect((await again()).status).toBe(401)
  })

  it('keeps neither secret nor backup codes in the clear', async () => {
    const { totpURI, backupCodes } = await turnOn()
    const kept = JSON.stringify(await engine.db.twoFactor.findMany())
    const secret = new URL(totpURI).searchParams.get('secret') ?? '-'
    for (const text of [secret, ...backupCodes]) expect(kept).not.toContain(text)
  })

  it('closes after ten wrong codes in a row, whichever sign-in they belong to, and is open to nobody then', async () => {
    const { totpURI } = await turnOn()
    const statuses: number[] = []
    for (let i = 0; i < 4; i++) {
      const cookie = cookieOf(await accounts.signIn(EMAIL))
      for (let guess = 0; guess < 3; guess++) statuses.push((await verify('totp', '000000', cookie)).status)
    }
    expect(statuses.slice(0, 10)).toEqual(Array(10).fill(401))
    expect(statuses.slice(10)).toEqual([429, 429])
    const cookie = cookieOf(await accounts.signIn(EMAIL))
    expect((await verify('totp', totp(totpURI), cookie)).status).toBe(429)
  })

  it('is turned off with the password alone, by whoever is signed in', async () => {
    const { cookie } = await turnOn()
    expect((await accounts.call('/two-factor/disable', { password: 'not the right words' }, { cookie })).status).toBe(
      400,
    )
    expect((await accounts.call('/two-factor/disable', { password: PASSWORD }, { cookie })).status).toBe(200)
    expect(await engine.db.twoFactor.count()).toBe(0)
    expect(await accounts.userOf(cookieOf(await accounts.signIn(EMAIL)))).not.toBeNull()
  })
})

describe('a password that others would guess', () => {
  it('makes no owner', async () => {
    const response = await accounts.call('/sign-up/email', {
      name: 'Mira',
      email: EMAIL,
      password: 'password1234',
      code: '7KMR-Q2XD-9TBW',
    })
    expect([response.status, (await response.json()).code]).toEqual([400, 'COMMON_PASSWORD'])
    expect(await engine.db.user.count()).toBe(0)
  })

  it('takes the place of none', async () => {
    const cookie = cookieOf(await accounts.signUp())
    const body = { currentPassword: PASSWORD, newPassword: 'qwertyuiop12' }
    expect((await accounts.call('/change-password', body, { cookie })).status).toBe(400)
    expect((await accounts.signIn(EMAIL)).status).toBe(200)
  })
})
