import { cancelReplyIfPending } from '@/db/queries/replies/move-reply'
import type { Deps } from '@/deps'
import { DomainError } from '@/domain/errors'

/** Takes back a reply that has not begun to leave. @throws {DomainError} not_found, conflict */
export async function undoReply({ db, sql, clock, log }: Deps, { id, by }: { id: string; by: string }): Promise<void> {
  if (await cancelReplyIfPending(sql, { id, at: clock.now() })) {
    log.info({ reply: id, by }, 'reply taken back')
    return
  }
  const reply = await db.reply.findUnique({ where: { id }, select: { status: true } })
  if (!reply) throw new DomainError('not_found', 'This reply does not exist any more. Nothing was changed.')
  if (reply.status === 'cancelled') return
  throw new DomainError('conflict', 'It is too late: this reply is on its way. Nothing was changed.', {
    status: reply.status,
  })
}
