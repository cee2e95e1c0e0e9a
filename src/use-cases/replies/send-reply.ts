import { insertReplyIf } from '@/db/queries/replies/insert-reply'
import { lockAnswersTo } from '@/db/queries/replies/select-answers'
import { selectThread } from '@/db/queries/replies/select-thread'
import { selectWritten } from '@/db/queries/replies/select-written'
import { transaction } from '@/db/sql'
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
import { type AnsweredMessage, loadAnswered } from './answered-message'
import { refuseAnsweredByOthers } from './others-answers'
import { answerRepeated, askedHashOf, type WrittenReply } from './repeated-reply'
import { refuseUnconfirmed } from './suppressed-recipients'

export type SendReply = {
  /** Made by whoever writes it: asked for twice, it is one reply. */
  id: string
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
  /** Answers of others to the message that the person knows of: it goes beside them. */
  known?: readonly string[] | undefined
  by: string
}

/**
 * Stores a reply, which leaves once it cannot be taken back any more, from the mailbox of the talk and in its thread. A suppressed
 * recipient has to be confirmed, and so has an answer of somebody else. One that is stored already is answered, and not stored again.
 * @throws {DomainError} not_found, invalid_input, unconfirmed; conflict where its id is that of another one, or it was taken back
 */
export async function sendReply(deps: Deps, input: SendReply): Promise<WrittenReply> {
  const { sql, clock, queue, log } = deps
  const { id, by } = input
  const asked = askedOf(input)
  const askedHash = askedHashOf(asked)
  // Before its message, which may be gone by now.
  const again = await selectWritten(sql, id)
  if (again) return answerRepeated(deps, again, { askedHash, by })
  const message = await loadAnswered(deps, input.messageId)
  const content = contentOf(message, asked)
  const recipients = [...content.toEmails, ...content.ccEmails]
  const despiteSuppressed = await refuseUnconfirmed(deps, recipients, input.confirmed ?? [])
  const thread = await threadOf(deps, input)
  const now = clock.now()
  const dueAt = replyDueAt(now, clock.speed)
  const stored = await transaction(sql, async (tx) => {
    await lockAnswersTo(tx, message.id)
    if (content.kind === 'answer')
      await refuseAnsweredByOthers(tx, { messageId: message.id, by, known: input.known ?? [] })
    return insertReplyIf(tx, { ...content, ...thread, askedHash, writtenBy: by, despiteSuppressed, dueAt }, now)
  })
  if (!stored) {
    // The same one came at the same time.
    const first = await selectWritten(sql, id)
    if (!first) throw new Error('A reply was not stored')
    return answerRepeated(deps, first, { askedHash, by })
  }
  const { mailboxId, leadId } = content
  log.info({ reply: stored.id, mailbox: mailboxId, lead: leadId, by }, 'reply written')
  await queue.enqueueReplies(mailboxId, UNDO_SECONDS)
  return { id: stored.id, dueAt, undoSeconds: UNDO_SECONDS }
}

/** What a person asks for. @throws {DomainError} invalid_input */
function askedOf({ id, messageId, kind, text, ...input }: SendReply) {
  const recipients = readRecipients(input.to, input.cc ?? [])
  if (!recipients.ok)
    throw new DomainError('invalid_input', `${recipients.problem}. Nothing was sent.`, { field: recipients.field })
  if (!text.trim()) throw new DomainError('invalid_input', 'There is no text yet. Nothing was sent.', { field: 'text' })
  const { to, cc } = recipients
  const subject = oneLine(input.subject ?? '')
  return { id, messageId, kind, to, cc, subject, text, asHtml: input.asHtml ?? false, quote: input.quote ?? true }
}

/** What is sent to whom. */
function contentOf(message: AnsweredMessage, { id, kind, text, asHtml, ...asked }: ReturnType<typeof askedOf>) {
  const { mailbox } = message
  const quote = asked.quote ? message.quoted(kind) : null
  const bodies = replyBodies({ text, asHtml, signature: mailbox.signature, quote })
  return {
    ...{ id, kind, mailboxId: mailbox.id, receivedMessageId: message.id, leadId: message.lead?.id ?? null },
    ...{ scheduledEmailId: message.scheduledEmailId, conversationId: message.conversationId },
    ...{ domain: domainOf(mailbox.fromEmail), namesItself: !message.keepsMessageId },
    ...{ fromEmail: mailbox.fromEmail, fromName: mailbox.fromName },
    ...{ toEmails: asked.to, ccEmails: asked.cc },
    subject: asked.subject || subjectOf(kind, message.subject),
    ...{ bodyText: bodies.text, bodyHtml: bodies.html },
  }
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
