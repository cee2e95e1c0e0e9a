import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { chown, mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type Certificate, makeCertificate } from './certificate'
import { holdServer, onFreePorts, openFolder, type Ports } from './held-server'

/** Who owns all delivered mail: nobody, on every Debian. */
export const MAIL_OWNER = 65_534

/** Folders of each user, by special use; Inbox and the others exist from the first login on. */
const FOLDERS = { Inbox: '', Sent: '.Sent', Junk: '.Junk' } as const
export type MailFolder = keyof typeof FOLDERS

const run = promisify(execFile)

export type Dovecot = {
  /** IMAP with STARTTLS, and IMAP over TLS. */
  ports: Ports<'imap' | 'imaps'>
  /** Socket that Postfix asks for logins. */
  authSocket: string
  users: readonly string[]
  certificate: Certificate
  /** Maildir of a user's folder. */
  maildirOf(user: string, folder?: MailFolder): string
  log(): string
  /** Stops it, with whatever it is doing, and starts it again. */
  restart(): Promise<void>
  /** Numbers a user's Inbox anew: whoever opens it from now on sees another UIDVALIDITY. */
  renumber(user: string): Promise<void>
  close(): Promise<void>
}

/**
 * Starts Debian's Dovecot on loopback, with a folder, ports and a certificate of its own. Passwords by user. With `tokens`, the
 * address that says whose a token is, it takes XOAUTH2 and OAUTHBEARER beside them.
 */
export const startDovecot = (
  passwords: Readonly<Record<string, string>>,
  { tokens }: { tokens?: string } = {},
): Promise<Dovecot> => onFreePorts(['imap', 'imaps'], (ports) => startOn(ports, passwords, tokens))

async function startOn(
  ports: Dovecot['ports'],
  passwords: Readonly<Record<string, string>>,
  tokens: string | undefined,
): Promise<Dovecot> {
  const folder = await openFolder('dovecot')
  const certificate = makeCertificate(folder)
  const users = join(folder, 'users')
  await mkdir(users)
  await chown(users, MAIL_OWNER, MAIL_OWNER)
  const lines = Object.entries(passwords).map(([user, password]) => `${user}:{PLAIN}${password}\n`)
  await writeFile(join(folder, 'passwords'), lines.join(''))
  await writeFile(join(folder, 'dovecot.conf'), settings(folder, ports, certificate) + (tokens ? byToken(folder) : ''))
  const asked = `tokeninfo_url = ${tokens}?access_token=\nusername_attribute = email\n`
  if (tokens) await writeFile(join(folder, 'tokens.conf.ext'), asked)
  const config = '"$FOLDER/dovecot.conf"'
  const gone = 'while [ -e "$FOLDER/run/master.pid" ]; do sleep 0.1; done'
  const commands = { start: `dovecot -c ${config}`, stop: `dovecot -c ${config} stop; ${gone}` }
  const held = await holdServer({ ...commands, folder })
  const env = { ...process.env, PATH: '/usr/sbin:/usr/bin:/sbin:/bin', FOLDER: folder }
  return {
    ports,
    authSocket: join(folder, 'auth'),
    users: Object.keys(passwords),
    certificate,
    maildirOf: (user, name = 'Inbox') => join(users, user, FOLDERS[name]),
    log: () => readFileSync(join(folder, 'dovecot.log'), 'utf8'),
    restart: async () => {
      await run('/bin/sh', ['-c', `${commands.stop}; ${commands.start}`], { env, timeout: RESTART_MS })
    },
    renumber: async (user) => {
      const kept = await readdir(join(users, user))
      const numbers = kept.filter((name) => /^dovecot(?:-uidlist|\.index)/.test(name))
      await Promise.all(numbers.map((name) => rm(join(users, user, name), { force: true })))
    },
    close: held.stop,
  }
}

// It waits for sessions that are at work.
const RESTART_MS = 60_000

const settings = (folder: string, { imap, imaps }: Dovecot['ports'], { cert, key }: Certificate) => `
base_dir = ${folder}/run
state_dir = ${folder}/state
log_path = ${folder}/dovecot.log
listen = 127.0.0.1
protocols = imap
ssl = yes
ssl_cert = <${cert}
ssl_key = <${key}
disable_plaintext_auth = no
auth_mechanisms = plain login cram-md5
auth_debug = yes
first_valid_uid = 1
mail_location = maildir:${folder}/users/%u
passdb {
  driver = passwd-file
  args = username_format=%u ${folder}/passwords
}
userdb {
  driver = static
  args = uid=${MAIL_OWNER} gid=${MAIL_OWNER} home=${folder}/users/%u
}
namespace inbox {
  inbox = yes
  mailbox Sent {
    auto = subscribe
    special_use = \\Sent
  }
  mailbox Junk {
    auto = subscribe
    special_use = \\Junk
  }
}
service imap-login {
  inet_listener imap {
    port = ${imap}
  }
  inet_listener imaps {
    port = ${imaps}
    ssl = yes
  }
}
service auth {
  unix_listener ${folder}/auth {
    mode = 0666
  }
}
`

const byToken = (folder: string) => `
auth_mechanisms = plain login cram-md5 xoauth2 oauthbearer
passdb {
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = ${folder}/tokens.conf.ext
}
`
