import { replacePassword, selectPasswordReset, takePasswordReset } from '@/db/queries/team/password-resets'
import { deleteSessionsOf } from '@/db/queries/team/remove-person'
import { transaction } from '@/db/sql'
import type { Deps } from '@/deps'
import { DomainError } from '@/domain/errors'
import { hashOfToken } from '@/lib/link-token'
import { hashPassword } from '@/lib/password'
import { refuseCommonPassword } from './refuse-common-password'

/**
 * Sets the password that somebody chose with a link: the link is used up, and all sessions of the person end, all or nothing. A
 * second factor stays and is asked for at the next sign-in.
 * @throws {DomainError} not_found, invalid_input
 */
export async function resetPassword(
  { sql, clock, log }: Pick<Deps, 'sql' | 'clock' | 'log'>,
  { token, password }: { token: string; password: string },
): Promise<{ userId: string; name: string; email: string }> {
  const at = clock.realNow()
  const tokenHash = hashOfToken(token)
  const owned = await selectPasswordReset(sql, { tokenHash, at })
  if (!owned) throw ended()
  refuseCommonPassword(password, [owned.name, owned.email])
  const hash = await hashPassword(password)
  await transaction(sql, async (tx) => {
    const taken = await takePasswordReset(tx, { tokenHash, at })
    if (!taken) throw ended()
    await replacePassword(tx, { userId: taken.userId, hash, at })
    await deleteSessionsOf(tx, taken.userId)
  })
  log.info({ user: owned.userId }, 'password set by a link')
  return owned
}

const ended = () =>
  new DomainError(
    'not_found',
    'This link was used or has expired. The password stays as it was. Ask for another link.',
    { field: 'token' },
  )
