import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import type { Deps } from '@/deps'
import { ROLES, type Role } from '@/domain/team/roles'
import { acceptInvitation } from '@/use-cases/team/accept-invitation'
import { changeRole } from '@/use-cases/team/change-role'
import { createInvitation } from '@/use-cases/team/create-invitation'
import { endInvitation } from '@/use-cases/team/end-invitation'
import { getInvitation } from '@/use-cases/team/get-invitation'
import { listPeople } from '@/use-cases/team/list-people'
import { removePerson } from '@/use-cases/team/remove-person'
import { createEngine, type Engine } from '../../support/engine'
import { refusal } from '../../support/refusal'
import { addMember, type Member, tokenOf } from '../../support/team/members'

const WORDS = { name: 'Ada Winter', password: 'four calm words here' }
const DAY_MS = 86_400_000

let engine: Engine
let owner: Member
beforeAll(async () => {
  engine = await createEngine()
})
afterAll(() => engine.close())
beforeEach(async () => {
  await engine.db.invitation.deleteMany()
  await engine.db.user.deleteMany()
  await engine.db.mailbox.updateMany({ data: { testedAt: null } })
  engine.deps.config.sandbox = true
  engine.sink.received.length = 0
  owner = await addMember(engine, 'owner', 'Olive')
})

const invite = (email = 'ada@nexa.example', role: Role = 'member', by: Member = owner) =>
  createInvitation(engine.deps, { email, role, by })
const accept = (url: string, deps: Deps = engine.deps) => acceptInvitation(deps, { token: tokenOf(url), ...WORDS })
const after = (days: number): Deps => ({
  ...engine.deps,
  clock: { ...engine.clock, realNow: () => new Date(Date.now() + days * DAY_MS) },
})

it('makes one account, once, with the role it was made for', async () => {
  const { url } = await invite('ada@nexa.example', 'viewer')
  const { userId } = await accept(url)
  expect(await engine.db.user.findUniqueOrThrow({ where: { id: userId } })).toMatchObject({
    name: 'Ada Winter',
    email: 'ada@nexa.example',
    role: 'viewer',
    removedAt: null,
  })
  expect(await refusal(accept(url))).toMatchObject({ code: 'not_found' })
  expect(await engine.db.user.count()).toBe(2)
})

it('makes one account where the link is used ten times at once', async () => {
  const { url } = await invite()
  const results = await Promise.allSettled(Array.from({ length: 10 }, () => accept(url)))
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  expect(await engine.db.user.count({ where: { email: 'ada@nexa.example' } })).toBe(1)
  expect(await engine.db.account.count()).toBe(2)
})

it('works for seven days, to the second', async () => {
  const { url, expiresAt } = await invite()
  const at = (ms: number): Deps => ({
    ...engine.deps,
    clock: { ...engine.clock, realNow: () => new Date(expiresAt.getTime() + ms) },
  })
  expect(expiresAt.getTime() - Date.now()).toBeGreaterThan(7 * DAY_MS - 60_000)
  expect(await getInvitation(at(0), { token: tokenOf(url) })).toBeNull()
  expect(await refusal(accept(url, at(0)))).toMatchObject({ code: 'not_found' })
  expect((await getInvitation(at(-1_000), { token: tokenOf(url) }))?.email).toBe('ada@nexa.example')
  expect((await accept(url, at(-1_000))).email).toBe('ada@nexa.example')
})

it('is worth nothing once it was taken back, and cannot be taken back twice', async () => {
  const { id, url } = await invite()
  await endInvitation(engine.deps, { id, by: owner })
  expect(await getInvitation(engine.deps, { token: tokenOf(url) })).toBeNull()
  expect(await refusal(accept(url))).toMatchObject({ code: 'not_found' })
  expect(await refusal(endInvitation(engine.deps, { id, by: owner }))).toMatchObject({ code: 'not_found' })
})

