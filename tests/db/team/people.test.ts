import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { changeRoleIf } from '@/db/queries/team/change-role'
import { removePersonIf } from '@/db/queries/team/remove-person'
import { execute, transaction } from '@/db/sql'
import { giversOf } from '@/domain/team/people'
import type { Role } from '@/domain/team/roles'
import { changeRole } from '@/use-cases/team/change-role'
import { listPeople } from '@/use-cases/team/list-people'
import { removePerson } from '@/use-cases/team/remove-person'
import { createEngine, createOutreach, type Engine } from '../../support/engine'
import { refusal } from '../../support/refusal'
import { addMember, addSession, type Member, removalOf } from '../../support/team/members'
import { waitsFor } from '../../support/until-blocked'

let engine: Engine
let owner: Member
beforeAll(async () => {
  engine = await createEngine()
})
afterAll(() => engine.close())
beforeEach(async () => {
  await engine.db.user.deleteMany()
  owner = await addMember(engine, 'owner', 'Olive')
})

const move = (person: Member, to: Role, by: Member) =>
  changeRole(engine.deps, { userId: person.id, from: person.role, to, by })
const remove = (person: Member, by: Member) => removePerson(engine.deps, { userId: person.id, by })
const ownersLeft = () => engine.db.user.count({ where: { role: 'owner', removedAt: null } })
const roleOf = async ({ id }: Member) => (await engine.db.user.findUniqueOrThrow({ where: { id } })).role

describe('a role', () => {
  it('is given by owners to everybody, by admins up to their own', async () => {
    const admin = await addMember(engine, 'admin')
    const ada = await addMember(engine, 'member', 'Ada')
    await move(ada, 'admin', admin)
    expect(await roleOf(ada)).toBe('admin')
    expect(await refusal(move({ ...ada, role: 'admin' }, 'owner', admin))).toMatchObject({ code: 'not_allowed' })
    expect(await refusal(move(owner, 'member', admin))).toMatchObject({ code: 'not_allowed' })
    await move({ ...ada, role: 'admin' }, 'owner', owner)
    expect([await roleOf(ada), await roleOf(owner)]).toEqual(['owner', 'owner'])
  })

  it('is not changed twice by two people who looked at the same page', async () => {
    const ada = await addMember(engine, 'member', 'Ada')
    await move(ada, 'viewer', owner)
    expect(await refusal(move(ada, 'admin', owner))).toMatchObject({ code: 'conflict' })
    expect(await roleOf(ada)).toBe('viewer')
  })

  it('is not changed by somebody whose own was taken away meanwhile, whatever their page thought', async () => {
    const admin = await addMember(engine, 'admin')
    const ada = await addMember(engine, 'member', 'Ada')
    await move(admin, 'viewer', owner)
    expect(await refusal(move(ada, 'admin', admin))).toMatchObject({ code: 'not_allowed' })
    expect(await refusal(remove(ada, admin))).toMatchObject({ code: 'not_allowed' })
    expect(await roleOf(ada)).toBe('member')
  })
})

