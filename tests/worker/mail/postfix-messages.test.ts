import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compileMessage } from '@/mail/compile-message'
import { createSmtpMailer } from '@/mail/smtp-mailer'
import { type Dovecot, startDovecot } from '../../support/mail-servers/dovecot'
import { asSent } from '../../support/mail-servers/maildir'
import { missingMailServers } from '../../support/mail-servers/packages'
import { type Postfix, startPostfix } from '../../support/mail-servers/postfix'
import { comparable, composedByNodemailer, readByPostalMime } from '../../support/messages/comparable'
import { sendable } from '../../support/messages/random-messages'

const MESSAGES = 60

describe.skipIf(missingMailServers() !== null)('messages through Postfix', () => {
  let dovecot: Dovecot
  let postfix: Postfix<'mx'>
  beforeAll(async () => {
    dovecot = await startDovecot({ 'ada@nexa.example': 'secret' })
    postfix = await startPostfix({ mx: {} }, dovecot)
  })
  afterAll(async () => {
    await postfix?.close()
    await dovecot?.close()
  })

  it("arrive as those of nodemailer's own composer do, byte for byte and as they are read", async () => {
    const mailer = createSmtpMailer()
    const server = { host: '127.0.0.1', port: postfix.ports.mx, allowPrivate: true } as const
    const account = { ...server, security: 'none', maxConnections: 1, greetingName: 'mail.nexa.example' } as const
    const send = async (to: string, raw: Buffer) => {
      const outcome = await mailer.send(account, { envelope: { from: 'ada@nexa.example', to }, raw })
      expect(outcome.kind).toBe('accepted')
    }
    const given = fc.sample(sendable, MESSAGES)
    for (const [at, mail] of given.entries()) {
      await send(`own${at}@customer.example`, compileMessage(mail))
      await send(`other${at}@customer.example`, await composedByNodemailer(mail))
    }
    mailer.close()
    const arrived = new Map((await postfix.arrived()).map(({ raw }) => [recipientOf(raw), asSent(raw)]))
    expect(arrived.size).toBe(2 * MESSAGES)
    for (const at of given.keys()) {
      const [own = 'none', other = ''] = ['own', 'other'].map((name) => arrived.get(`${name}${at}@customer.example`))
      expect(comparable(own)).toBe(comparable(other))
      expect(await readByPostalMime(own)).toEqual(await readByPostalMime(other))
    }
  })
})

const recipientOf = (raw: string) => /^Delivered-To: *(\S+)/m.exec(raw)?.[1] ?? ''
