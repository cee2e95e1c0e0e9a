import type { AddressInfo } from 'node:net'
import PostalMime from 'postal-mime'
import { SMTPServer } from 'smtp-server'

export type SandboxInbox = { port: number; close(): Promise<void> }

/** A mail that the sandbox accepted, for one recipient. */
export type SandboxMail = {
  messageId: string
  fromEmail: string
  toEmail: string
  subject: string
  raw: Uint8Array<ArrayBuffer>
}

const MAX_MESSAGE_BYTES = 10 * 1024 * 1024

/**
 * A real SMTP server on loopback that accepts every mail and hands it to `keep`: mail leaves the engine as it would in
 * earnest and stays on this machine. A mail is accepted only once it is kept. Port 0 picks a free one.
 */
export async function startSandboxInbox({
  port,
  keep,
}: {
  port: number
  keep: (mails: SandboxMail[]) => Promise<void>
}): Promise<SandboxInbox> {
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
        read(Buffer.concat(chunks), sender, recipients)
          .then(keep)
          .then(
            () => callback(),
            (error: Error) => callback(Object.assign(error, { responseCode: 451 })),
          )
      })
    },
  })
  // A client that breaks off is no failure of this server.
  server.on('error', () => undefined)
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => resolve())
  })
  return {
    port: (server.server.address() as AddressInfo).port,
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  }
}

async function read(raw: Buffer, fromEmail: string, recipients: string[]): Promise<SandboxMail[]> {
  const { messageId = '', subject = '' } = await PostalMime.parse(raw)
  return recipients.map((toEmail) => ({ messageId, fromEmail, toEmail, subject, raw: new Uint8Array(raw) }))
}
