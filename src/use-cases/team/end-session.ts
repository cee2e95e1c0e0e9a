import { deleteOtherSessions, deleteSession } from '@/db/queries/team/sessions'
import type { Deps } from '@/deps'
import { DomainError } from '@/domain/errors'

/** Ends a session of a person's own: its next request finds nobody signed in. @throws {DomainError} not_found */
export async function endSession(
  { sql }: Pick<Deps, 'sql'>,
  { id, userId }: { id: string; userId: string },
): Promise<void> {
  if (!(await deleteSession(sql, { id, userId }))) {
    throw new DomainError('not_found', 'This session has ended already. Nothing was changed.')
  }
}

/** Ends all sessions of a person but the one that asks. */
export async function endOtherSessions(
  { sql }: Pick<Deps, 'sql'>,
  { userId, sessionId }: { userId: string; sessionId: string },
): Promise<{ ended: number }> {
  return { ended: await deleteOtherSessions(sql, { userId, keep: sessionId }) }
}
