import { insertReply } from '@/db/queries/replies/insert-reply'
import { selectThread } from '@/db/queries/replies/select-thread'
import type { Deps } from '@/deps'
import { type ThreadHeaders, threadHeaders } from '@/domain/conversation/thread'
import { DomainError } from '@/domain/errors'
import { domainOf } from '@/domain/lead/email'
import { isMessageId } from '@/domain/message/headers'
import { oneLine } from '@/domain/message/variables'
import { replyBodies } from '@/domain/reply/bodies'
import { subjectOf } from '@/domain/reply/headlines'
import { readRecipients } from '@/domain/reply/recipients'
import { type ReplyKind, replyDueAt, UNDO_SECONDS } from '@/domain/reply/state'
import { loadAnswered } from './answered-message'
import { refuseUnconfirmed } from './suppressed-recipients'

export type SendReply = {
  /** The received message that is answered or forwarded. */
  messageId: string
  kind: ReplyKind
  to: readonly string[]
  cc?: readonly string[] | undefined
  /** Absent: that of the conversation. */
  subject?: string | undefined
  text: string
  /** Also as simple HTML. */
  asHtml?: boolean | undefined
  /** With the message below it. */
  quote?: boolean | undefined
  /** Suppressed recipients to whom it goes all the same. */
  confirmed?: readonly string[] | undefined
  by: string
}

export type WrittenReply = { id: string; dueAt: Date; undoSeconds: number }

/**
 * Stores a reply, which leaves once it cannot be taken back any more, from the mailbox of the talk and in its thread. A suppressed
 * recipient has to be confirmed. @throws {DomainError} not_found, invalid_input, unconfirmed
 */
export async function sendReply(deps: Deps, input: SendReply): Promise<WrittenReply> {
  const { sql, clock, queue, log } = deps
  const { kind, by } = input
  const message = await loadAnswered(deps, input.messageId)
  const recipients = readRecipients(input.to, input.cc ?? [])
  if (!recipients.ok)
    throw new DomainError('invalid_input', `${recipients.problem}. Nothing was sent.`, { field: recipients.field })
  if (!input.text.trim())
    throw new DomainError('invalid_input', 'There is no text yet. Nothing was sent.', { field: 'text' })
  const subject = oneLine(input.subject ?? '') || subjectOf(kind, message.subject)
  const despiteSuppressed = await refuseUnconfirmed(deps, [...recipients.to, ...recipients.cc], input.confirmed ?? [])
  const { mailbox } = message
  const now = clock.now()
  const dueAt = replyDueAt(now, clock.speed)
  const bodies = replyBodies({
    text: input.text,
    asHtml: input.asHtml ?? false,
    signature: mailbox.signature,
    quote: (input.quote ?? true) ? message.quoted(kind) : null,
  })
  const written = await insertReply(
    sql,
    {
      ...{ mailboxId: mailbox.id, receivedMessageId: message.id, leadId: message.lead?.id ?? null },
      ...{
        scheduledEmailId: message.scheduledEmailId,
        conversationId: message.conversationId,
        kind,
        domain: domainOf(mailbox.fromEmail),
      },
      ...(await threadOf(deps, input)),
      namesItself: !message.keepsMessageId,
      ...{ fromEmail: mailbox.fromEmail, fromName: mailbox.fromName },
      ...{ toEmails: recipients.to, ccEmails: recipients.cc, subject, bodyText: bodies.text, bodyHtml: bodies.html },
      ...{ despiteSuppressed, dueAt, writtenBy: by },
    },
    now,
  )
  if (!written) throw new Error('A reply was not stored')
  log.info({ reply: written.id, mailbox: mailbox.id, lead: message.lead?.id ?? null, by }, 'reply written')
  await queue.enqueueReplies(mailbox.id, UNDO_SECONDS)
  return { id: written.id, dueAt, undoSeconds: UNDO_SECONDS }
}

/** Headers that put an answer into its conversation; a forwarded message begins one of its own. */
async function threadOf({ sql, clock, random }: Deps, { kind, messageId }: SendReply): Promise<ThreadHeaders> {
  if (kind === 'forward') return { inReplyTo: null, references: [], threadIndex: null }
  const at = { seconds: clock.now().getTime() / 1000, random: Math.floor(random() * 256) }
  const { inReplyTo, references, threadIndex } = threadHeaders(await selectThread(sql, messageId), at)
  return {
    inReplyTo: inReplyTo && isMessageId(inReplyTo) ? inReplyTo : null,
    references: references.filter(isMessageId),
    threadIndex,
  }
}
