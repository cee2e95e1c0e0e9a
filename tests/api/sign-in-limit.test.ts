import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { type Accounts, codeOf, openAccounts } from '../support/accounts'
import { createEngine, type Engine } from '../support/engine'
import { cookieOf } from '../support/servers/http-app'

let engine: Engine
let accounts: Accounts
beforeAll(async () => {
  engine = await createEngine()
  accounts = openAccounts(engine)
})
afterAll(() => engine.close())
afterEach(async () => {
  vi.useRealTimers()
  await accounts.clear()
})

/** One after the other: each costs the processor as much as a password is meant to. */
async function guessOften(count: number) {
  const answers: Response[] = []
  for (let i = 0; i < count; i++) answers.push(await accounts.guess())
  return answers
}
const setClock = (ms: number) => vi.setSystemTime(Date.now() + ms)

describe('signing in', () => {
  it('is limited to 30 failures in 15 minutes for one address, from wherever', async () => {
    const owner = cookieOf(await accounts.signUp())
    // At once, in several spellings: as many are counted as were tried.
    const guesses = await Promise.all(Array.from({ length: 40 }, () => accounts.guess('Mira@nexa.example ')))
    expect(guesses.filter(({ status }) => status === 429)).toHaveLength(10)
    const right = await accounts.signIn('mira@nexa.example')
    expect(right.status).toBe(429)
    expect(await codeOf(right)).toBe('TOO_MANY_ATTEMPTS')
    expect(await accounts.userOf(owner), 'who is signed in stays so').not.toBeNull()

    vi.useFakeTimers({ toFake: ['Date'] })
    setClock(14 * 60_000)
    expect((await accounts.signIn('mira@nexa.example')).status, 'after 14 minutes').toBe(429)
    setClock(60_001)
    expect((await accounts.signIn('mira@nexa.example')).status, 'after 15 minutes').toBe(200)
  })

  it('is limited so also when the library has cleared its own counts, and after a restart', async () => {
    await accounts.signUp()
    await guessOften(30)
    vi.useFakeTimers({ toFake: ['Date'] })
    // Beyond the library's windows: the next requests from a place of before make it delete what is older.
    setClock(5 * 60_000)
    const place = '198.51.100.77'
    for (let i = 0; i < 3; i++) await accounts.guess(`other${i}@nexa.example`, place)
    setClock(5 * 60_000)
    for (let i = 0; i < 3; i++) await accounts.guess(`other${i}@nexa.example`, place)
    expect((await accounts.signIn('mira@nexa.example')).status).toBe(429)
    accounts.restart()
    expect((await accounts.signIn('mira@nexa.example')).status).toBe(429)
  })

  it('begins to count anew after a success', async () => {
    await accounts.signUp()
    await guessOften(29)
    expect((await accounts.signIn('mira@nexa.example')).status).toBe(200)
    const again = await guessOften(31)
    expect(again.map(({ status }) => status).sort()).toEqual([...Array(30).fill(401), 429])
  })

  it('keeps no count for longer than it is asked for', async () => {
    await accounts.guess('nobody@nexa.example')
    vi.useFakeTimers({ toFake: ['Date'] })
    setClock(15 * 60_000)
    await accounts.guess('somebody@nexa.example')
    expect(await engine.db.signInFailures.count()).toBe(1)
  })
})
