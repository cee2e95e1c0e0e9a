import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { mailboxInput } from '@/domain/mailbox/mailbox-input'
import { ImapFailure, type OpenMailbox } from '@/mail/imap/opened-mailbox'
import { listMailboxes } from '@/use-cases/mailboxes/list-mailboxes'
import { createMailbox, updateMailbox } from '@/use-cases/mailboxes/save-mailbox'
import { testMailbox } from '@/use-cases/mailboxes/test-mailbox'
import { freePort } from '../../../scripts/lib/ports'
import { createMailboxInMemory } from '../../support/conversation/mailbox-in-memory'
import { createEngine, type Engine } from '../../support/engine'
import type { ReceivedMail } from '../../support/servers/smtp-sink'

const PASSWORD = 'correct'
const ALL = ['smtp', 'from', 'imap', 'folders', 'round_trip']
// Nobody waits for what never comes.
const WAITS = { arrival: 50, filing: 50, between: 10 }
const READER = { imapHost: 'imap.nexa.example', imapUser: 'sam', imapPassword: 'first' }

describe('the test of a mailbox, in five parts', () => {
  let engine: Engine
  let server: ReturnType<typeof createMailboxInMemory>
  let mailboxId: string
  beforeEach(async () => {
    engine = await createEngine({ password: () => PASSWORD })
    server = createMailboxInMemory()
    ;({ id: mailboxId } = await createMailbox(engine.deps, input()))
  })
  afterEach(() => engine.close())

  const input = (change: Partial<z.input<typeof mailboxInput>> = {}) =>
    mailboxInput.parse({
      name: 'Sales',
      fromName: 'Sam',
      fromEmail: 'sam@nexa.example',
      smtpHost: '127.0.0.1',
      smtpPort: engine.sink.port,
      smtpSecurity: 'none',
      smtpUser: 'sam',
      smtpPassword: PASSWORD,
      reader: READER,
      ...change,
    })
  const save = (change: Partial<z.input<typeof mailboxInput>>) =>
    updateMailbox(engine.deps, {
      mailboxId,
      mailbox: input({ smtpPassword: undefined, reader: undefined, ...change }),
    })
  const test = (open: OpenMailbox = server.open) => testMailbox(engine.deps, { mailboxId, open, waits: WAITS })
  const view = async (id = mailboxId) => (await listMailboxes(engine.deps)).find((one) => one.id === id)
  const outcomes = async (id = mailboxId) =>
    Object.fromEntries((await view(id))?.checks.map(({ name, outcome }) => [name, outcome]) ?? [])
  const check = async (name: string) => (await view())?.checks.find((one) => one.name === name)
  const reader = () => engine.db.mailboxReader.findUniqueOrThrow({ where: { mailboxId } })
  /** What the server does with an email that it takes. */
  const deliver = (put: (email: ReceivedMail) => void) => {
    const { received } = engine.sink
    received.push = (...emails) => {
      for (const email of emails) put(email)
      return Array.prototype.push.apply(received, emails)
    }
  }
  const toInbox = () => deliver(({ raw }) => server.put('inbox', raw, new Date()))

  it('finds nothing before it was made, and each part with its words and its real time after that', async () => {
    expect((await view())?.checks).toEqual([])
    toInbox()
    const begun = new Date()
    expect(await test()).toEqual({ ok: true, message: `Connected to 127.0.0.1:${engine.sink.port} and logged in.` })
    expect(await outcomes()).toEqual(Object.fromEntries(ALL.map((name) => [name, 'ok'])))
    for (const { checkedAt } of (await view())?.checks ?? []) {
      expect(checkedAt.getTime()).toBeGreaterThanOrEqual(begun.getTime())
      expect(checkedAt.getTime()).toBeLessThanOrEqual(Date.now())
    }
    expect((await check('folders'))?.message).toBe('Found: INBOX, Sent, Junk.')
    expect((await check('round_trip'))?.message).toMatch(
      /^The email arrived in INBOX after \d+ s\. The provider files no copy in Sent by itself\.$/,
    )
    expect(await reader()).toMatchObject({ filesSent: false, rewritesMessageId: false })
    expect(engine.sink.received.map(({ from, to }) => [from, to])).toEqual([['sam@nexa.example', 'sam@nexa.example']])
    expect(engine.sink.logins).toEqual(['sam'])
  })

  it('signs in once with a wrong password, says what the server said, and tries the other parts all the same', async () => {
    await save({ smtpPassword: 'wrong' })
    const { ok, message } = await test()
    expect(ok).toBe(false)
    expect(engine.sink.logins).toEqual(['sam'])
    expect(await outcomes()).toEqual({
      smtp: 'wrong',
      from: 'unknown',
      imap: 'ok',
      folders: 'ok',
      round_trip: 'unknown',
    })
    expect(await check('smtp')).toMatchObject({
      message,
      details: { said: '535 5.7.8 Username and Password not accepted' },
    })
    expect((await check('from'))?.message).toBe('Not tried: the sign-in to send must work first.')
    expect(engine.sink.received).toEqual([])
  })

  it('lays no words into the mouth of a server that says nothing', async () => {
    const smtpPort = await freePort()
    await save({ smtpPort })
    const message = `Nothing answers at 127.0.0.1:${smtpPort}. Check server and port.`
    expect(await test()).toEqual({ ok: false, message })
    expect(await check('smtp')).toMatchObject({ outcome: 'wrong', message, details: null })
  })

  it('says what keeps it from reading, beside what works', async () => {
    const { ok, message } = await test(async () => {
      throw new ImapFailure('sign_in', 'IMAP is switched off for this mailbox.', 'Your account is not enabled for IMAP')
    })
    expect({ ok, message }).toEqual({ ok: false, message: 'IMAP is switched off for this mailbox.' })
    expect(await outcomes()).toEqual({
      smtp: 'ok',
      from: 'ok',
      imap: 'wrong',
      folders: 'unknown',
      round_trip: 'unknown',
    })
    expect((await check('imap'))?.details).toEqual({ said: 'Your account is not enabled for IMAP' })
  })

  it('finds a refused sender, and asks for nothing to come back', async () => {
    engine.sink.behave = () => ({ at: 'data', code: 554, message: '5.2.252 SendAsDenied; sam not allowed to send as' })
    expect((await test()).ok).toBe(false)
    expect(await outcomes()).toMatchObject({ smtp: 'ok', from: 'wrong', imap: 'ok', round_trip: 'unknown' })
    expect((await check('from'))?.details?.said).toContain('SendAsDenied')
  })

  it('notices a copy in Sent, another Message-ID, the signature, and junk', async () => {
    deliver(({ raw }) => {
      const signed = `DKIM-Signature: v=1; a=rsa-sha256; d=Nexa.example;\r\n s=key1; bh=x; b=y\r\n${raw}`
      server.put('junk', signed.replace(/Message-ID: <[^>]+>/i, 'Message-ID: <its-own@mail.example>'), new Date())
      server.put('sent', raw, new Date())
    })
    expect((await test()).ok).toBe(false)
    expect(await check('round_trip')).toMatchObject({
      outcome: 'wrong',
      message: expect.stringMatching(
        /arrived in Junk .* for junk.* files a copy in Sent by itself\. It gives emails a Message-ID of its own\.$/,
      ),
      details: { signedBy: [{ domain: 'nexa.example', selector: 'key1' }] },
    })
    expect(await reader()).toMatchObject({ filesSent: true, rewritesMessageId: true })
  })

  it('does not know what has not arrived, and leaves what is known of the provider', async () => {
    await engine.db.mailboxReader.update({ where: { mailboxId }, data: { filesSent: true, rewritesMessageId: true } })
    // An older message of the kind is not this one.
    server.put('inbox', 'Subject: Test of this mailbox T0123456789abcdef\r\n\r\nHello', new Date())
    expect((await test()).ok).toBe(true)
    expect(await check('round_trip')).toMatchObject({ outcome: 'unknown' })
    expect(await reader()).toMatchObject({ filesSent: true, rewritesMessageId: true })
    // Known to file copies: slow this time.
    toInbox()
    await test()
    expect(await reader()).toMatchObject({ filesSent: true, rewritesMessageId: false })
  })

  it('lets reading that had stopped go on once its sign-in works, and only then', async () => {
    const stopped = { health: 'stopped', healthReason: 'IMAP is switched off.', troubleCount: 4 } as const
    await engine.db.mailboxReader.update({ where: { mailboxId }, data: stopped })
    await test(async () => {
      throw new ImapFailure('sign_in', 'IMAP is switched off for this mailbox.')
    })
    expect(await reader()).toMatchObject(stopped)
    await test()
    expect(await reader()).toMatchObject({ health: 'ready', healthReason: null, troubleCount: 0, nextReadAt: null })
  })

  it('says of a mailbox that nothing reads that reading is missing, and still tries its sender', async () => {
    await save({ reader: null })
    expect((await test()).ok).toBe(true)
    expect(await outcomes()).toEqual({
      smtp: 'ok',
      from: 'ok',
      imap: 'missing',
      folders: 'missing',
      round_trip: 'missing',
    })
  })

  it('sends nothing from a mailbox whose emails stay on this machine', async () => {
    const { id } = await engine.db.mailbox.findFirstOrThrow({ where: { kind: 'environment' } })
    expect(await testMailbox(engine.deps, { mailboxId: id })).toMatchObject({ ok: true })
    expect(await outcomes(id)).toEqual({ smtp: 'ok' })
    expect(engine.sink.received).toEqual([])
  })

  it.each<[string, Partial<z.input<typeof mailboxInput>>, string[]]>([
    ['its name', { name: 'Renamed', dailyLimit: 5 }, ALL],
    ['the sender address', { fromEmail: 'kim@nexa.example' }, ['smtp', 'imap', 'folders']],
    ['the password to send', { smtpPassword: 'other' }, ['imap', 'folders']],
    ['the password to read', { reader: { ...READER, imapPassword: 'other' } }, ['smtp', 'from']],
    ['the server to read', { reader: { ...READER, imapHost: 'b.example', imapPassword: undefined } }, ['smtp', 'from']],
    ['no reading any more', { reader: null }, ['smtp', 'from']],
    ['reading with the login to send', { reader: { imapHost: READER.imapHost } }, ['smtp', 'from']],
  ])('keeps what it still says after a save of %s', async (_what, change, kept) => {
    toInbox()
    await test()
    await save(change)
    expect(Object.keys(await outcomes()).toSorted()).toEqual(kept.toSorted())
  })

  it('forgets the parts of reading with the login to send when that changes', async () => {
    await save({ reader: { imapHost: READER.imapHost, imapUser: null, imapPassword: null } })
    toInbox()
    await test()
    await save({ smtpUser: 'kim' })
    expect(await outcomes()).toEqual({})
  })

  it('stores nothing about settings that were saved while it ran', async () => {
    toInbox()
    await test(async (account) => {
      await save({ name: 'Renamed' })
      return server.open(account)
    })
    expect(await outcomes()).toEqual({ smtp: 'ok' })
    expect(await reader()).toMatchObject({ filesSent: null, rewritesMessageId: null })
  })
})
