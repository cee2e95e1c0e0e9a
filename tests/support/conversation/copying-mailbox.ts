import type { Engine } from '../engine'

/**
 * Lets the engine's mailbox send over a server of its own, and read at `imap`, where nothing is put into Sent by itself. Real emails
 * need a public address.
 */
export async function copyFromMailbox(
  { db, deps, sink }: Engine,
  imap: { imapHost: string; imapPort: number; imapUser?: string; imapPasswordEncrypted?: string },
) {
  deps.config.appUrl = 'https://app.nexa.example'
  const { id: mailboxId } = await db.mailbox.findFirstOrThrow()
  const server = { kind: 'smtp', smtpHost: '127.0.0.1', smtpPort: sink.port, smtpSecurity: 'none' } as const
  await db.mailbox.update({ where: { id: mailboxId }, data: { ...server, fromEmail: 'sam@nexa.example' } })
  const reader = { ...imap, imapSecurity: 'none' as const, filesSent: false }
  await db.mailboxReader.create({ data: { mailboxId, ...reader } })
  return mailboxId
}

/** The same dependencies, `ms` of real time later. */
export const laterBy = (ms: number, { deps }: Engine) => ({
  ...deps,
  clock: { ...deps.clock, realNow: () => new Date(Date.now() + ms) },
})
