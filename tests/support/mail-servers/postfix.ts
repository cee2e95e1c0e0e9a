import { readFileSync } from 'node:fs'
import { chown, mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Certificate, makeCertificate } from './certificate'
import { type Dovecot, MAIL_OWNER } from './dovecot'
import { holdServer, onFreePorts, openFolder, type Ports } from './held-server'
import { type ArrivedEmail, clearMaildir, readMaildir } from './maildir'

/** Settings of one smtpd beside those of all, as in master.cf's `-o`. */
export type SmtpdSettings = Readonly<Record<string, string>>

export type Postfix<Name extends string> = {
  /** Port of each smtpd. */
  ports: Ports<Name>
  /** What was accepted for anybody but Dovecot's users, once all of it is delivered. */
  arrived(): Promise<ArrivedEmail[]>
  /** Forgets what has arrived. */
  forget(): Promise<void>
  log(): string
  close(): Promise<void>
}

/** Postfix refuses a message with a line that begins with this. */
export const REFUSED_WORD = 'taken-from-nobody'

const QUEUES = ['incoming', 'active', 'deferred'] as const

/**
 * Starts Debian's Postfix on loopback with one smtpd a name, each with settings and a port of its own. It has a folder
 * of its own for settings, queue and data, takes mail for everybody, delivers it to Maildirs there, and sends nothing on.
 * Dovecot answers logins. Beside `$own_certificate`, settings may name `$strange_certificate`, which nobody trusts, and
 * `$foreign_certificate`, which is trusted and for another name. What is accepted for `unknownAt`, a domain, comes back.
 */
export const startPostfix = <Name extends string>(
  services: Readonly<Record<Name, SmtpdSettings>>,
  dovecot: Dovecot,
  { unknownAt }: { unknownAt?: string } = {},
): Promise<Postfix<Name>> =>
  onFreePorts(Object.keys(services) as Name[], (ports) => startOn(ports, services, dovecot, unknownAt))

async function startOn<Name extends string>(
  ports: Ports<Name>,
  services: Readonly<Record<Name, SmtpdSettings>>,
  dovecot: Dovecot,
  unknownAt: string | undefined,
): Promise<Postfix<Name>> {
  const folder = await openFolder('postfix')
  const everybody = join(folder, 'mail', 'all')
  const names = Object.keys(services) as Name[]
  for (const name of ['settings', 'queue', 'mail']) await mkdir(join(folder, name))
  await chown(join(folder, 'mail'), MAIL_OWNER, MAIL_OWNER)
  const inboxes = dovecot.users.map((user) => `${user} ${dovecot.maildirOf(user)}/\n`)
  await writeFile(join(folder, 'settings', 'inboxes'), inboxes.join(''))
  await writeFile(join(folder, 'settings', 'refused'), `/^${REFUSED_WORD}/ REJECT\n`)
  await writeFile(join(folder, 'settings', 'main.cf'), mainSettings(folder, `${everybody}/`, dovecot))
  const unknown = unknownAt ? `${unknownAt} error:5.1.1 Nobody has this address\n` : ''
  await writeFile(join(folder, 'settings', 'transports'), unknown)
  const smtpds = names.map((name) => smtpdLine(ports[name], name, services[name]))
  await writeFile(join(folder, 'settings', 'master.cf'), [...PARTS, ...smtpds].map((line) => `${line}\n`).join(''))
  const config = '-c "$FOLDER/settings"'
  const held = await holdServer({ start: `postfix ${config} start`, stop: `postfix ${config} stop`, folder })

  const isDelivered = async () => {
    const found = await Promise.all(QUEUES.map((name) => filesIn(join(folder, 'queue', name))))
    return found.every((count) => count === 0)
  }
  const deliverAll = async () => {
    while (!(await isDelivered())) await sleep(50)
  }
  return {
    ports,
    arrived: async () => {
      await deliverAll()
      return readMaildir(everybody)
    },
    forget: async () => {
      await deliverAll()
      await clearMaildir(everybody)
    },
    log: () => readFileSync(join(folder, 'mail.log'), 'utf8'),
    close: held.stop,
  }
}

/** Queue files below a folder of the queue; those that an SMTP client left half-way among them, for a moment. */
async function filesIn(path: string): Promise<number> {
  const found = await readdir(path, { withFileTypes: true, recursive: true }).catch(() => [])
  return found.filter((entry) => entry.isFile()).length
}

const mainSettings = (folder: string, everybody: string, { authSocket, certificate }: Dovecot) => `
compatibility_level = 3.6
queue_directory = ${folder}/queue
data_directory = ${folder}/data
maillog_file = ${folder}/mail.log
maillog_file_prefixes = ${folder}
myhostname = mx.customer.example
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks =
mydestination =
alias_maps =
alias_database =
default_transport = error:nothing leaves this machine
relay_transport = error:nothing leaves this machine
transport_maps = texthash:${folder}/settings/transports
local_header_rewrite_clients =
smtpd_peername_lookup = no
smtpd_client_connection_count_limit = 0
smtpd_client_event_limit_exceptions =
default_process_limit = 200
anvil_rate_time_unit = 1s
body_checks = regexp:${folder}/settings/refused
virtual_mailbox_domains = static:everybody
virtual_mailbox_maps = texthash:${folder}/settings/inboxes, static:${everybody}
virtual_mailbox_base = /
virtual_uid_maps = static:${MAIL_OWNER}
virtual_gid_maps = static:${MAIL_OWNER}
virtual_minimum_uid = 1
own_certificate = ${chainOf(certificate)}
strange_certificate = ${chainOf(makeCertificate(`${folder}/settings`, { name: 'strange', trusted: false }))}
foreign_certificate = ${chainOf(makeCertificate(`${folder}/settings`, { name: 'foreign', names: ['DNS:elsewhere.example'] }))}
smtpd_tls_chain_files = $own_certificate
smtpd_sasl_type = dovecot
smtpd_sasl_path = ${authSocket}
smtpd_relay_restrictions = reject_unauth_destination
`

const chainOf = ({ key, cert }: Certificate) => `${key}, ${cert}`

/** Parts of Postfix that take, sort and deliver. No `smtp` and no `pickup` among them. */
const PARTS = [
  'postlog unix-dgram n - n - 1 postlogd',
  'cleanup unix n - n - 0 cleanup',
  'qmgr unix n - n 300 1 qmgr',
  'tlsmgr unix - - n 1000? 1 tlsmgr',
  'rewrite unix - - n - - trivial-rewrite',
  'bounce unix - - n - 0 bounce',
  'defer unix - - n - 0 bounce',
  'trace unix - - n - 0 bounce',
  'proxymap unix - - n - - proxymap',
  'error unix - - n - - error',
  'retry unix - - n - - error',
  'virtual unix - n n - - virtual',
  'anvil unix - - n - 1 anvil',
]

function smtpdLine(port: number, name: string, settings: SmtpdSettings): string {
  const options = Object.entries({ syslog_name: name, ...settings }).map(([key, value]) => `-o { ${key} = ${value} }`)
  return [`127.0.0.1:${port} inet n - n - - smtpd`, ...options].join(' ')
}
