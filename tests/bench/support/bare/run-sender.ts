import { readFileSync } from 'node:fs'
import MailComposer from 'nodemailer/lib/mail-composer'
import type { Job, SentEmail } from './bare-sender'

/** Takes emails until there are no more, one at a time. */
type Connection = (next: () => number | undefined) => Promise<void>

/**
 * The course of a sender's process: `open` gets everything ready and returns the connections; at its parent's word they share out
 * the job's emails by their numbers.
 */
export async function runSender(open: (job: Job, emails: SentEmail[]) => Promise<Connection[]>): Promise<void> {
  const [file = '', port, connections, emails] = process.argv.slice(2)
  const job = { file, port: Number(port), connections: Number(connections), emails: Number(emails) }
  const opened = await open(job, JSON.parse(readFileSync(file, 'utf8')) as SentEmail[])
  let taken = 0
  const next = () => (taken < job.emails ? taken++ : undefined)
  process.once('message', async () => {
    await Promise.all(opened.map((connection) => connection(next)))
    process.send?.('done')
  })
  process.once('disconnect', () => process.exit(0))
  process.send?.('ready')
}

/** What nodemailer makes an email of. */
export const partsOf = (email: SentEmail) => ({
  from: { name: 'Ada Winter', address: email.fromEmail },
  to: email.toEmail,
  subject: email.subject,
  text: email.bodyText,
  html: email.bodyHtml ?? undefined,
  messageId: email.messageId,
  headers: {
    'List-Unsubscribe': '<http://localhost:3000/api/unsubscribe/0123456789abcdef0123456789abcdef0123456789abcdef>',
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
  },
})

/** All emails as bytes, before anything is measured. */
export const composeAll = (emails: SentEmail[]) =>
  Promise.all(
    emails.map(async (email) => ({
      from: email.fromEmail,
      to: email.toEmail,
      raw: await new MailComposer(partsOf(email)).compile().build(),
    })),
  )
