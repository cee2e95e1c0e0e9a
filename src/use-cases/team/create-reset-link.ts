import { putPasswordReset } from '@/db/queries/team/password-resets'
import { type SqlPool, transaction } from '@/db/sql'
import { DomainError } from '@/domain/errors'
import { hashOfToken, newLinkToken } from '@/lib/link-token'

const HOUR_MS = 3_600_000
/** How long a link that a person hands over can be used. */
export const HANDED_HOURS = 24

export type ResetLink = { url: string; name: string; email: string; expiresAt: Date }

/**
 * Makes a link with which somebody chooses a new password, once; former links of theirs are worth nothing then, but that one by
 * email, which lasts for less, replaces none that was handed over. Nothing else changes before it is used. Its hash alone is kept.
 * `now`: real time.
 * @throws {DomainError} not_found
 */
export async function createResetLink(
  { sql, appUrl }: { sql: SqlPool; appUrl: string },
  { userId, now, hours = HANDED_HOURS }: { userId: string; now: Date; hours?: number },
): Promise<ResetLink> {
  const token = newLinkToken()
  const expiresAt = new Date(now.getTime() + hours * HOUR_MS)
  const put = await transaction(sql, (tx) =>
    putPasswordReset(tx, { userId, tokenHash: hashOfToken(token), at: now, expiresAt }),
  )
  if (!put) throw new DomainError('not_found', 'This person is no member any more. No link was made.')
  return { url: new URL(`/reset/${token}`, appUrl).href, ...put, expiresAt }
}
