import SMTPConnection from 'nodemailer/lib/smtp-connection'
import { composeAll, runSender } from './run-sender'

/** Sends ready bytes through nodemailer's `SMTPConnection`, which the worker uses as well: the least that a worker can need. */
await runSender(async ({ port, connections }, emails) => {
  const composed = await composeAll(emails)
  const open = async () => {
    const connection = new SMTPConnection({ host: '127.0.0.1', port, ignoreTLS: true })
    await new Promise<void>((resolve, reject) => {
      connection.once('error', reject)
      connection.connect(() => resolve())
    })
    const send = (at: number) =>
      new Promise<void>((resolve, reject) => {
        const { from, to, raw } = composed[at % composed.length] as (typeof composed)[0]
        connection.send({ from, to: [to], size: raw.length }, raw, (error) => (error ? reject(error) : resolve()))
      })
    return async (next: () => number | undefined) => {
      for (let at = next(); at !== undefined; at = next()) await send(at)
      connection.quit()
    }
  }
  return Promise.all(Array.from({ length: connections }, open))
})
