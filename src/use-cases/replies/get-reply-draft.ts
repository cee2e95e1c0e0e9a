import { selectAnswerIds } from '@/db/queries/replies/select-answers'
import type { Deps } from '@/deps'
import { goesOut } from '@/domain/delivery/mailbox-health'
import { recipientsOf, subjectOf } from '@/domain/reply/headlines'
import { quoteText } from '@/domain/reply/quote'
import type { ReplyKind } from '@/domain/reply/state'
import { loadAnswered } from './answered-message'

/** What a reply to a message begins with. */
export type ReplyDraft = {
  from: { name: string; email: string }
  /** Zone of the mailbox, IANA. */
  timezone: string
  /** The email leaves this machine. */
  goesOut: boolean
  to: string[]
  subject: string
  signature: string
  /** The message below the text, as it will stand there. */
  quote: string
  /** Names of what the message carries beside its text, which no reply takes along. */
  attachments: string[]
  /** The answers to the message that are there by now. */
  answers: string[]
}

/** Returns it for an answer to a message, or for the message forwarded. @throws {DomainError} not_found */
export async function getReplyDraft(
  deps: Pick<Deps, 'db' | 'sql' | 'config'>,
  { messageId, kind }: { messageId: string; kind: ReplyKind },
): Promise<ReplyDraft> {
  const message = await loadAnswered(deps, messageId)
  const { mailbox } = message
  const answers = await selectAnswerIds(deps.sql, messageId)
  return {
    from: { name: mailbox.fromName, email: mailbox.fromEmail },
    timezone: mailbox.timezone,
    goesOut: goesOut(mailbox, deps.config.sandbox),
    to: recipientsOf(kind, message),
    subject: subjectOf(kind, message.subject),
    signature: mailbox.signature?.trim() ?? '',
    quote: quoteText(message.quoted(kind)),
    attachments: message.attachments.map(({ name }) => name),
    answers: answers.map(({ id }) => id),
  }
}
