import { afterEach, describe, expect, it } from 'vitest'
import { judge } from '@/domain/delivery/outcome'
import { createSmtpMailer } from '@/mail/smtp-mailer'
import { type Script, startScriptedSmtp } from '../../support/servers/scripted-smtp'

const MAIL = {
  envelope: {
    from: 'sales@nexa.example',
    to: 'ada@customer.example',
    further: ['ben@customer.example', 'cy@customer.example'],
  },
  raw: Buffer.from('Subject: Hello\r\n\r\nHello\r\n'),
}

describe.each([
  ['all at once', '250-scripted\r\n250 PIPELINING'],
  ['one after the other', '250 scripted'],
])('one email to several recipients, its commands sent %s', (_how, ehlo) => {
  const closing: (() => unknown)[] = []
  afterEach(async () => {
    for (const close of closing.splice(0)) await close()
  })
  const open = async (script: Script) => {
    const said: string[] = []
    const server = await startScriptedSmtp((command, session) => {
      said.push(command)
      return script(command, session) ?? (command.startsWith('EHLO') ? ehlo : undefined)
    })
    const mailer = createSmtpMailer()
    closing.push(() => mailer.close(), server.close)
    const account = { host: '127.0.0.1', port: server.port, security: 'none', allowPrivate: true } as const
    const send = () => mailer.send({ ...account, greetingName: 'crm.nexa.example', maxConnections: 1 }, MAIL)
    return { server, send, recipients: () => said.filter((command) => command.startsWith('RCPT')) }
  }
  const refuse = (names: readonly string[]) => (command: string) =>
    names.some((name) => command.startsWith(`RCPT TO:<${name}`))
      ? `550 5.1.1 <${command.slice(9, -1)}> unknown`
      : undefined

  it('goes out once, to all of them', async () => {
    const { server, send, recipients } = await open(() => undefined)
    expect(await send()).toEqual({ kind: 'accepted', response: '250 OK' })
    expect(recipients()).toEqual(['ada', 'ben', 'cy'].map((name) => `RCPT TO:<${name}@customer.example>`))
    expect(server.accepted()).toBe(1)
  })

  it.each([[['ada']], [['ben']], [['cy']], [['ada', 'ben']], [['ben', 'cy']]])(
    'those whom the server refuses (%s) are named, and the others get it',
    async (names) => {
      const { server, send } = await open(refuse(names))
      expect(await send()).toEqual({
        kind: 'accepted',
        response: '250 OK',
        refused: names.map((name) => {
          const address = `${name}@customer.example`
          return { address, code: 550, response: `550 5.1.1 <${address}> unknown` }
        }),
      })
      expect(server.accepted()).toBe(1)
    },
  )

  it('is refused where all of them are, and nothing is handed over', async () => {
    const { server, send } = await open((command) =>
      command === 'DATA' ? '503 5.5.1 no recipient' : refuse(['ada', 'ben', 'cy'])(command),
    )
    expect(judge(await send())).toMatchObject({ kind: 'failed', addressInvalid: true })
    expect(server.accepted()).toBe(0)
  })

  it.each([[[]], [['ada']], [['cy']]])(
    'is in doubt where the answer to it is lost, whoever was refused (%s)',
    async (names) => {
      const { send } = await open((command) => (command === '.' ? 'drop' : refuse(names)(command)))
      expect(judge(await send()).kind).toBe('held')
    },
  )

  it('can be tried again where the connection is lost before all replies to its recipients are in', async () => {
    const { send } = await open((command) => (command.startsWith('RCPT TO:<cy') ? 'drop' : undefined))
    expect(judge(await send()).kind).toBe('retry')
  })
})
