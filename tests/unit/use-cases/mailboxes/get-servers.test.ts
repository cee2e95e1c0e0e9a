import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { MailServer } from '@/domain/mailbox/presets/preset'
import { createDnsLookup } from '@/mail/dns-lookup'
import { getServers, type ServerSearch } from '@/use-cases/mailboxes/get-servers'
import { FAILS, startNameServer } from '../../../support/servers/name-server'

const CONFIG = {
  appUrl: 'http://localhost:3000',
  encryptionKey: '',
  consentKey: '',
  smtpUrl: 'smtp://127.0.0.1:25',
  sandbox: true,
  queueSchema: 'pgboss',
  allowPrivateMailHosts: false,
  oauthClients: {},
  leadSources: { keys: {}, sample: false },
}
const SMTP: MailServer = { host: 'out.nexa.dev', port: 465, security: 'tls' }
const IMAP: MailServer = { host: 'in.nexa.dev', port: 993, security: 'tls' }
const line = (server: MailServer | null | undefined) => server && `${server.host}:${server.port} ${server.security}`

describe('the servers of an address', () => {
  let names: Awaited<ReturnType<typeof startNameServer>>
  let asked: string[]
  /** Names that greet, as "smtp mail.nexa.dev:587". */
  let greeting: string[]
  /** What is published, by address. */
  let published: Record<string, Awaited<ReturnType<ServerSearch['autoconfig']>>>
  beforeEach(async () => {
    names = await startNameServer({ 'nexa.dev': { mx: [{ priority: 5, exchange: 'mx1.nexa.dev' }] } })
    asked = []
    greeting = []
    published = {}
  })
  afterEach(() => names.close())
  const search = (): ServerSearch => ({
    dns: createDnsLookup({ servers: [names.server] }),
    autoconfig: async (url) => {
      asked.push(url.host)
      return published[url.host] ?? null
    },
    greets: async (kind, { host, port }) => {
      asked.push(`${kind} ${host}:${port}`)
      return greeting.includes(`${kind} ${host}:${port}`)
    },
  })
  const find = async (address = 'sam@nexa.dev') => {
    const { servers, ...provider } = await getServers({ config: CONFIG }, { address }, search())
    const found = servers && [servers.origin, line(servers.smtp), line(servers.imap), servers.user]
    return { provider, found }
  }
  const OWN = ['autoconfig.nexa.dev', 'nexa.dev']

  it('are those of a provider that is known, by domain or by MX, and nobody else is asked', async () => {
    expect((await find('sam@gmail.com')).provider).toMatchObject({ found: { name: 'Google' } })
    expect(names.asked).toEqual([])
    names.zone['nexa.dev'] = { mx: [{ priority: 1, exchange: 'aspmx.l.google.com' }] }
    expect(await find()).toMatchObject({ provider: { found: { name: 'Google' } }, found: null })
    expect(asked).toEqual([])
  })

  it('are those that the domain publishes itself, before Mozilla’s list', async () => {
    published = { 'nexa.dev': { smtp: SMTP, imap: IMAP, user: 'sam' }, 'autoconfig.thunderbird.net': null }
    expect((await find()).found).toEqual(['autoconfig', 'out.nexa.dev:465 tls', 'in.nexa.dev:993 tls', 'sam'])
    expect(asked).toEqual(OWN)
  })

  it('are those of Mozilla’s list, before the records', async () => {
    published = { 'autoconfig.thunderbird.net': { smtp: SMTP, imap: IMAP, user: null } }
    expect((await find()).found?.[0]).toBe('provider_list')
    expect(asked).toEqual([...OWN, 'autoconfig.thunderbird.net'])
    expect(names.asked.some((question) => question.startsWith('srv'))).toBe(false)
  })

  it('are those of the records, TLS before STARTTLS, by priority and weight, and a lone dot names none', async () => {
    names.zone['_submissions._tcp.nexa.dev'] = {
      srv: [
        { priority: 10, weight: 1, port: 465, host: 'b.nexa.dev' },
        { priority: 5, weight: 1, port: 465, host: 'light.nexa.dev' },
        { priority: 5, weight: 9, port: 4650, host: 'Heavy.nexa.dev' },
      ],
    }
    names.zone['_submission._tcp.nexa.dev'] = { srv: [{ priority: 0, weight: 0, port: 587, host: 'c.nexa.dev' }] }
    names.zone['_imaps._tcp.nexa.dev'] = { srv: [{ priority: 0, weight: 0, port: 993, host: 'in.nexa.dev' }] }
    expect((await find()).found).toEqual(['service_records', 'heavy.nexa.dev:4650 tls', 'in.nexa.dev:993 tls', null])
    names.zone['_submissions._tcp.nexa.dev'] = { srv: [{ priority: 0, weight: 0, port: 0, host: '.' }] }
    expect((await find()).found?.[1]).toBe('c.nexa.dev:587 starttls')
    names.zone['_submissions._tcp.nexa.dev'] = FAILS
    expect((await find()).found?.[1]).toBe('c.nexa.dev:587 starttls')
  })

  it('are the usual names that greet where nobody names any, the likeliest first', async () => {
    greeting = ['smtp mail.nexa.dev:587', 'smtp mx1.nexa.dev:465', 'imap mx1.nexa.dev:993', 'imap mail.nexa.dev:143']
    expect((await find()).found).toEqual(['usual_names', 'mx1.nexa.dev:465 tls', 'mx1.nexa.dev:993 tls', null])
    greeting = []
    expect(await find()).toEqual({ provider: { found: null, because: 'own_server' }, found: null })
  })

  it('are put together where one way leaves a server open', async () => {
    published = { 'autoconfig.nexa.dev': { smtp: SMTP, imap: null, user: 'sam' } }
    greeting = ['imap imap.nexa.dev:993', 'smtp smtp.nexa.dev:465']
    expect((await find()).found).toEqual(['autoconfig', 'out.nexa.dev:465 tls', 'imap.nexa.dev:993 tls', 'sam'])
  })

  it('are not asked of names outside the domain, however its MX records are called', async () => {
    names.zone['nexa.dev'] = { mx: [{ priority: 5, exchange: 'mx.filter.example' }] }
    await find()
    expect(asked.filter((one) => one.includes('filter'))).toEqual([])
  })
})
