import { randomUUID } from 'node:crypto'
import { giversOf } from '@/domain/team/people'
import type { Role } from '@/domain/team/roles'
import { hashPassword } from '@/lib/password'
import type { Engine } from '../engine'

export type Member = { id: string; name: string; email: string; role: Role }

let made = 0
let hash: Promise<string> | undefined
/** Made once for all of them: it is slow on purpose, and nothing depends on whose salt it has. */
const hashOfPassword = () => {
  hash ??= hashPassword('a few words do well')
  return hash
}

/** A member with a password, without an invitation. */
export async function addMember({ db }: Engine, role: Role, name = `${role} ${++made}`): Promise<Member> {
  const email = `${name.toLowerCase().replaceAll(' ', '.')}@nexa.example`
  const id = randomUUID()
  const password = await hashOfPassword()
  await db.user.create({
    data: { id, name, email, role, accounts: { create: { id, accountId: id, providerId: 'credential', password } } },
  })
  return { id, name, email, role }
}

/** A session of theirs, as a sign-in leaves one. */
export async function addSession({ db }: Engine, userId: string): Promise<string> {
  const id = randomUUID()
  await db.session.create({ data: { id, token: id, userId, expiresAt: new Date(Date.now() + 86_400_000) } })
  return id
}

/** The secret that the address of a link carries. */
export const tokenOf = (url: string) => url.slice(url.lastIndexOf('/') + 1)

/** The removal of somebody by an owner, as its statement takes it. */
export const removalOf = ({ id: userId, role }: Member, by: Member) => ({
  userId,
  role,
  by: by.id,
  givers: giversOf(role),
  at: new Date(),
})
