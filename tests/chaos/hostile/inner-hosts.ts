import { createServer, type Server } from 'node:net'
import { z } from 'zod'
import { ApiClient } from '@/lead-sources/http/api-client'
import { SourceError } from '@/lead-sources/types'
import { openImapMailbox } from '@/mail/imap/open-imap-mailbox'
import { createSmtpMailer } from '@/mail/smtp-mailer'
import { freePort } from '../../../scripts/lib/ports'
import { answerWith, stayOnLoopback, wanted } from '../support/on-loopback'
import { atLeast, exactly, type Figure } from '../support/report'

/** Ways to write an address inside of a network, and names that lead to one; each look-up takes the next address. */
const VECTORS: readonly (readonly [host: string, ...addresses: string[]])[] = [
  ['127.0.0.1'],
  ['127.1'],
  ['127.0.1'],
  ['127.255.255.254'],
  ['0'],
  ['0.0.0.0'],
  ['2130706433'],
  ['0x7f000001'],
  ['0x7f.1'],
  ['017700000001'],
  ['0177.0.0.1'],
  ['localhost'],
  ['LOCALHOST'],
  ['localhost.'],
  ['::1'],
  ['[::1]'],
  ['::'],
  ['::ffff:127.0.0.1'],
  ['::ffff:7f00:1'],
  ['::127.0.0.1'],
  ['64:ff9b::7f00:1'],
  ['2002:7f00:1::'],
  ['fe80::1'],
  ['fc00::1'],
  ['fd12:3456::1'],
  ['10.0.0.5'],
  ['172.16.0.1'],
  ['172.31.255.255'],
  ['192.168.1.1'],
  ['100.64.0.1'],
  ['169.254.169.254'],
  ['198.18.0.1'],
  ['224.0.0.1'],
  ['255.255.255.255'],
  ['inner.customer.example', '127.0.0.1'],
  ['inner6.customer.example', '::1'],
  ['mapped.customer.example', '::ffff:127.0.0.1'],
  ['metadata.customer.example', '169.254.169.254'],
  ['private.customer.example', '10.1.2.3'],
  ['unique.customer.example', 'fd00::5'],
  // Public when it is looked at, inside when it is connected to: unless what was looked at is what is connected to.
  ['rebinding.customer.example', '93.184.215.14', '127.0.0.1'],
  ['rebinding6.customer.example', '2606:2800:21f:cb07:6820:80da:af6b:8b2c', '::1'],
]

/** Asks for each by every door through which a person can name a host. Nobody may be reached. */
export async function knockInside(): Promise<{ figures: Figure[]; counts: Record<string, number> }> {
  stayOnLoopback()
  const port = await freePort()
  let connections = 0
  const listen = async (host: string): Promise<Server> => {
    const server = createServer((socket) => {
      connections++
      socket.destroy()
    })
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve))
    return server
  }
  const servers = (await Promise.allSettled([listen('127.0.0.1'), listen('::1')])).flatMap((one) =>
    one.status === 'fulfilled' ? [one.value] : [],
  )
  const before = wanted.length
  let answered = 0
  let brought = 0
  try {
    for (const [host, ...addresses] of VECTORS) {
      for (const knock of DOORS) {
        // From the first address on, for each door.
        if (addresses.length > 0) answerWith(host, addresses)
        const [knocked] = await Promise.allSettled([knock(host, port)])
        if (knocked.status === 'fulfilled') answered++
      }
    }
    brought = connections
    // What would be seen of one that is let through.
    await knockAt('127.0.0.1', port, true).catch(() => undefined)
  } finally {
    await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))))
  }
  const inner = wanted.slice(before).filter((address) => !PUBLIC.has(address))
  return {
    figures: [
      exactly('ways to name a host inside of the network', VECTORS.length, 42),
      exactly('connections that they brought about on this machine', brought, 0),
      atLeast('connections where this machine is allowed', connections - brought, 1),
      exactly('connections that they wanted elsewhere inside', inner.length, 0),
      exactly('answers', answered, 0),
    ],
    counts: { 'doors that a host was named at': DOORS.length },
  }
}

// Where the names lead that change afterwards: nobody is reached there from here, and it may be tried.
const PUBLIC = new Set(VECTORS.filter(([, ...addresses]) => addresses.length > 1).map(([, first]) => first))

async function knockAt(host: string, port: number, allowPrivate: boolean): Promise<void> {
  const mailer = createSmtpMailer({ deadlineMs: 5_000 })
  try {
    const account = { host, port, security: 'none' as const, greetingName: 'crm.nexa.example', maxConnections: 1 }
    const ready = await mailer.ready({ ...account, allowPrivate }, 1)
    if ('failure' in ready) throw new Error('refused')
  } finally {
    mailer.close()
  }
}

const DOORS: readonly ((host: string, port: number) => Promise<unknown>)[] = [
  (host, port) => knockAt(host, port, false),
  (host, port) => openImapMailbox({ host, port, security: 'tls', user: 'u', password: 'p' }),
  (host, port) => openImapMailbox({ host, port, security: 'none', user: 'u', password: 'p' }),
  async (host, port) => {
    const client = new ApiClient({
      label: 'Source',
      baseUrl: `http://${host.includes(':') && !host.startsWith('[') ? `[${host}]` : host}:${port}`,
      apiKey: 'k',
      headers: {},
      limits: { any: [{ requests: 100, seconds: 1 }] },
      toSourceError: () => new SourceError('outage', 'failed'),
      allowPrivate: false,
      retryOptions: { retries: 0 },
    })
    try {
      return await client.request({ limit: 'any', method: 'GET', path: '/', paid: false, schema: z.object({}) })
    } finally {
      await client.close()
    }
  },
]
