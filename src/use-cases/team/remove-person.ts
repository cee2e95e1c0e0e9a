import { releaseConversationsOf } from '@/db/queries/inbox/hand-on'
import { revokeInvitationsOf } from '@/db/queries/team/end-invitation'
import { deleteSessionsOf, deleteWaysIn, removePersonIf } from '@/db/queries/team/remove-person'
import { selectPerson } from '@/db/queries/team/select-people'
import { transaction } from '@/db/sql'
import type { Deps } from '@/deps'
import { DomainError } from '@/domain/errors'
import { giversOf, mayGive } from '@/domain/team/people'
import type { Role } from '@/domain/team/roles'
import { notYours, refusedMove } from './refused-move'

export type RemovePerson = { userId: string; by: { id: string; role: Role } }

/**
 * Ends a membership: sessions, password, second factor, links for a new password and invitations of the person are gone once this
 * has committed, and no sign-in that is under way gives another session. Whoever is invited again begins anew. What they made and
 * did stays, with their name; their conversations are nobody's, and all see them. The last owner stays.
 * @throws {DomainError} not_allowed, last_owner, conflict, not_found
 */
export async function removePerson(
  { sql, clock, log }: Pick<Deps, 'sql' | 'clock' | 'log'>,
  { userId, by }: RemovePerson,
): Promise<{ name: string; sessions: number }> {
  const person = await selectPerson(sql, userId)
  if (!person) throw new DomainError('not_found', 'This person is no member any more. Nothing was changed.')
  const { role } = person
  if (!mayGive(by.role, role)) throw notYours()
  const at = clock.realNow()
  const sessions = await transaction(sql, async (tx) => {
    const removed = await removePersonIf(tx, { userId, role, by: by.id, givers: giversOf(role), at })
    if (!removed) return null
    await revokeInvitationsOf(tx, { userId, at })
    await releaseConversationsOf(tx, { userId, at: clock.now() })
    await deleteWaysIn(tx, userId)
    return deleteSessionsOf(tx, userId)
  })
  if (sessions === null) throw await refusedMove(sql, { userId, from: role, to: null, by: by.id })
  log.info({ user: userId, role, sessions, by: by.id }, 'member removed')
  return { name: person.name, sessions }
}
