import { readFileSync } from 'node:fs'
import { createTransport } from 'nodemailer'

/** Sends the emails of a file through nodemailer's own pool, with nothing around it: what sending costs at least. */
type Email = {
  fromEmail: string
  toEmail: string
  subject: string
  bodyText: string
  bodyHtml: string | null
  messageId: string
}

const [file = '', port = '', connections = ''] = process.argv.slice(2)
const emails = JSON.parse(readFileSync(file, 'utf8')) as Email[]
const transport = createTransport({
  host: '127.0.0.1',
  port: Number(port),
  ignoreTLS: true,
  pool: true,
  maxConnections: Number(connections),
  maxMessages: Number.POSITIVE_INFINITY,
})

process.on('message', async () => {
  await Promise.all(
    emails.map((email) =>
      transport.sendMail({
        from: { name: 'Ada Winter', address: email.fromEmail },
        to: email.toEmail,
        subject: email.subject,
        text: email.bodyText,
        html: email.bodyHtml ?? undefined,
        messageId: email.messageId,
        headers: {
          'List-Unsubscribe':
            '<http://localhost:3000/api/unsubscribe/0123456789abcdef0123456789abcdef0123456789abcdef>',
          'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
        },
      }),
    ),
  )
  transport.close()
  process.send?.('done')
})
process.on('disconnect', () => process.exit(0))
process.send?.('ready')
