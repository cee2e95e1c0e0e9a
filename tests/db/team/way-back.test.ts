import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { changeRoleIf } from '@/db/queries/team/change-role'
import { revokeInvitationsOf } from '@/db/queries/team/end-invitation'
import { removePersonIf } from '@/db/queries/team/remove-person'
import type { Tx } from '@/db/sql'
import { giversOf } from '@/domain/team/people'
import { acceptInvitation } from '@/use-cases/team/accept-invitation'
import { createInvitation } from '@/use-cases/team/create-invitation'
import { createEngine, type Engine } from '../../support/engine'
import { refusal } from '../../support/refusal'
import { addMember, type Member, tokenOf } from '../../support/team/members'
import { waitsFor } from '../../support/until-blocked'

const WORDS = { name: 'Sly Back', password: 'four calm words here' }
const EMAIL = 'sly@elsewhere.example'

let engine: Engine
let owner: Member
let admin: Member
beforeAll(async () => {
  engine = await createEngine()
})
afterAll(() => engine.close())
beforeEach(async () => {
  await engine.db.invitation.deleteMany()
  await engine.db.user.deleteMany()
  owner = await addMember(engine, 'owner', 'Olive')
  admin = await addMember(engine, 'admin', 'Axel')
})

const invite = () => createInvitation(engine.deps, { email: EMAIL, role: 'admin', by: admin })
const accept = (url: string) => acceptInvitation(engine.deps, { token: tokenOf(url), ...WORDS })

/** What takes the admin's rights, as far as it has come before it commits. */
const TAKINGS = {
  removal: async (tx: Tx) => {
    const at = new Date()
    const givers = giversOf('admin')
    expect(await removePersonIf(tx, { userId: admin.id, role: 'admin', by: owner.id, givers, at })).not.toBeNull()
    await revokeInvitationsOf(tx, { userId: admin.id, at })
  },
  demotion: async (tx: Tx) => {
    const at = new Date()
    const move = { userId: admin.id, from: 'admin', to: 'viewer', by: owner.id } as const
    expect(await changeRoleIf(tx, { ...move, givers: giversOf('admin', 'viewer'), at })).not.toBeNull()
    await revokeInvitationsOf(tx, { userId: admin.id, at })
  },
}

describe.each(['removal', 'demotion'] as const)('the %s of an admin', (taking) => {
  it('that has not committed yet is waited for by an invitation to an address that they have invited before', async () => {
    await invite()
    let refused: unknown
    await waitsFor(engine.deps.sql, TAKINGS[taking], async () => {
      refused = await invite().then(
        () => 'invited',
        (error: unknown) => error,
      )
    })
    expect(refused).toMatchObject({ code: 'not_allowed' })
    expect(await engine.db.invitation.count({ where: { revokedAt: null } })).toBe(0)
  })

  it('is waited for by whoever accepts their invitation, which lets nobody in then', async () => {
    const { url } = await invite()
    let refused: unknown
    await waitsFor(engine.deps.sql, TAKINGS[taking], async () => {
      refused = await refusal(accept(url))
    })
    expect(refused).toMatchObject({ code: 'not_found' })
    expect(await engine.db.user.count({ where: { email: EMAIL } })).toBe(0)
  })
})

it.each([
  ['is no member any more', { removedAt: new Date() }],
  ['may not give its role any more', { role: 'member' }],
])('an open invitation is worth nothing once whoever made it %s', async (_, data) => {
  const { url } = await invite()
  await engine.db.user.update({ where: { id: admin.id }, data })
  expect(
    await accept(url).then(
      () => 'let in',
      (error: unknown) => error,
    ),
  ).toMatchObject({ code: 'not_found' })
  expect(await engine.db.user.count({ where: { email: EMAIL } })).toBe(0)
})
