import { ImapFlow } from 'imapflow'

/** Puts a message into somebody's Inbox over a connection of its own, so that the server tells those who listen. */
export async function deliverByImap(
  { host, port, user, password }: { host: string; port: number; user: string; password: string },
  raw: Buffer,
): Promise<void> {
  const client = new ImapFlow({
    host,
    port,
    secure: false,
    doSTARTTLS: false,
    auth: { user, pass: password },
    logger: false,
  })
  await client.connect()
  await client.append('INBOX', raw)
  await client.logout()
}
