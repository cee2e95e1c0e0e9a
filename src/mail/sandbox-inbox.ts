import type { AddressInfo } from 'node:net'
import PostalMime from 'postal-mime'
import { SMTPServer } from 'smtp-server'
import { createMessageHold, MessageTooLarge } from './message-hold'

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
/** Of all messages together that are on their way in at one time. */
const MAX_BYTES_AT_ONCE = 64 * 1024 * 1024

/**
 * A real SMTP server on loopback that accepts every mail and hands it to `keep`: mail leaves the engine as it would in
 * earnest and stays on this machine. A mail is accepted only once it is kept; what is larger than it may be is refused, and
 * what would fill the memory is put off, while it still comes in. Port 0 picks a free one.
 */
export async function startSandboxInbox({
  port,
  keep,
}: {
  port: number
  keep: (mails: SandboxMail[]) => Promise<void>
}): Promise<SandboxInbox> {
  const hold = createMessageHold({ perMessage: MAX_MESSAGE_BYTES, atOnce: MAX_BYTES_AT_ONCE })
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    disableReverseLookup: true,
    size: MAX_MESSAGE_BYTES,
    banner: 'sandbox inbox',
    onData(stream, session, callback) {
      const recipients = session.envelope.rcptTo.map(({ address }) => address)
      const sender = session.envelope.mailFrom ? session.envelope.mailFrom.address : ''
      hold
        .whole(stream)
        .then((raw) => read(raw, sender, recipients))
        .then(keep)
        .then(
          () => callback(),
          (error: Error) => callback(Object.assign(error, { responseCode: responseCodeOf(error) })),
        )
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

const responseCodeOf = (error: Error) => (error instanceof MessageTooLarge ? 552 : 451)

async function read(raw: Buffer, fromEmail: string, recipients: string[]): Promise<SandboxMail[]> {
  const { messageId = '', subject = '' } = await PostalMime.parse(raw)
  return recipients.map((toEmail) => ({ messageId, fromEmail, toEmail, subject, raw: new Uint8Array(raw) }))
}
