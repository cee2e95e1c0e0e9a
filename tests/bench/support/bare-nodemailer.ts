import { readFileSync } from 'node:fs'
import { createTransport } from 'nodemailer'

/** Sends the mails of a file through nodemailer's own pool, with nothing around it: what sending costs at least. */
type Mail = {
  fromEmail: string
  toEmail: string
  subject: string
  bodyText: string
  bodyHtml: string | null
  messageId: string
}

const [file = '', port = '', connections = ''] = process.argv.slice(2)
const mails = JSON.parse(readFileSync(file, 'utf8')) as Mail[]
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
    mails.map((mail) =>
      transport.sendMail({
        from: { name: 'Ada Winter', address: mail.fromEmail },
        to: mail.toEmail,
        subject: mail.subject,
        text: mail.bodyText,
        html: mail.bodyHtml ?? undefined,
        messageId: mail.messageId,
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
