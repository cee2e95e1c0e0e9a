import { endTwoFactorIf } from '@/db/queries/team/two-factor'
import { type SqlPool, transaction } from '@/db/sql'
import { DomainError } from '@/domain/errors'

/**
 * Ends the second factor of a member who has lost it; the password alone signs them in then. `now`: real time.
 * @throws {DomainError} not_found
 */
export async function endTwoFactor(
  { sql }: { sql: SqlPool },
  { userId, now }: { userId: string; now: Date },
): Promise<{ name: string }> {
  const ended = await transaction(sql, (tx) => endTwoFactorIf(tx, { userId, at: now }))
  if (!ended) throw new DomainError('not_found', 'This person has no second factor. Nothing was changed.')
  return ended
}