describe('the last owner', () => {
  it('is neither demoted nor removed, not even by themselves', async () => {
    for (const to of ['admin', 'member', 'viewer'] as const) {
      const refused = await refusal(move(owner, to, owner))
      expect(refused).toMatchObject({ code: 'last_owner' })
      expect(refused.message).toContain('Make another person an owner first.')
    }
    expect(await refusal(remove(owner, owner))).toMatchObject({ code: 'last_owner' })
    expect(await ownersLeft()).toBe(1)
  })

  it('is one who is still a member: an owner who was removed does not count', async () => {
    const second = await addMember(engine, 'owner')
    await remove(second, owner)
    expect(await refusal(remove(owner, owner))).toMatchObject({ code: 'last_owner' })
  })

  it('is left by four owners who demote and remove each other at the same moment, 25 times', async () => {
    for (let round = 0; round < 25; round++) {
      await engine.db.user.deleteMany()
      const owners = await Promise.all(
        ['A', 'B', 'C', 'D'].map((name) => addMember(engine, 'owner', `${name}${round}`)),
      )
      const acts = owners.map((person, i) => {
        const next = owners[(i + 1) % owners.length] ?? person
        return i % 2 === 0 ? move(next, 'member', person) : remove(next, person)
      })
      const results = await Promise.allSettled(acts)
      expect(await ownersLeft()).toBeGreaterThanOrEqual(1)
      // Whoever was refused was refused in words.
      for (const result of results) {
        if (result.status === 'rejected') expect(result.reason).toHaveProperty('name', 'DomainError')
      }
    }
  })

  it('is left by two who demote themselves: the second waits for the first, and is refused', async () => {
    const second = await addMember(engine, 'owner', 'Second')
    const demote = (person: Member) => ({
      userId: person.id,
      from: 'owner' as const,
      to: 'member' as const,
      by: person.id,
      givers: giversOf('owner', 'member'),
      at: new Date(),
    })
    let refused: unknown
    await waitsFor(
      engine.deps.sql,
      (tx) => changeRoleIf(tx, demote(owner)),
      async () => {
        refused = await refusal(move(second, 'member', second))
      },
    )
    expect(refused).toMatchObject({ code: 'last_owner' })
    expect([await roleOf(owner), await roleOf(second)]).toEqual(['member', 'owner'])
  })

  it('is left by two who remove themselves: the second waits for the first, and is refused', async () => {
    const second = await addMember(engine, 'owner', 'Second')
    const removal = removalOf(owner, owner)
    let refused: unknown
    await waitsFor(
      engine.deps.sql,
      (tx) => removePersonIf(tx, removal),
      async () => {
        refused = await refusal(remove(second, second))
      },
    )
    expect(refused).toMatchObject({ code: 'last_owner' })
    expect(await ownersLeft()).toBe(1)
  })
})

describe('a member who is removed', () => {
  it('has no session and no way in any more, and is on no list', async () => {
    const ada = await addMember(engine, 'member', 'Ada')
    await addSession(engine, ada.id)
    await addSession(engine, ada.id)
    const kept = await addSession(engine, owner.id)
    expect(await remove(ada, owner)).toEqual({ name: 'Ada', sessions: 2 })
    expect((await engine.db.session.findMany()).map(({ id }) => id)).toEqual([kept])
    expect(await engine.db.account.count({ where: { userId: ada.id } })).toBe(0)
    expect((await listPeople(engine.deps, { by: owner })).people.map(({ name }) => name)).toEqual(['Olive'])
    expect(await refusal(remove(ada, owner))).toMatchObject({ code: 'not_found' })
  })

  it('gets no session from a sign-in that was under way', async () => {
    const ada = await addMember(engine, 'member', 'Ada')
    const removal = removalOf(ada, owner)
    let refused: unknown
    await waitsFor(
      engine.deps.sql,
      (tx) => removePersonIf(tx, removal),
      async () => {
        refused = await addSession(engine, ada.id).catch((error: unknown) => String(error))
      },
    )
    expect(refused).toContain('No member any more')
    expect(await engine.db.session.count({ where: { userId: ada.id } })).toBe(0)
  })

  it('loses the session that a sign-in committed while the removal waited for it', async () => {
    const ada = await addMember(engine, 'member', 'Ada')
    const id = randomUUID()
    await waitsFor(
      engine.deps.sql,
      (tx) => execute(tx)`
      INSERT INTO sessions (id, token, user_id, expires_at, created_at, updated_at)
      VALUES (${id}, ${id}, ${ada.id}, now() + interval '1 day', now(), now())`,
      () => remove(ada, owner),
    )
    expect(await engine.db.session.count({ where: { userId: ada.id } })).toBe(0)
  })

  it('leaves what they made as it is, under their name', async () => {
    const ada = await addMember(engine, 'member', 'Ada')
    const { id } = await createOutreach(engine, { leads: 2 })
    await engine.db.campaign.update({ where: { id }, data: { createdBy: ada.id } })
    await remove(ada, owner)
    expect(await engine.db.campaign.findUniqueOrThrow({ where: { id } })).toMatchObject({ createdBy: ada.id })
    expect(await engine.db.user.findUniqueOrThrow({ where: { id: ada.id } })).toMatchObject({
      name: 'Ada',
      role: 'member',
    })
  })
})

it('a transaction that fails takes nobody out', async () => {
  const ada = await addMember(engine, 'member', 'Ada')
  const removal = removalOf(ada, owner)
  await transaction(engine.deps.sql, async (tx) => {
    await removePersonIf(tx, removal)
    throw new Error('broken off')
  }).catch(() => undefined)
  expect(await engine.db.user.findUniqueOrThrow({ where: { id: ada.id } })).toMatchObject({ removedAt: null })
})
