import { putReplyBackIf } from '@/db/queries/replies/move-reply'
import type { Deps } from '@/deps'
import { DomainError } from '@/domain/errors'
import { refuseUnconfirmed } from './suppressed-recipients'

/** Sends a failed reply again, to those whom it has not reached. @throws {DomainError} not_found, conflict, unconfirmed */
export async function retryReply(
  deps: Deps,
  { id, confirmed = [], by }: { id: string; confirmed?: readonly string[] | undefined; by: string },
): Promise<void> {
  const { db, sql, clock, queue, log } = deps
  const reply = await db.reply.findUnique({ where: { id } })
  if (!reply) throw new DomainError('not_found', 'This reply does not exist any more. Nothing was changed.')
  const despiteSuppressed = await refuseUnconfirmed(
    deps,
    [...reply.toEmails, ...reply.ccEmails],
    [...reply.despiteSuppressed, ...confirmed],
  )
  const isBack = await putReplyBackIf(sql, { id, from: 'failed', despiteSuppressed, at: clock.now() })
  if (!isBack)
    throw new DomainError('conflict', 'This reply has not failed. Nothing was changed.', { status: reply.status })
  log.info({ reply: id, by }, 'failed reply put back')
  await queue.enqueueReplies(reply.mailboxId, 0)
}
