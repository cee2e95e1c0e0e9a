import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createServer as createTlsServer } from 'node:tls'
import { afterEach, expect, it } from 'vitest'
import { createGreets } from '@/mail/greeting'
import { makeCertificate } from '../../support/mail-servers/certificate'

const open: Server[] = []
const sockets = new Set<Socket>()
afterEach(() => {
  for (const socket of sockets) socket.destroy()
  for (const server of open.splice(0)) server.close()
})

async function listening(server: Server): Promise<number> {
  open.push(server)
  server.on('connection', (socket) => sockets.add(socket.on('error', () => undefined)))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}
const saying = (greeting: string) => listening(createServer((socket) => socket.write(greeting)))
const greets = createGreets({ allowPrivate: true, timeoutMs: 2_000 })
const at = (port: number, security: 'tls' | 'starttls', host = '127.0.0.1') => ({ host, port, security })

it('a mail server of its kind greets, another does not, and a silent one is not waited for', async () => {
  const [smtp, imap] = [await saying('220 mx.nexa.example ESMTP\r\n'), await saying('* OK ready\r\n')]
  expect(await greets('smtp', at(smtp, 'starttls'))).toBe(true)
  expect(await greets('imap', at(imap, 'starttls'))).toBe(true)
  expect(await greets('imap', at(smtp, 'starttls'))).toBe(false)
  expect(await greets('smtp', at(imap, 'starttls'))).toBe(false)
  expect(await greets('smtp', at(await saying('HTTP/1.1 400 Bad Request\r\n'), 'starttls'))).toBe(false)
  const silent = await listening(createServer())
  expect(await createGreets({ allowPrivate: true, timeoutMs: 50 })('smtp', at(silent, 'starttls'))).toBe(false)
})

it('over TLS it needs a certificate of its name', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'leadnexconnect-greeting-'))
  const { key, cert } = makeCertificate(folder, { names: ['DNS:localhost'] })
  const options = { key: await readFile(key), cert: await readFile(cert) }
  const port = await listening(createTlsServer(options, (socket) => socket.write('* OK ready\r\n')))
  expect(await greets('imap', at(port, 'tls', 'localhost'))).toBe(true)
  expect(await greets('imap', at(port, 'tls'))).toBe(false)
  await rm(folder, { recursive: true, force: true })
})

it('nobody in this machine’s own network is connected to, unless that is allowed', async () => {
  let connections = 0
  const port = await listening(createServer(() => connections++))
  for (const host of ['127.0.0.1', 'localhost'])
    expect(await createGreets({ allowPrivate: false })('smtp', at(port, 'starttls', host))).toBe(false)
  expect(connections).toBe(0)
})
