import { selectAnswersOfOthers } from '@/db/queries/replies/select-answers'
import type { Tx } from '@/db/sql'
import { DomainError } from '@/domain/errors'

/**
 * Refuses an answer to a message that somebody else has answered, unless the person knows of that. Under the lock of the answers to it.
 * @throws {DomainError} unconfirmed, with those that are not known
 */
export async function refuseAnsweredByOthers(
  tx: Tx,
  of: { messageId: string; by: string; known: readonly string[] },
): Promise<void> {
  const answers = await selectAnswersOfOthers(tx, of)
  if (answers.length === 0) return
  const who = [...new Set(answers.map(({ writtenBy }) => writtenBy ?? 'somebody who has left'))].join(' and ')
  throw new DomainError(
    'unconfirmed',
    `This message was answered meanwhile by ${who}. Nothing was sent. Confirm that your reply goes all the same.`,
    { confirm: true, answered: answers.map(({ id, writtenBy, at }) => ({ id, writtenBy, at: at.toISOString() })) },
  )
}
