import type { AddressInfo } from 'node:net'
import PostalMime from 'postal-mime'
import { SMTPServer } from 'smtp-server'
import { createClock, type Simulation } from '@/clock'
import { createDatabase } from '@/db/client'

export type SandboxInbox = { port: number; close(): Promise<void> }

const MAX_MESSAGE_BYTES = 10 * 1024 * 1024

/**
 * A real SMTP server on loopback that accepts every mail and keeps it in the database, where the app shows it: mail
 * leaves the engine as it would in earnest and stays on this machine. A mail is answered only once it is stored.
 * The time of receipt is campaign time: the shared simulated clock where there is one.
 */
export async function startSandboxInbox({
  databaseUrl,
  port,
  simulation,
}: {
  databaseUrl: string
  /** 0 picks a free one. */
  port: number
  simulation?: Simulation
}): Promise<SandboxInbox> {
  const { prisma, pool, close } = createDatabase(databaseUrl, { connections: 5 })
  const clock = await createClock(pool, simulation)
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    disableReverseLookup: true,
    size: MAX_MESSAGE_BYTES,
    banner: 'sandbox inbox',
    onData(stream, session, callback) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const recipients = session.envelope.rcptTo.map(({ address }) => address)
        const sender = session.envelope.mailFrom ? session.envelope.mailFrom.address : ''
        store(Buffer.concat(chunks), sender, recipients).then(
          () => callback(),
          (error: Error) => callback(Object.assign(error, { responseCode: 451 })),
        )
      })
    },
  })
  server.on('error', () => undefined)

  async function store(raw: Buffer, sender: string, recipients: string[]): Promise<void> {
    const { messageId, subject } = await PostalMime.parse(raw)
    await prisma.sandboxMessage.createMany({
      data: recipients.map((recipient) => ({
        messageId: messageId ?? '',
        fromEmail: sender,
        toEmail: recipient,
        subject: subject ?? '',
        raw: new Uint8Array(raw),
        receivedAt: clock.now(),
      })),
    })
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => resolve())
  })
  return {
    port: (server.server.address() as AddressInfo).port,
    close: async () => {
      await new Promise<void>((resolve) => server.close(() => resolve()))
      clock.stop()
      await close()
    },
  }
}
