import { selectWritten } from '@/db/queries/replies/select-written'
import type { Deps } from '@/deps'
import { DomainError } from '@/domain/errors'
import { type TypedReply, typedOf } from '@/domain/reply/bodies'
import type { ReplyKind } from '@/domain/reply/state'
import { findAnswered } from './answered-message'

/** A reply as it was typed, to be written again. */
export type TypedAgain = TypedReply & {
  id: string
  /** The message that it is about; null once that is gone. */
  messageId: string | null
  kind: ReplyKind
  to: string[]
  cc: string[]
  subject: string
}

/** Returns what was typed in a reply, whatever became of it. @throws {DomainError} not_found */
export async function getWrittenReply(deps: Pick<Deps, 'db' | 'sql'>, { id }: { id: string }): Promise<TypedAgain> {
  const reply = await selectWritten(deps.sql, id)
  if (!reply) throw new DomainError('not_found', 'This reply does not exist any more.')
  const { kind, receivedMessageId } = reply
  // It may be deleted meanwhile, which takes nothing of the reply along.
  const message = receivedMessageId ? await findAnswered(deps, receivedMessageId) : null
  const below = { signature: message?.mailbox.signature ?? null, quote: message?.quoted(kind) ?? null }
  return {
    ...{ id, messageId: message?.id ?? null, kind, to: reply.toEmails, cc: reply.ccEmails, subject: reply.subject },
    ...typedOf({ text: reply.bodyText, html: reply.bodyHtml }, below),
  }
}
