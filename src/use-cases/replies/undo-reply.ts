import { cancelReplyIfPending } from '@/db/queries/replies/move-reply'
import type { Deps } from '@/deps'
import { DomainError } from '@/domain/errors'
import { getWrittenReply, type TypedAgain } from './get-written-reply'

/** Takes back a reply that has not begun to leave, and returns what was typed in it. @throws {DomainError} not_found, conflict */
export async function undoReply(deps: Deps, { id, by }: { id: string; by: string }): Promise<TypedAgain> {
  const { db, sql, clock, log } = deps
  if (await cancelReplyIfPending(sql, { id, at: clock.now() })) {
    log.info({ reply: id, by }, 'reply taken back')
    return getWrittenReply(deps, { id })
  }
  const reply = await db.reply.findUnique({ where: { id }, select: { status: true } })
  if (!reply) throw new DomainError('not_found', 'This reply does not exist any more. Nothing was changed.')
  if (reply.status === 'cancelled') return getWrittenReply(deps, { id })
  throw new DomainError('conflict', 'It is too late: this reply is on its way. Nothing was changed.', {
    status: reply.status,
  })
}
