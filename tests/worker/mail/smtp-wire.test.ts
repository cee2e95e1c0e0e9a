import { afterEach, describe, expect, it } from 'vitest'
import { judge, type SmtpOutcome } from '@/domain/delivery/outcome'
import type { SmtpAccount } from '@/mail/mailer'
import { createSmtpMailer } from '@/mail/smtp-mailer'
import { type Script, startScriptedSmtp } from '../../support/servers/scripted-smtp'

const MAIL = {
  envelope: { from: 'sales@nexa.example', to: 'ada@customer.example' },
  raw: Buffer.from('Subject: Hello\r\n\r\nHello\r\n'),
}

/** From bytes on the wire to the verdict: which phase it was, and whose failure. */
describe('what happens on the wire', () => {
  const closing: (() => unknown)[] = []
  afterEach(async () => {
    for (const close of closing.splice(0)) await close()
  })
  const open = async (script: Script, account: Partial<SmtpAccount> = {}) => {
    const server = await startScriptedSmtp(script)
    const mailer = createSmtpMailer()
    closing.push(() => mailer.close(), server.close)
    const full: SmtpAccount = {
      host: '127.0.0.1',
      port: server.port,
      security: 'none',
      allowPrivate: true,
      greetingName: 'crm.nexa.example',
      maxConnections: 1,
      ...account,
    }
    return { server, send: () => mailer.send(full, MAIL), ready: () => mailer.ready(full, 1) }
  }
  const verdictOf = (outcome: SmtpOutcome) => {
    const verdict = judge(outcome)
    return verdict.kind === 'mailbox' ? verdict.action : verdict.kind
  }

  it.each([
    ['CONNECT', 'cool_down'],
    ['EHLO', 'cool_down'],
    ['MAIL', 'cool_down'],
    ['RCPT', 'retry'],
    ['DATA', 'retry'],
    ['.', 'held'],
  ])('a connection that ends at %s: %s', async (at, expected) => {
    const { send } = await open((command) => (command.startsWith(at) ? 'drop' : undefined))
    expect(verdictOf(await send())).toBe(expected)
  })

  it.each([
    ['CONNECT', '554 5.7.1 not you', 'cool_down'],
    ['CONNECT', '421 busy', 'cool_down'],
    ['MAIL', '421 4.7.0 slower', 'cool_down'],
    ['MAIL', '550 5.1.0 sender', 'stop'],
    ['RCPT', '421 4.7.0 slower', 'cool_down'],
    ['RCPT', '550 5.1.1 unknown', 'failed'],
    ['RCPT', '451 later', 'retry'],
    ['DATA', '421 4.7.0 slower', 'cool_down'],
    ['DATA', '554 5.7.1 no', 'failed'],
    ['.', '421 4.7.0 slower', 'cool_down'],
    ['.', '552 5.3.4 too big', 'failed'],
    ['MAIL', '552 5.3.4 too big', 'failed'],
    ['.', '550 5.7.1 spam', 'failed'],
    ['.', '550-5.4.5 Daily user sending\r\n550 5.4.5 limit exceeded', 'next_day'],
  ])('at %s: "%s": %s', async (at, reply, expected) => {
    const { send } = await open((command) => (command.startsWith(at) ? reply : undefined))
    expect(verdictOf(await send())).toBe(expected)
  })

  it('a server that refuses the sender or the recipient, and says yes to what was sent along, has accepted nothing', async () => {
    for (const at of ['MAIL', 'RCPT']) {
      const { send } = await open((command) => {
        if (command === '.') return 'drop'
        return command.startsWith(at) ? '450 4.3.0 later' : undefined
      })
      expect(verdictOf(await send())).toBe(at === 'MAIL' ? 'cool_down' : 'retry')
    }
  })

  it('a mail whose answer is lost on a connection that has refused the one before is held, and not handed over again', async () => {
    let mails = 0
    const { server, send, ready } = await open((command) => {
      if (command.startsWith('MAIL')) mails++
      if (mails === 2 && command.startsWith('RCPT')) return '550 5.1.1 unknown'
      if (mails === 2 && command === 'DATA') return '503 5.5.1 no recipient'
      return mails === 3 && command === '.' ? 'drop' : undefined
    })
    expect(verdictOf(await send())).toBe('sent')
    await expect.poll(ready).toEqual({ connections: 1 })
    expect(verdictOf(await send())).toBe('failed')
    await expect.poll(ready).toEqual({ connections: 1 })
    expect(verdictOf(await send())).toBe('held')
    expect([mails, server.connections(), server.accepted()]).toEqual([3, 1, 1])
  })

  it('a server that takes two mails a connection and then says 421 gets a fresh one for each further two', async () => {
    const { server, send } = await open((command, { mails }) =>
      command.startsWith('MAIL') && mails === 2 ? '421 4.7.0 Too many messages in this connection' : undefined,
    )
    for (let mail = 0; mail < 6; mail++) expect(verdictOf(await send())).toBe('sent')
    expect(server.connections()).toBe(3)
    expect(server.accepted()).toBe(6)
  })

  it('a server that says 421 to a fresh connection as well is left alone', async () => {
    let full = false
    const { server, send } = await open((command) => (full && command.startsWith('MAIL') ? '421 busy' : undefined))
    expect(verdictOf(await send())).toBe('sent')
    full = true
    expect(verdictOf(await send())).toBe('cool_down')
    expect(server.connections()).toBe(2)
  })

  it.each([
    ['not offered', '250 scripted', undefined],
    ['refused', '250-scripted\r\n250 STARTTLS', '454 4.7.0 TLS not available due to local problem'],
    ['broken', '250-scripted\r\n250 STARTTLS', '220 go on'],
  ])('encryption that is %s is a failure of the mailbox, and the password stays here', async (_how, ehlo, answer) => {
    const said: string[] = []
    const { ready } = await open(
      (command) => {
        said.push(command)
        if (command.startsWith('EHLO')) return ehlo
        if (command !== 'STARTTLS') return undefined
        // What follows is no TLS: the server hangs up as a real one would.
        if (answer?.startsWith('220')) setImmediate(() => closing[1]?.())
        return answer ?? '502 5.5.1 Not implemented'
      },
      { security: 'starttls', user: 'ada', password: 'secret' },
    )
    const outcome = await ready()
    expect('failure' in outcome && verdictOf(outcome.failure)).toBe('cool_down')
    // It came as far as that, and no further.
    expect(said.some((line) => line.startsWith('EHLO'))).toBe(true)
    expect(said.join('\n')).not.toContain('AUTH')
  })

  it.each([
    ['535 5.7.8 Username and Password not accepted', 'stop'],
    ['503 5.5.1 Error: authentication not enabled', 'stop'],
    ['454 4.7.0 Temporary authentication failure', 'cool_down'],
    ['421 4.7.0 Too many login attempts', 'cool_down'],
  ])('a login answered with "%s": %s', async (reply, expected) => {
    const { ready } = await open(
      (command) => {
        if (command.startsWith('EHLO')) return '250-x\r\n250 AUTH PLAIN'
        return command.startsWith('AUTH') ? reply : undefined
      },
      { user: 'ada', password: 'secret' },
    )
    const outcome = await ready()
    expect('failure' in outcome && verdictOf(outcome.failure)).toBe(expected)
  })

  it('a host that does not exist and a port where nobody listens are failures of the mailbox', async () => {
    const unknown = await open(() => undefined, { host: 'no-such-host.invalid' })
    expect(verdictOf(await unknown.send())).toBe('cool_down')
    const { server, send } = await open(() => undefined)
    await server.close()
    expect(verdictOf(await send())).toBe('cool_down')
  })

  it('greets with the name of its account', async () => {
    const said: string[] = []
    const { send } = await open((command) => void said.push(command), { greetingName: 'crm.nexa.example' })
    expect(verdictOf(await send())).toBe('sent')
    expect(said.filter((command) => command.startsWith('EHLO'))).toEqual(['EHLO crm.nexa.example'])
  })

  it.each([
    ['only after encryption', '250-scripted\r\n250 STARTTLS', 'choose STARTTLS'],
    ['not at all', '250 scripted', 'offers no login'],
  ])('a login that is offered %s is not tried: no password leaves', async (_how, ehlo, words) => {
    const said: string[] = []
    const { ready } = await open(
      (command) => {
        said.push(command)
        return command.startsWith('EHLO') ? ehlo : undefined
      },
      { user: 'ada', password: 'secret' },
    )
    const outcome = await ready()
    expect('failure' in outcome && outcome.failure).toMatchObject({ kind: 'refused', phase: 'auth' })
    expect('failure' in outcome && outcome.failure.kind === 'refused' && outcome.failure.response).toContain(words)
    expect('failure' in outcome && verdictOf(outcome.failure)).toBe('stop')
    expect(said.filter((command) => command.startsWith('AUTH'))).toEqual([])
  })

  it.each(['stays', 'ends'])(
    'an email refused in one breath with the go-ahead for it is refused, not in doubt, where the connection %s',
    async (connection) => {
      const both = '354 go on\r\n550 5.7.1 content refused'
      const { send } = await open((command) => {
        if (command === 'DATA') return connection === 'ends' ? { last: both } : both
        return command === '.' ? 'drop' : undefined
      })
      expect(verdictOf(await send())).toBe('failed')
    },
  )
})
