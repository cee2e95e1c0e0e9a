import { selectAccount } from '@/db/queries/team/account'
import { selectSessions } from '@/db/queries/team/sessions'
import type { Deps } from '@/deps'
import { DomainError } from '@/domain/errors'

/** A person's own account with its sessions; `sessionId`: the one that asks. @throws {DomainError} not_found */
export async function getAccount(
  { sql, clock }: Pick<Deps, 'sql' | 'clock'>,
  { userId, sessionId }: { userId: string; sessionId: string | undefined },
) {
  const [account, sessions] = await Promise.all([
    selectAccount(sql, userId),
    selectSessions(sql, { userId, at: clock.realNow() }),
  ])
  if (!account) throw new DomainError('not_found', 'This account is no member any more.')
  return { ...account, sessions: sessions.map((session) => ({ ...session, isThis: session.id === sessionId })) }
}
