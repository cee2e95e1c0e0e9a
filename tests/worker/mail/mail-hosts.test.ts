import { createServer, type Server } from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { SmtpAccount } from '@/mail/mailer'
import { createSmtpMailer } from '@/mail/smtp-mailer'

let server: Server
let port: number
let connections = 0
const said: string[] = []
beforeAll(async () => {
  // Takes every connection, greets, and writes down what it hears.
  server = createServer((socket) => {
    connections += 1
    socket.on('error', () => undefined)
    socket.write('220 inner\r\n')
    socket.on('data', (data) => {
      said.push(data.toString())
      socket.write(data.toString().startsWith('EHLO') ? '250-inner\r\n250 AUTH PLAIN\r\n' : '235 2.7.0 ok\r\n')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  port = typeof address === 'object' && address ? address.port : 0
})
afterAll(() => new Promise((resolve) => server.close(resolve)))
afterEach(() => {
  connections = 0
  said.length = 0
})

async function open(account: Partial<SmtpAccount>) {
  const mailer = createSmtpMailer({ deadlineMs: 20_000 })
  const full = {
    host: '127.0.0.1',
    port,
    security: 'none' as const,
    greetingName: 'crm.nexa.example',
    maxConnections: 1,
  }
  try {
    return await mailer.ready({ ...full, ...account }, 1)
  } finally {
    mailer.close()
  }
}

describe('a mail server', () => {
  it.each(['127.0.0.1', '::1', 'localhost', '169.254.169.254', '10.0.0.5', '::ffff:127.0.0.1'])(
    'that is no public one is not connected to: %s',
    async (host) => {
      expect(await open({ host })).toEqual({
        failure: { kind: 'broken', phase: 'connect', error: expect.stringMatching(/is not a public address$/) },
      })
      expect(connections).toBe(0)
    },
  )

  it.each(['127.0.0.1', 'localhost'])('in this network is, where that is allowed: %s', async (host) => {
    expect(await open({ host, allowPrivate: true })).toEqual({ connections: 1 })
    expect(connections).toBe(1)
  })

  it('gets a password unencrypted on this machine, whatever it is called', async () => {
    const login = { user: 'sam', password: 'secret', allowPrivate: true }
    expect(await open({ host: 'localhost', ...login })).toEqual({ connections: 1 })
    expect(said.some((line) => line.startsWith('AUTH PLAIN'))).toBe(true)
  })
})
