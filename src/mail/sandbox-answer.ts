import MimeNode from 'nodemailer/lib/mime-node'
import type { ReceivedMessage } from '@/domain/conversation/received-message'
import { answerText, SANDBOX_READER_HOST, type SandboxAnswer } from '@/domain/conversation/sandbox-answer'
import { withoutAnswerPrefix } from '@/domain/conversation/subject'
import type { ComposedEmail, Person } from '@/domain/message/headers'
import { compileMessage } from './compile-message'

/** The email that is answered, as the sandbox received it, and who answers whom. */
export type Answered = {
  original: ReceivedMessage
  /** The original's headers as they came. */
  headers: string
  lead: Person
  sender: Person
  /** A name of its own, for the Message-ID of the answer. */
  id: string
  at: Date
}

/** The answer as the lead's mail program, or a mail server in its place, would send it: a whole RFC 5322 message. */
export const composeAnswer = async (answer: SandboxAnswer, of: Answered): Promise<Buffer> =>
  answer.kind === 'bounce' ? composeBounce(of) : compileMessage(emailOf(answer, of))

function emailOf(answer: Exclude<SandboxAnswer, { kind: 'bounce' }>, of: Answered): ComposedEmail {
  const { original, lead, sender, at } = of
  const subject = withoutAnswerPrefix(original.subject)
  const isAutomatic = answer.kind === 'out_of_office'
  return {
    from: lead,
    to: sender,
    subject: isAutomatic ? `Automatic reply: ${subject}` : `Re: ${subject}`,
    text: isAutomatic ? `${answerText(answer)}\n` : `${answerText(answer)}\n\n${quoted(of)}\n`,
    messageId: answerId(of),
    ...(original.messageId && {
      inReplyTo: original.messageId,
      references: [...original.references, original.messageId],
    }),
    date: at,
    headers: isAutomatic ? { 'Auto-Submitted': 'auto-replied', 'X-Auto-Response-Suppress': 'All' } : {},
    disableFileAccess: true,
    disableUrlAccess: true,
  }
}

const answerId = ({ id }: Answered): string => `<${id}@${SANDBOX_READER_HOST}>`

function quoted({ original, sender }: Answered): string {
  const lines = original.text.trim().split(/\r?\n/)
  const when = original.sentAt ? `On ${original.sentAt.toUTCString()}, ` : ''
  return [
    `${when}${sender.name || sender.address} <${sender.address}> wrote:`,
    ...lines.map((line) => `> ${line}`),
  ].join('\n')
}

/** A server's report that there is no such mailbox (RFC 3464), with the headers of what it returns. */
async function composeBounce(of: Answered): Promise<Buffer> {
  const { headers, lead, sender, at } = of
  const options = { disableFileAccess: true, disableUrlAccess: true }
  const root = new MimeNode('multipart/report; report-type=delivery-status', options)
  root.setHeader('return-path', '<>')
  root.setHeader('from', { name: 'Mail Delivery System', address: `MAILER-DAEMON@${SANDBOX_READER_HOST}` })
  root.setHeader('to', sender)
  root.setHeader('subject', 'Undelivered Mail Returned to Sender')
  root.setHeader('auto-submitted', 'auto-replied')
  root.setHeader('message-id', answerId(of))
  root.setHeader('date', at)
  const said = `550 5.1.1 <${lead.address}>: Recipient address rejected: User unknown`
  root
    .createChild('text/plain; charset=utf-8', options)
    .setContent(`Your message could not be delivered to ${lead.address}. The server said:\n\n${said}\n`)
  root
    .createChild('message/delivery-status', options)
    .setContent(
      [
        `Reporting-MTA: dns; ${SANDBOX_READER_HOST}`,
        '',
        `Final-Recipient: rfc822; ${lead.address}`,
        'Action: failed',
        'Status: 5.1.1',
        `Diagnostic-Code: smtp; ${said}`,
        '',
      ].join('\r\n'),
    )
  root.createChild('text/rfc822-headers', options).setContent(headers)
  return root.build()
}
