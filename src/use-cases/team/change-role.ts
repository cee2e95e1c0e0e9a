import { releaseConversationsOf } from '@/db/queries/inbox/hand-on'
import { changeRoleIf } from '@/db/queries/team/change-role'
import { revokeInvitationsOf } from '@/db/queries/team/end-invitation'
import { transaction } from '@/db/sql'
import type { Deps } from '@/deps'
import { giversOf, mayGive } from '@/domain/team/people'
import { isAtLeast, type Role } from '@/domain/team/roles'
import { notYours, refusedMove } from './refused-move'

export type ChangeRole = { userId: string; from: Role; to: Role; by: { id: string; role: Role } }

/**
 * Gives a member another role, from their next request on. Who may less than before loses the invitations they made, and who
 * may only look their conversations, which are nobody's then. The last
 * owner stays one, also when two owners demote each other at once.
 * @throws {DomainError} not_allowed, last_owner, conflict, not_found
 */
export async function changeRole(
  { sql, clock, log }: Pick<Deps, 'sql' | 'clock' | 'log'>,
  { userId, from, to, by }: ChangeRole,
): Promise<{ name: string; role: Role }> {
  if (!mayGive(by.role, from) || !mayGive(by.role, to)) throw notYours()
  const at = clock.realNow()
  const changed = await transaction(sql, async (tx) => {
    const moved = await changeRoleIf(tx, { userId, from, to, by: by.id, givers: giversOf(from, to), at })
    if (moved && !isAtLeast(to, from)) await revokeInvitationsOf(tx, { userId, at })
    if (moved && !isAtLeast(to, 'member')) await releaseConversationsOf(tx, { userId, at: clock.now() })
    return moved
  })
  if (!changed) throw await refusedMove(sql, { userId, from, to, by: by.id })
  log.info({ user: userId, from, to, by: by.id }, 'role changed')
  return { name: changed.name, role: to }
}
