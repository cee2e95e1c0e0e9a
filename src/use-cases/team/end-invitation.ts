import { revokeInvitationIf, selectInvitation } from '@/db/queries/team/end-invitation'
import type { Deps } from '@/deps'
import { DomainError } from '@/domain/errors'
import { peersOf, rolesToGive } from '@/domain/team/people'
import type { Role } from '@/domain/team/roles'

/**
 * Takes an invitation back: its link is worth nothing from then on. One to a role above the own is left to those who may give it.
 * @throws {DomainError} not_found, not_allowed
 */
export async function endInvitation(
  { sql, clock, log }: Pick<Deps, 'sql' | 'clock' | 'log'>,
  { id, by }: { id: string; by: { id: string; role: Role } },
): Promise<{ email: string }> {
  const given = rolesToGive(by.role)
  const ended = await revokeInvitationIf(sql, { id, by: by.id, givers: peersOf(by.role), given, at: clock.realNow() })
  if (!ended) {
    if (await selectInvitation(sql, id)) {
      throw new DomainError('not_allowed', 'Your role does not let you take this invitation back. Nothing was changed.')
    }
    throw new DomainError('not_found', 'This invitation was accepted or taken back already. Nothing was changed.')
  }
  log.info({ invitation: id, by: by.id }, 'invitation taken back')
  return ended
}
