import type { Mailbox } from '@/db/generated/client'
import type { DueReply } from '@/db/queries/replies/select-due-replies'
import { displayName } from '@/domain/message/headers'
import { outstandingOf } from '@/domain/reply/recipients'
import { buildReplyEmail } from '@/domain/reply/reply-email'
import { compileMessage } from '@/mail/compile-message'
import type { OutgoingMail } from '@/mail/mailer'

/** The message of a reply, for those whom it has not reached. @throws {DomainError} where a field cannot stand in a header */
export function composeReply(reply: DueReply, mailbox: Pick<Mailbox, 'replyTo'>, date: Date): OutgoingMail {
  const raw = compileMessage(
    buildReplyEmail({
      from: { name: displayName(reply.fromName), address: reply.fromEmail },
      to: reply.toEmails,
      cc: reply.ccEmails,
      replyTo: mailbox.replyTo,
      subject: reply.subject,
      text: reply.bodyText,
      html: reply.bodyHtml,
      messageId: reply.messageId,
      inReplyTo: reply.inReplyTo,
      references: reply.references,
      threadIndex: reply.threadIndex,
      date,
    }),
  )
  const [to = '', ...further] = outstandingOf(reply)
  return { envelope: { from: reply.fromEmail, to, ...(further.length > 0 ? { further } : {}) }, raw }
}