it('is replaced by the next one to the same address, however long ago it was made', async () => {
  const first = await invite('ada@nexa.example', 'member')
  const second = await createInvitation(after(30), { email: 'ada@nexa.example', role: 'viewer', by: owner })
  expect(await refusal(accept(first.url))).toMatchObject({ code: 'not_found' })
  expect(await engine.db.invitation.count()).toBe(1)
  expect((await accept(second.url, after(31))).role).toBe('viewer')
})

it('keeps the hash of its secret alone', async () => {
  const { url } = await invite()
  expect(JSON.stringify(await engine.db.invitation.findMany())).not.toContain(tokenOf(url))
})

it('is not made for the address of a member, in whatever letters it was kept', async () => {
  await engine.db.user.update({ where: { id: owner.id }, data: { email: 'Olive@Nexa.example' } })
  expect(await refusal(invite('olive@nexa.example'))).toMatchObject({ code: 'duplicate' })
})

it('gives nobody a role above the own one', async () => {
  const admin = await addMember(engine, 'admin')
  const granted = await Promise.all(
    ROLES.map((role) =>
      invite(`${role}@nexa.example`, role, admin).then(
        () => role,
        () => null,
      ),
    ),
  )
  expect(granted).toEqual([null, 'admin', 'member', 'viewer'])
  for (const role of ['member', 'viewer'] as const) {
    const low = await addMember(engine, role)
    expect(await refusal(invite('x@nexa.example', 'viewer', low))).toMatchObject({ code: 'not_allowed' })
  }
})

it('to be an owner is neither taken back nor replaced by an admin, who can do both with any other', async () => {
  const admin = await addMember(engine, 'admin')
  const { id, url } = await invite('ada@nexa.example', 'owner')
  const ended = await refusal(endInvitation(engine.deps, { id, by: admin }))
  expect(ended).toMatchObject({ code: 'not_allowed' })
  const replaced = await refusal(invite('ada@nexa.example', 'viewer', admin))
  expect(replaced).toMatchObject({ code: 'not_allowed', message: expect.stringContaining('only an owner can change') })
  expect(await getInvitation(engine.deps, { token: tokenOf(url) })).toMatchObject({ role: 'owner' })
  const other = await invite('ben@nexa.example', 'admin')
  expect((await invite('ben@nexa.example', 'viewer', admin)).id).toBe(other.id)
  await endInvitation(engine.deps, { id: other.id, by: admin })
  expect((await listPeople(engine.deps, { by: owner })).invitations.map(({ role }) => role)).toEqual(['owner'])
})

it('to be an owner is left by somebody who was one when they asked, and is one no longer', async () => {
  const { id, url } = await invite('ada@nexa.example', 'owner')
  const former = await addMember(engine, 'owner')
  await changeRole(engine.deps, { userId: former.id, from: 'owner', to: 'admin', by: owner })
  expect(await refusal(endInvitation(engine.deps, { id, by: former }))).toMatchObject({ code: 'not_allowed' })
  expect(await refusal(invite('ada@nexa.example', 'viewer', former))).toMatchObject({ code: 'not_allowed' })
  expect((await accept(url)).role).toBe('owner')
})

it('is not made by somebody who was demoted or removed while they asked', async () => {
  const admin = await addMember(engine, 'admin')
  await changeRole(engine.deps, { userId: admin.id, from: 'admin', to: 'viewer', by: owner })
  expect(await refusal(invite('x@nexa.example', 'viewer', admin))).toMatchObject({ code: 'not_allowed' })
  await removePerson(engine.deps, { userId: admin.id, by: owner })
  expect(await refusal(invite('x@nexa.example', 'viewer', admin))).toMatchObject({ code: 'not_allowed' })
  expect(await engine.db.invitation.count()).toBe(0)
})

