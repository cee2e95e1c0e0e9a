import { putReplyBackIf } from '@/db/queries/replies/move-reply'
import { lockAnswersTo } from '@/db/queries/replies/select-answers'
import { transaction } from '@/db/sql'
import type { Deps } from '@/deps'
import { DomainError } from '@/domain/errors'
import { refuseAnsweredByOthers } from './others-answers'
import { refuseUnconfirmed } from './suppressed-recipients'

export type RetryReply = {
  id: string
  /** Suppressed recipients to whom it goes all the same. */
  confirmed?: readonly string[] | undefined
  /** Answers of others to its message that the person knows of: it goes beside them. */
  known?: readonly string[] | undefined
  by: string
}

/**
 * Sends a failed reply again, to those whom it has not reached. What a reply is asked about before it leaves, it is asked again.
 * @throws {DomainError} not_found, conflict, unconfirmed
 */
export async function retryReply(deps: Deps, { id, confirmed = [], known = [], by }: RetryReply): Promise<void> {
  const { db, sql, clock, queue, log } = deps
  const reply = await db.reply.findUnique({ where: { id } })
  if (!reply) throw new DomainError('not_found', 'This reply does not exist any more. Nothing was changed.')
  const despiteSuppressed = await refuseUnconfirmed(
    deps,
    [...reply.toEmails, ...reply.ccEmails],
    [...reply.despiteSuppressed, ...confirmed],
  )
  const { kind, receivedMessageId: messageId } = reply
  const isBack = await transaction(sql, async (tx) => {
    if (kind === 'answer' && messageId) {
      await lockAnswersTo(tx, messageId)
      await refuseAnsweredByOthers(tx, { messageId, by, known: [...known, id] })
    }
    return putReplyBackIf(tx, { id, from: 'failed', despiteSuppressed, at: clock.now() })
  })
  if (!isBack)
    throw new DomainError('conflict', 'This reply has not failed. Nothing was changed.', { status: reply.status })
  log.info({ reply: id, by }, 'failed reply put back')
  await queue.enqueueReplies(reply.mailboxId, 0)
}
