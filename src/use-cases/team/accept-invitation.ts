import { randomUUID } from 'node:crypto'
import { acceptInvitationIf, putMemberIf, putPassword, selectOpenInvitation } from '@/db/queries/team/accept-invitation'
import { transaction } from '@/db/sql'
import type { Deps } from '@/deps'
import { DomainError } from '@/domain/errors'
import { giversOf } from '@/domain/team/people'
import type { Role } from '@/domain/team/roles'
import { hashOfToken } from '@/lib/link-token'
import { hashPassword } from '@/lib/password'
import { refuseCommonPassword } from './refuse-common-password'

export type AcceptInvitation = { token: string; name: string; password: string }

/**
 * Makes the account of an invited person: the invitation is used up, person and password are written, all or nothing.
 * @throws {DomainError} not_found, duplicate, invalid_input
 */
export async function acceptInvitation(
  { sql, clock, log }: Pick<Deps, 'sql' | 'clock' | 'log'>,
  { token, name, password }: AcceptInvitation,
): Promise<{ userId: string; email: string; role: Role }> {
  const at = clock.realNow()
  const tokenHash = hashOfToken(token)
  // Before the hash, which costs a tenth of a second: a link of nobody gets none.
  const invitation = await selectOpenInvitation(sql, { tokenHash, at })
  if (!invitation) throw ended()
  refuseCommonPassword(password, [name, invitation.email])
  const hash = await hashPassword(password)
  const made = await transaction(sql, async (tx) => {
    const accepted = await acceptInvitationIf(tx, {
      tokenHash,
      role: invitation.role,
      givers: giversOf(invitation.role),
      at,
    })
    if (!accepted) throw ended()
    const { email, role } = accepted
    const member = await putMemberIf(tx, { id: randomUUID(), name, email, role, at })
    if (!member) {
      throw new DomainError('duplicate', `${email} has an account already. Nothing was changed. Sign in with it.`)
    }
    await putPassword(tx, { id: randomUUID(), userId: member.id, hash, at })
    return { userId: member.id, email, role }
  })
  log.info({ user: made.userId, role: made.role }, 'invitation accepted')
  return made
}

const ended = () =>
  new DomainError(
    'not_found',
    'This invitation was used, was taken back or has expired. No account was made. Ask for another one.',
    { field: 'token' },
  )
