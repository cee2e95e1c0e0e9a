import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { deleteWaysIn, removePersonIf } from '@/db/queries/team/remove-person'
import type { Deps } from '@/deps'
import { acceptInvitation } from '@/use-cases/team/accept-invitation'
import { createInvitation } from '@/use-cases/team/create-invitation'
import { createResetLink } from '@/use-cases/team/create-reset-link'
import { endOtherSessions, endSession } from '@/use-cases/team/end-session'
import { endTwoFactor } from '@/use-cases/team/end-two-factor'
import { getAccount } from '@/use-cases/team/get-account'
import { getResetLink } from '@/use-cases/team/get-reset-link'
import { removePerson } from '@/use-cases/team/remove-person'
import { resetPassword } from '@/use-cases/team/reset-password'
import { sendResetLink } from '@/use-cases/team/send-reset-link'
import { openAccounts } from '../../support/accounts'
import { createEngine, type Engine } from '../../support/engine'
import { refusal } from '../../support/refusal'
import { addMember, addSession, type Member, removalOf, tokenOf } from '../../support/team/members'
import { waitsFor } from '../../support/until-blocked'

const NEW = 'quiet rivers run north'

let engine: Engine
let owner: Member
let ada: Member
beforeAll(async () => {
  engine = await createEngine()
})
afterAll(() => engine.close())
beforeEach(async () => {
  await engine.db.invitation.deleteMany()
  await engine.db.user.deleteMany()
  await engine.pool.query('DELETE FROM sign_in_failures')
  await engine.pool.query('DELETE FROM rate_limits')
  await engine.db.mailbox.updateMany({ data: { testedAt: new Date() } })
  engine.deps.config.sandbox = false
  engine.sink.received.length = 0
  owner = await addMember(engine, 'owner', 'Olive')
  ada = await addMember(engine, 'member', 'Ada')
})

const makeLink = (userId = ada.id, now = new Date()) =>
  createResetLink({ sql: engine.deps.sql, appUrl: engine.deps.config.appUrl }, { userId, now })
const use = (url: string, password = NEW, deps: Deps = engine.deps) =>
  resetPassword(deps, { token: tokenOf(url), password })
const signIn = (password: string) => openAccounts(engine).signIn(ada.email, password)
const linkIn = (raw: string | undefined) =>
  /http:\/\/localhost:3000\/reset\/[\w-]+/.exec((raw ?? '').replaceAll('=\r\n', ''))?.[0] ?? ''

describe('a link for a new password', () => {
  it('changes nothing until it is used, then the password, once, and ends all sessions', async () => {
    const session = await addSession(engine, ada.id)
    const others = await addSession(engine, owner.id)
    const { url } = await makeLink()
    expect(await engine.db.session.count({ where: { id: session } })).toBe(1)
    expect((await signIn('a few words do well')).status).toBe(200)
    await use(url)
    expect((await engine.db.session.findMany()).map(({ id }) => id)).toEqual([others])
    expect((await signIn('a few words do well')).status).toBe(401)
    expect((await signIn(NEW)).status).toBe(200)
    expect(await refusal(use(url, 'three other calm words'))).toMatchObject({ code: 'not_found' })
  })

  it('is used once where it is used ten times at once', async () => {
    const { url } = await makeLink()
    const results = await Promise.allSettled(Array.from({ length: 10 }, (_, i) => use(url, `${NEW} ${i}`)))
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })

  it('works for 24 hours, and not after another was made', async () => {
    const { url, expiresAt } = await makeLink()
    const late: Deps = { ...engine.deps, clock: { ...engine.clock, realNow: () => expiresAt } }
    expect(await getResetLink(late, { token: tokenOf(url) })).toBeNull()
    expect(await refusal(use(url, NEW, late))).toMatchObject({ code: 'not_found' })
    await makeLink()
    expect(await refusal(use(url))).toMatchObject({ code: 'not_found' })
  })

  it('ends with the membership: who is invited again under the same id begins anew', async () => {
    const { url } = await makeLink()
    await engine.db.user.update({ where: { id: ada.id }, data: { twoFactorEnabled: true } })
    await engine.db.twoFactor.create({ data: { id: 'old', secret: 's', backupCodes: 'b', userId: ada.id } })
    await removePerson(engine.deps, { userId: ada.id, by: owner })
    const invitation = await createInvitation(engine.deps, { email: ada.email, role: 'member', by: owner })
    const joined = { token: tokenOf(invitation.url), name: 'Ada', password: 'three other calm words' }
    expect((await acceptInvitation(engine.deps, joined)).userId).toBe(ada.id)
    expect(await getResetLink(engine.deps, { token: tokenOf(url) })).toBeNull()
    expect(await engine.db.twoFactor.count({ where: { userId: ada.id } })).toBe(0)
    const signedIn = await signIn(joined.password)
    expect(await signedIn.json()).not.toHaveProperty('twoFactorRedirect')
  })

  it('is not made while a removal is under way: it waits for it, and is refused', async () => {
    const removal = removalOf(ada, owner)
    let refused: unknown
    await waitsFor(
      engine.deps.sql,
      async (tx) => {
        await removePersonIf(tx, removal)
        await deleteWaysIn(tx, ada.id)
      },
      async () => {
        refused = await refusal(makeLink())
      },
    )
    expect(refused).toMatchObject({ code: 'not_found' })
    expect(await engine.db.passwordReset.count()).toBe(0)
  })

  it('stays although others have links emailed, each of which replaces the one before, until one of them is used', async () => {
    const handed = await makeLink()
    const live = async () => Boolean(await getResetLink(engine.deps, { token: tokenOf(handed.url) }))
    await sendResetLink(engine.deps, { email: ada.email, place: null })
    await sendResetLink(engine.deps, { email: ada.email, place: null })
    expect([await live(), await engine.db.passwordReset.count()]).toEqual([true, 2])
    const [first, second] = engine.sink.received.map(({ raw }) => linkIn(raw))
    expect(await refusal(use(first ?? ''))).toMatchObject({ code: 'not_found' })
    await use(second ?? '')
    expect([await live(), await engine.db.passwordReset.count()]).toEqual([false, 0])
  })

  it('lets nobody in who was removed after it was made, and is made for none', async () => {
    const { url } = await makeLink()
    await removePerson(engine.deps, { userId: ada.id, by: owner })
    expect(await refusal(use(url))).toMatchObject({ code: 'not_found' })
    expect(await refusal(makeLink())).toMatchObject({ code: 'not_found' })
  })

  it('takes no password that others would guess, and can be used again then', async () => {
    const { url } = await makeLink()
    expect(await refusal(use(url, 'letmeinletmein'))).toMatchObject({ code: 'invalid_input' })
    await use(url)
  })

  it('is kept as a hash alone', async () => {
    const { url } = await makeLink()
    expect(JSON.stringify(await engine.db.passwordReset.findMany())).not.toContain(tokenOf(url))
  })
})

