import { revokeInvitationIf } from '@/db/queries/team/end-invitation'
import type { Deps } from '@/deps'
import { DomainError } from '@/domain/errors'

/** Takes an invitation back: its link is worth nothing from then on. @throws {DomainError} not_found */
export async function endInvitation(
  { sql, clock, log }: Pick<Deps, 'sql' | 'clock' | 'log'>,
  { id, by }: { id: string; by: string },
): Promise<{ email: string }> {
  const ended = await revokeInvitationIf(sql, { id, at: clock.realNow() })
  if (!ended) {
    throw new DomainError('not_found', 'This invitation was accepted or taken back already. Nothing was changed.')
  }
  log.info({ invitation: id, by }, 'invitation taken back')
  return ended
}
