import { countOwners, selectPerson } from '@/db/queries/team/select-people'
import type { Sql } from '@/db/sql'
import { DomainError } from '@/domain/errors'
import { mayGive } from '@/domain/team/people'
import { ROLE_NAMES, type Role } from '@/domain/team/roles'

/** Why a role or a membership was not changed, found out after the fact: the statement alone decides. */
export async function refusedMove(
  sql: Sql,
  { userId, from, to, by }: { userId: string; from: Role; to: Role | null; by: string },
): Promise<DomainError> {
  const [person, self, owners] = await Promise.all([selectPerson(sql, userId), selectPerson(sql, by), countOwners(sql)])
  if (!person) return new DomainError('not_found', 'This person is no member any more. Nothing was changed.')
  if (person.role !== from) {
    return new DomainError(
      'conflict',
      `${person.name} is ${ROLE_NAMES[person.role]} by now. Nothing was changed. Look again.`,
    )
  }
  if (!self || !mayGive(self.role, from) || (to && !mayGive(self.role, to))) return notYours()
  if (from === 'owner' && owners <= 1) {
    const fix = 'Make another person an owner first.'
    return new DomainError(
      'last_owner',
      `${person.name} is the last owner: somebody must own this installation. Nothing was changed. ${fix}`,
    )
  }
  return new DomainError('conflict', 'Somebody changed this at the same moment. Nothing was changed. Look again.')
}

/** Nobody gives or takes a role above their own. */
export const notYours = () =>
  new DomainError('not_allowed', 'Only an owner can make somebody an owner, or change one. Nothing was changed.')
