import { afterEach, describe, expect, it } from 'vitest'
import { judge } from '@/domain/delivery/outcome'
import type { SmtpAccount } from '@/mail/mailer'
import { createSmtpMailer } from '@/mail/smtp-mailer'
import { type Script, startScriptedSmtp } from '../../support/servers/scripted-smtp'
import { startSmtpSink } from '../../support/servers/smtp-sink'

const MAIL = {
  envelope: { from: 'sales@nexa.example', to: 'ada@customer.example' },
  raw: Buffer.from('Subject: Hello\r\n\r\nHello\r\n'),
}

describe('the connections of an account', () => {
  const closing: (() => unknown)[] = []
  afterEach(async () => {
    for (const close of closing.splice(0)) await close()
  })
  const accountAt = (port: number, account: Partial<SmtpAccount>): SmtpAccount => ({
    host: '127.0.0.1',
    port,
    allowPrivate: true,
    security: 'none',
    greetingName: 'crm.nexa.example',
    maxConnections: 2,
    ...account,
  })
  const open = async (script: Script, account: Partial<SmtpAccount>) => {
    const server = await startScriptedSmtp(script)
    const mailer = createSmtpMailer()
    closing.push(() => mailer.close(), server.close)
    return { server, mailer, account: accountAt(server.port, account) }
  }

  it('a server that says 421 to one of two connections and takes no fresh one has refused no email: the other goes on', async () => {
    const used = new Set<number>()
    const { server, mailer, account } = await open(
      (command, { connection }) => {
        if (command === 'CONNECT' && connection > 2) return '421 4.7.0 Too many connections'
        if (!command.startsWith('MAIL')) return undefined
        if (used.has(connection) && used.size === 1) return '421 4.7.0 Too many messages in this connection'
        used.add(connection)
        return undefined
      },
      { maxConnections: 2 },
    )
    await expect(mailer.ready(account, 2)).resolves.toEqual({ connections: 2 })
    expect(await mailer.send(account, MAIL)).toMatchObject({ kind: 'accepted' })
    let begun = 0
    expect(await mailer.send(account, MAIL, { mayBegin: () => true, onBegun: () => begun++ })).toEqual({
      kind: 'not_begun',
    })
    expect(begun).toBe(1)
    expect(await mailer.send(account, MAIL)).toMatchObject({ kind: 'accepted' })
    expect([server.connections(), server.accepted()]).toEqual([3, 2])
    await expect(mailer.ready(account, 2)).resolves.toEqual({ connections: 1, limit: 1 })
  })

  it.each([
    ['a refused connection', { CONNECT: '421 4.7.0 Too many connections' }],
    ['a closed one', { CONNECT: 'drop' }],
    ['a refused login', { AUTH: '454 4.7.0 Too many logins' }],
  ])('%s beside others that work tells how many there are, once, and is no failure', async (_what, replies) => {
    const { server, mailer, account } = await open(
      (command, { connection }) => {
        if (command.startsWith('EHLO')) return '250-scripted\r\n250 AUTH PLAIN'
        if (command.startsWith('AUTH') && connection <= 3) return '235 2.7.0 Welcome'
        const [at, reply] = Object.entries(replies)[0] ?? []
        return connection > 3 && at && command.startsWith(at) ? reply : undefined
      },
      { maxConnections: 9, user: 'ada', password: 'secret' },
    )
    await expect(mailer.ready(account, 9)).resolves.toEqual({ connections: 3, limit: 3 })
    await expect(mailer.ready(account, 3)).resolves.toEqual({ connections: 3 })
    // One, one, and of two one; nothing is tried where the caller wants no more.
    expect(server.connections()).toBe(4)
    mailer.release(account)
    await expect(mailer.ready(account, 3)).resolves.toMatchObject({ failure: expect.anything() })
  })

  it('the answer to a message that was handed over is waited for beyond the deadline, and held where none comes', async () => {
    const sink = await startSmtpSink()
    const mailer = createSmtpMailer({ deadlineMs: 3_000 })
    closing.push(() => mailer.close(), sink.close)
    const account = accountAt(sink.port, {})
    const letGo = Promise.withResolvers<void>()
    closing.push(letGo.resolve)
    sink.behave = (to) =>
      to === MAIL.envelope.to ? { at: 'data', delayMs: 4_000 } : { at: 'data', until: letGo.promise }
    const silent = { ...MAIL, envelope: { ...MAIL.envelope, to: 'ben@customer.example' } }
    const [late, never] = await Promise.all([mailer.send(account, MAIL), mailer.send(account, silent)])
    expect(late).toMatchObject({ kind: 'accepted' })
    expect(judge(never)).toEqual({
      kind: 'held',
      reason: 'The message was handed over, but no answer to it came: waited for 15 s',
    })
  })

  describe('emails that wait for a connection', () => {
    const hooks = { mayBegin: () => true, onBegun: () => undefined }
    const mailTo = (name: string) => ({ ...MAIL, envelope: { ...MAIL.envelope, to: `${name}@customer.example` } })
    /** One connection of three, on which a first email waits for its answer. */
    async function inUse(patienceMs: number) {
      const sink = await startSmtpSink()
      const mailer = createSmtpMailer({ patienceMs })
      const letGo = Promise.withResolvers<void>()
      closing.push(() => mailer.close(), sink.close, letGo.resolve)
      sink.behave = (to) => (to.startsWith('first') ? { at: 'data', until: letGo.promise } : undefined)
      const account = accountAt(sink.port, { maxConnections: 3 })
      await expect(mailer.ready(account, 1)).resolves.toEqual({ connections: 1 })
      const first = mailer.send(account, mailTo('first'), hooks)
      return { sink, mailer, account, first, letGo: letGo.resolve }
    }

    it('take the one that comes free, whoever waits longest first, and it counts as free in a moment', async () => {
      const { sink, mailer, account, first, letGo } = await inUse(60_000)
      await expect(mailer.ready(account, 1, 1)).resolves.toEqual({ connections: 1 })
      const others = ['second', 'third', 'fourth'].map((name) => mailer.send(account, mailTo(name), hooks))
      // It goes from hand to hand and nobody has it free; whoever asks next may stand in line.
      const inLine = mailer.ready(account, 1)
      letGo()
      await expect(inLine).resolves.toEqual({ connections: 1 })
      for (const outcome of await Promise.all([first, ...others])) expect(outcome).toMatchObject({ kind: 'accepted' })
      expect(sink.received.map(({ to }) => to.split('@')[0])).toEqual(['first', 'second', 'third', 'fourth'])
      expect(sink.connections).toBe(1)
    })

    it('are not begun where none comes free, and open none beside those that are in use', async () => {
      const { sink, mailer, account, first, letGo } = await inUse(20)
      expect(await mailer.send(account, mailTo('second'), hooks)).toEqual({ kind: 'not_begun' })
      expect(sink.connections).toBe(1)
      letGo()
      expect(await first).toMatchObject({ kind: 'accepted' })
    })
  })

  it('where the last connection closes, one email that waits opens another and the others are not begun', async () => {
    const { server, mailer, account } = await open(
      (command, { connection }) => (connection === 1 && command.startsWith('DATA') ? 'drop' : undefined),
      { maxConnections: 5 },
    )
    await mailer.ready(account, 1)
    const hooks = { mayBegin: () => true, onBegun: () => undefined }
    const outcomes = await Promise.all([1, 2, 3, 4].map(() => mailer.send(account, MAIL, hooks)))
    expect(outcomes.map(({ kind }) => kind)).toEqual(['broken', 'accepted', 'not_begun', 'not_begun'])
    expect(server.connections()).toBe(2)
  })
})
