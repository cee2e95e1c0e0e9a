import { createHash } from 'node:crypto'
import { chown, mkdir, readdir, readFile, rename, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Dovecot, MAIL_OWNER } from './dovecot'

/** Puts a message into a folder of Dovecot's, unseen, as if it had arrived at `at`. */
export async function deliver(
  dovecot: Dovecot,
  { user, folder = 'Inbox', raw, at }: { user: string; folder?: 'Inbox' | 'Sent' | 'Junk'; raw: string; at: Date },
): Promise<void> {
  const maildir = dovecot.maildirOf(user, folder)
  for (const path of [dovecot.maildirOf(user), ...['', 'new', 'cur', 'tmp'].map((part) => join(maildir, part))]) {
    await mkdir(path, { recursive: true })
    await chown(path, MAIL_OWNER, MAIL_OWNER)
  }
  const name = `${1_000_000_000 + delivered++}.a.mx.customer.example`
  // Dovecot takes the file's time for that of arrival, and must never see half of a file.
  const draft = join(maildir, 'tmp', name)
  await writeFile(draft, raw, 'latin1')
  await chown(draft, MAIL_OWNER, MAIL_OWNER)
  await utimes(draft, at, at)
  await rename(draft, join(maildir, 'new', name))
}
let delivered = 0

/**
 * Every message of Dovecot's users with its place and content: the server renames a file with each flag, and moves it for whoever
 * may write.
 */
export async function storedMessages(dovecot: Dovecot): Promise<string[]> {
  const all = await Promise.all(
    dovecot.users.map(async (user) => {
      const root = dovecot.maildirOf(user)
      const found = await readdir(root, { recursive: true })
      const files = found.filter((name) => /(?:^|\/)(?:new|cur)\/./.test(name))
      return Promise.all(files.map(async (name) => `${user}/${name} ${hashOf(await readFile(join(root, name)))}`))
    }),
  )
  return all.flat().sort()
}

const hashOf = (content: Buffer) => createHash('sha256').update(content).digest('hex')
