import { createHash } from 'node:crypto'
import { chown, mkdir, readdir, readFile, rename, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ImapFlow } from 'imapflow'
import { type Dovecot, MAIL_OWNER, type MailFolder } from './dovecot'

/** A message as it arrives; what a person has read carries flags. */
export type Delivery = { raw: string; folder?: MailFolder; flags?: string }

/**
 * Puts messages into folders of a user of Dovecot's, as if they had arrived at `at`: unseen, or with Maildir's letters for
 * flags. The order is that of their numbers on the server.
 */
export async function deliverAll(
  dovecot: Dovecot,
  user: string,
  { at, messages }: { at: Date; messages: Iterable<Delivery> },
): Promise<void> {
  const made = new Set<MailFolder>()
  let delivered = 0
  for (const { raw, folder = 'Inbox', flags } of messages) {
    const maildir = dovecot.maildirOf(user, folder)
    if (!made.has(folder)) await makeMaildir(dovecot.maildirOf(user), maildir)
    made.add(folder)
    const name = `${1_000_000_000 + delivered++}.a.mx.customer.example`
    // Dovecot takes the file's time for that of arrival, and never sees half of a file.
    const draft = join(maildir, 'tmp', name)
    await writeFile(draft, raw, 'latin1')
    await chown(draft, MAIL_OWNER, MAIL_OWNER)
    await utimes(draft, at, at)
    await rename(draft, flags === undefined ? join(maildir, 'new', name) : join(maildir, 'cur', `${name}:2,${flags}`))
  }
}

async function makeMaildir(home: string, maildir: string): Promise<void> {
  for (const path of [home, ...['', 'new', 'cur', 'tmp'].map((part) => join(maildir, part))]) {
    await mkdir(path, { recursive: true })
    await chown(path, MAIL_OWNER, MAIL_OWNER)
  }
}

/**
 * Every message file of all users with its place and what is in it: the server renames a file with each flag, and moves it for
 * whoever may write.
 */
export async function messageFiles(dovecot: Dovecot): Promise<string[]> {
  const found: string[] = []
  for (const user of dovecot.users) {
    const home = dovecot.maildirOf(user)
    for (const path of await readdir(home, { recursive: true }).catch(() => [])) {
      if (!/(?:^|\/)(?:new|cur)\//.test(path)) continue
      const content = createHash('sha256').update(await readFile(join(home, path)))
      found.push(`${user}/${path} ${content.digest('hex')}`)
    }
  }
  return found.sort()
}

/** Flags, size and time of arrival of every message of a user, as the server tells another mail program. */
export async function stateOnServer({ ports }: Dovecot, user: string, pass = 'right'): Promise<string[]> {
  const server = { host: '127.0.0.1', port: ports.imaps, secure: true, tls: { rejectUnauthorized: false } }
  const client = new ImapFlow({ ...server, auth: { user, pass }, logger: false })
  await client.connect()
  const found: string[] = []
  for (const path of ['INBOX', 'Sent', 'Junk']) {
    const { exists } = await client.mailboxOpen(path, { readOnly: true })
    if (exists === 0) continue
    for await (const { flags, size, internalDate } of client.fetch('1:*', {
      flags: true,
      size: true,
      internalDate: true,
    }))
      found.push(`${path} ${size} ${internalDate} ${[...(flags ?? [])].sort()}`)
  }
  await client.logout()
  return found.sort()
}
