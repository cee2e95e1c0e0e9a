import { selectInvitations, selectPeople, selectPeopleBearing } from '@/db/queries/team/select-people'
import type { Deps } from '@/deps'
import { isAtLeast, type Role } from '@/domain/team/roles'

/** Everybody who is a member and, for those who may invite, the invitations that nobody has accepted yet. */
export async function listPeople({ sql, clock }: Deps, { by }: { by: { id: string; role: Role } }) {
  const [people, invitations] = await Promise.all([
    selectPeople(sql),
    isAtLeast(by.role, 'admin') ? selectInvitations(sql) : [],
  ])
  const now = clock.realNow()
  return {
    people: people.map((person) => ({ ...person, isYou: person.id === by.id })),
    invitations: invitations.map((invitation) => ({ ...invitation, expired: invitation.expiresAt <= now })),
  }
}

/** Members who bear the words in their name or address, so many at the most. */
export const listPeopleBearing = (
  { sql }: Pick<Deps, 'sql'>,
  { search, pageSize }: { search: string; pageSize: number },
) => selectPeopleBearing(sql, { search, limit: pageSize })