it.each(['demoted', 'removed'])('ends when whoever made it is %s', async (how) => {
  const admin = await addMember(engine, 'admin')
  const { url } = await invite('sly@elsewhere.example', 'admin', admin)
  if (how === 'removed') await removePerson(engine.deps, { userId: admin.id, by: owner })
  else await changeRole(engine.deps, { userId: admin.id, from: 'admin', to: 'member', by: owner })
  expect(await refusal(accept(url))).toMatchObject({ code: 'not_found' })
})

it('brings back who was a member before, under the same id', async () => {
  const ada = await addMember(engine, 'member', 'Ada')
  await removePerson(engine.deps, { userId: ada.id, by: owner })
  const { url } = await invite(ada.email, 'viewer')
  expect(await accept(url)).toMatchObject({ userId: ada.id, role: 'viewer' })
  expect(await engine.db.account.count({ where: { userId: ada.id } })).toBe(1)
})

it.each(['password1234', 'qwertyuiop12', 'Ada Winter 1', 'aaaaaaaaaaaa', 'ada@nexa.example'])(
  'takes no password that others would guess: %s',
  async (password) => {
    const { url } = await invite()
    const token = tokenOf(url)
    expect(await refusal(acceptInvitation(engine.deps, { token, name: 'Ada Winter', password }))).toMatchObject({
      code: 'invalid_input',
    })
    expect((await getInvitation(engine.deps, { token }))?.role, 'still open').toBe('member')
  },
)

it('shows open and expired ones to those who may invite, and to nobody else', async () => {
  await invite('ada@nexa.example')
  const { invitations } = await listPeople(after(8), { by: owner })
  expect(invitations).toMatchObject([{ email: 'ada@nexa.example', invitedBy: 'Olive', expired: true }])
  expect((await listPeople(engine.deps, { by: owner })).invitations[0]?.expired).toBe(false)
  const member = await addMember(engine, 'member')
  expect((await listPeople(engine.deps, { by: member })).invitations).toEqual([])
})

it('is sent by the first mailbox that works and reaches others', async () => {
  await engine.db.mailbox.updateMany({ data: { testedAt: new Date() } })
  engine.deps.config.sandbox = false
  const { url, emailed } = await invite()
  const mailbox = await engine.db.mailbox.findFirstOrThrow()
  expect(emailed).toEqual({ sent: true, from: mailbox.fromEmail })
  const [email] = engine.sink.received
  expect(email).toMatchObject({ to: 'ada@nexa.example', subject: 'You are invited to LeadNexConnect' })
  expect(email?.raw.replaceAll('=\r\n', '').replaceAll('=3D', '=')).toContain(url)
  expect(email?.raw).toContain('Auto-Submitted: auto-generated')
  expect(email?.raw).not.toContain('List-Unsubscribe')
})

it('is never sent to the sandbox inbox, where everybody reads it', async () => {
  await engine.db.mailbox.updateMany({ data: { testedAt: new Date() } })
  const { emailed } = await invite()
  expect(emailed).toMatchObject({ sent: false })
  expect(engine.sink.received).toEqual([])
})

it('stands although its email was refused, and says so', async () => {
  await engine.db.mailbox.updateMany({ data: { testedAt: new Date() } })
  engine.deps.config.sandbox = false
  engine.sink.behave = () => ({ at: 'rcpt', code: 550, message: '5.1.1 No such user' })
  const { url, emailed } = await invite()
  engine.sink.behave = () => undefined
  expect(emailed).toMatchObject({ sent: false, why: expect.stringContaining('did not accept it') })
  expect((await accept(url)).email).toBe('ada@nexa.example')
})

it('is not emailed to an address on the suppression list', async () => {
  await engine.db.mailbox.updateMany({ data: { testedAt: new Date() } })
  engine.deps.config.sandbox = false
  await engine.db.suppression.create({
    data: { kind: 'address', value: 'no@nexa.example', reason: 'manual', source: 'manual' },
  })
  expect((await invite('no@nexa.example')).emailed).toMatchObject({ sent: false })
  expect(engine.sink.received).toEqual([])
})
