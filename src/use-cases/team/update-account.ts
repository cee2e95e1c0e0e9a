import { renameAccount } from '@/db/queries/team/account'
import type { Deps } from '@/deps'
import { DomainError } from '@/domain/errors'

/** Changes the name that stands beside what a person does. @throws {DomainError} not_found */
export async function updateAccount(
  { sql, clock }: Pick<Deps, 'sql' | 'clock'>,
  { userId, name }: { userId: string; name: string },
): Promise<{ name: string }> {
  if (!(await renameAccount(sql, { userId, name, at: clock.realNow() }))) {
    throw new DomainError('not_found', 'This account is no member any more. Nothing was changed.')
  }
  return { name }
}
