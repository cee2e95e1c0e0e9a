import { withoutAnswerPrefix } from '../conversation/subject'
import { replySubject } from '../message/headers'
import { oneLine } from '../message/variables'
import type { ReplyKind } from './state'

/** The subject of a reply: "Re: " or "Fwd: " once, before that of the message. */
export const subjectOf = (kind: ReplyKind, subject: string): string =>
  oneLine(kind === 'answer' ? replySubject(subject) : `Fwd: ${withoutAnswerPrefix(subject)}`)

/** Whom an answer goes to: whoever wrote, or those to whom we have written; a forwarded message to nobody yet. */
export const recipientsOf = (
  kind: ReplyKind,
  message: { fromEmail: string; toEmails: readonly string[]; isOurs: boolean },
): string[] => {
  if (kind === 'forward') return []
  return message.isOurs ? [...message.toEmails] : message.fromEmail ? [message.fromEmail] : []
}
