import { createTransport } from 'nodemailer'
import { partsOf, runSender } from './run-sender'

/** Composes and sends through nodemailer's own pool: what a program without a database would use. */
await runSender(async ({ port, connections }, emails) => {
  const transport = createTransport({
    host: '127.0.0.1',
    port,
    ignoreTLS: true,
    pool: true,
    maxConnections: connections,
    maxMessages: Number.POSITIVE_INFINITY,
  })
  // All at once: the pool itself shares them out.
  return [
    async (next) => {
      const sending: Promise<unknown>[] = []
      for (let at = next(); at !== undefined; at = next()) {
        const email = emails[at % emails.length]
        if (email) sending.push(transport.sendMail(partsOf(email)))
      }
      await Promise.all(sending)
      transport.close()
    },
  ]
})
