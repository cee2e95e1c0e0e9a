import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:https'
import { type AddressInfo, createServer as createTcpServer, type LookupFunction } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createAutoconfig, ownAutoconfigUrls, providerListUrl, serversOf } from '@/mail/autoconfig'
import { makeCertificate } from '../../support/mail-servers/certificate'

const ADDRESS = 'sam@nexa.test'
const server = (
  kind: string,
  type: string,
  host: string,
  port: number | string,
  socketType: string,
  user = '%EMAILADDRESS%',
) =>
  `<${kind} type="${type}"><hostname>${host}</hostname><port>${port}</port><socketType>${socketType}</socketType>
   <authentication>password-cleartext</authentication><username>${user}</username></${kind}>`
const config = (...servers: string[]) =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<clientConfig version="1.1"><emailProvider id="nexa.test"><domain>nexa.test</domain>
   ${servers.join('\n')}</emailProvider></clientConfig>`
const IMAP = server('incomingServer', 'imap', 'imap.nexa.test', 993, 'SSL')
const SMTP = server('outgoingServer', 'smtp', 'smtp.nexa.test', 587, 'STARTTLS')
const BOTH = {
  smtp: { host: 'smtp.nexa.test', port: 587, security: 'starttls' },
  imap: { host: 'imap.nexa.test', port: 993, security: 'tls' },
  user: ADDRESS,
}

describe('what a configuration names', () => {
  it('are its first servers with encryption, and who signs in', () => {
    const plain = server('incomingServer', 'imap', 'plain.nexa.test', 143, 'plain')
    const pop = server('incomingServer', 'pop3', 'pop.nexa.test', 995, 'SSL')
    const second = server('incomingServer', 'imap', 'second.nexa.test', 993, 'SSL')
    expect(serversOf(config(pop, plain, IMAP, second, SMTP), ADDRESS)).toEqual(BOTH)
    expect(serversOf(config(IMAP), ADDRESS)).toEqual({ ...BOTH, smtp: null })
  })

  it('is filled in with the parts of the address', () => {
    const own = server('outgoingServer', 'smtp', 'mail.%EMAILDOMAIN%', ' 465 ', 'ssl', '%EMAILLOCALPART%')
    expect(serversOf(config(own), ADDRESS)).toEqual({
      smtp: { host: 'mail.nexa.test', port: 465, security: 'tls' },
      imap: null,
      user: 'sam',
    })
  })

  it.each([
    ['no configuration', '<html><body>Not found</body></html>'],
    ['nothing', ''],
    ['servers without encryption', config(server('outgoingServer', 'smtp', 'smtp.nexa.test', 25, 'plain'))],
    ['a host that is no name', config(server('incomingServer', 'imap', 'a b.test/x', 993, 'SSL'))],
    ['an address in place of a name', config(server('incomingServer', 'imap', '169.254.169.254', 993, 'SSL'))],
    ['a port that is none', config(server('incomingServer', 'imap', 'imap.nexa.test', 99_999, 'SSL'))],
    ['an end that is missing', '<clientConfig><incomingServer type="imap"><hostname>imap.nexa.test'],
  ])('is nothing in %s', (_what, xml) => {
    expect(serversOf(xml, ADDRESS)).toBeNull()
  })
})

describe('a configuration on the web', () => {
  const here: LookupFunction = (_name, options, done) =>
    options.all ? done(null, [{ address: '127.0.0.1', family: 4 }]) : done(null, '127.0.0.1', 4)
  let folder: string
  let web: Server
  let port: number
  let asked: string[] = []
  let answer: { status: number; body: string; headers?: Record<string, string> } | null
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'leadnexconnect-autoconfig-'))
    const { key, cert } = makeCertificate(folder, { names: ['DNS:autoconfig.nexa.test', 'DNS:nexa.test'] })
    web = createServer({ key: await readFile(key), cert: await readFile(cert) }, ({ headers, url }, response) => {
      asked.push(`${headers.host?.split(':')[0]}${url}`)
      if (answer) response.writeHead(answer.status, answer.headers).end(answer.body)
    })
    await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve))
    port = (web.address() as AddressInfo).port
  })
  beforeEach(() => {
    asked = []
    answer = { status: 200, body: config(IMAP, SMTP) }
  })
  afterAll(async () => {
    web.closeAllConnections()
    web.close()
    await rm(folder, { recursive: true, force: true })
  })
  const ask = (url: URL, timeoutMs = 5_000) => createAutoconfig({ lookup: here, port, timeoutMs })(url, ADDRESS)
  const [own, wellKnown] = ownAutoconfigUrls('nexa.test', ADDRESS) as [URL, URL]

  it('is asked for over https, at both places of its domain', async () => {
    expect(await ask(own)).toEqual(BOTH)
    expect(await ask(wellKnown)).toEqual(BOTH)
    expect(asked).toEqual([
      'autoconfig.nexa.test/mail/config-v1.1.xml?emailaddress=sam%40nexa.test',
      'nexa.test/.well-known/autoconfig/mail/config-v1.1.xml?emailaddress=sam%40nexa.test',
    ])
    expect(providerListUrl('nexa.test').href).toBe('https://autoconfig.thunderbird.net/v1.1/nexa.test')
  })

  it('is nothing where it leads elsewhere, is refused, never ends, or its server bears another name', async () => {
    answer = { status: 302, body: '', headers: { location: wellKnown.href } }
    expect(await ask(own)).toBeNull()
    expect(asked).toHaveLength(1)
    answer = { status: 404, body: config(IMAP, SMTP) }
    expect(await ask(own)).toBeNull()
    answer = { status: 200, body: `${config(IMAP, SMTP)}${' '.repeat(70_000)}` }
    expect(await ask(own)).toBeNull()
    answer = { status: 200, body: config(IMAP, SMTP) }
    expect(await ask(new URL('https://elsewhere.test/mail/config-v1.1.xml'))).toBeNull()
    answer = null
    expect(await ask(own, 50)).toBeNull()
  })

  it('is never asked for in this machine’s own network', async () => {
    // A server of its own: to the other one a connection of an answer that never came may still be on its way.
    let connections = 0
    const nobody = createTcpServer((socket) => {
      connections++
      socket.destroy()
    })
    await new Promise<void>((resolve) => nobody.listen(0, '127.0.0.1', resolve))
    const pinned = createAutoconfig({ port: (nobody.address() as AddressInfo).port })
    expect(await pinned(new URL('https://localhost/mail/config-v1.1.xml'), ADDRESS)).toBeNull()
    expect(await pinned(new URL('https://127.0.0.1/mail/config-v1.1.xml'), ADDRESS)).toBeNull()
    await new Promise((resolve) => nobody.close(resolve))
    expect(connections).toBe(0)
  })
})