describe('a link by email', () => {
  it('goes to the member, and to nobody else', async () => {
    const place = '203.0.113.9'
    expect(await sendResetLink(engine.deps, { email: 'nobody@nexa.example', place })).toBe('nobody')
    expect(await sendResetLink(engine.deps, { email: ada.email, place })).toBe('sent')
    expect(engine.sink.received.map(({ to }) => to)).toEqual([ada.email])
    await use(linkIn(engine.sink.received[0]?.raw))
    expect((await signIn(NEW)).status).toBe(200)
  })

  it('is sent three times in a quarter of an hour, wherever it is asked from', async () => {
    const asked = []
    for (let i = 0; i < 5; i++)
      asked.push(await sendResetLink(engine.deps, { email: ada.email, place: `203.0.113.${i}` }))
    expect(asked).toEqual(['sent', 'sent', 'sent', 'often', 'often'])
  })

  it('is asked for twenty times by one place, whoever for', async () => {
    const asked = []
    for (let i = 0; i < 22; i++) {
      asked.push(await sendResetLink(engine.deps, { email: `n${i}@nexa.example`, place: '198.51.100.1' }))
    }
    expect(asked.filter((answer) => answer === 'often')).toHaveLength(2)
  })

  it('is asked for twenty times by one IPv6 network of 64 bits, whatever addresses it gives itself', async () => {
    const asked = []
    for (let i = 0; i < 22; i++) {
      const place = `2001:db8:1:2:${i.toString(16)}::${i}`
      asked.push(await sendResetLink(engine.deps, { email: `n${i}@nexa.example`, place }))
    }
    expect(asked.filter((answer) => answer === 'often')).toHaveLength(2)
    expect(await sendResetLink(engine.deps, { email: 'n30@nexa.example', place: '2001:db8:1:3::1' })).toBe('nobody')
  })

  it('is not made where no mailbox reaches others: everybody reads the sandbox inbox', async () => {
    engine.deps.config.sandbox = true
    expect(await sendResetLink(engine.deps, { email: ada.email, place: null })).toBe('not_sent')
    expect(await engine.db.passwordReset.count()).toBe(0)
    expect(engine.sink.received).toEqual([])
  })
})

describe('sessions', () => {
  it('are listed and ended by their own person alone', async () => {
    const [first, second] = [await addSession(engine, ada.id), await addSession(engine, ada.id)]
    const foreign = await addSession(engine, owner.id)
    const { sessions } = await getAccount(engine.deps, { userId: ada.id, sessionId: first })
    expect(sessions.map(({ id, isThis }) => [id, isThis]).sort()).toEqual(
      [
        [first, true],
        [second, false],
      ].sort(),
    )
    expect(await refusal(endSession(engine.deps, { id: foreign, userId: ada.id }))).toMatchObject({ code: 'not_found' })
    await endSession(engine.deps, { id: second, userId: ada.id })
    await addSession(engine, ada.id)
    expect(await endOtherSessions(engine.deps, { userId: ada.id, sessionId: first })).toEqual({ ended: 1 })
    expect((await engine.db.session.findMany()).map(({ id }) => id).sort()).toEqual([first, foreign].sort())
  })
})

it('a second factor that is gone is ended for its person, once', async () => {
  await engine.db.user.update({ where: { id: ada.id }, data: { twoFactorEnabled: true } })
  await engine.db.twoFactor.create({ data: { id: 't', secret: 's', backupCodes: 'b', userId: ada.id } })
  const now = new Date()
  expect(await endTwoFactor(engine.deps, { userId: ada.id, now })).toEqual({ name: 'Ada' })
  expect(await engine.db.twoFactor.count()).toBe(0)
  expect(await refusal(endTwoFactor(engine.deps, { userId: ada.id, now }))).toMatchObject({ code: 'not_found' })
})
