import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { encrypt } from '@/lib/encryption'
import { openSentFolder } from '@/mail/imap/sent-folder'
import { readMailbox } from '@/use-cases/conversations/read-mailbox'
import { storeCopies } from '@/use-cases/conversations/store-copies'
import { placeOfImapPassword } from '@/use-cases/mailboxes/get-smtp-account'
import { copyFromMailbox, laterBy } from '../../support/conversation/copying-mailbox'
import { createEngine, type Engine, startOutreach } from '../../support/engine'
import { type Dovecot, startDovecot } from '../../support/mail-servers/dovecot'
import { clearMaildir, readMaildir } from '../../support/mail-servers/maildir'
import { missingMailServers } from '../../support/mail-servers/packages'

const TWO_MINUTES = 120_000

describe.skipIf(missingMailServers() !== null)("copies of sent emails in the Sent folder of Debian's Dovecot", () => {
  let dovecot: Dovecot
  let engine: Engine
  let mailboxId: string
  beforeAll(async () => {
    dovecot = await startDovecot({ sam: 'right' })
  })
  afterAll(() => dovecot?.close())
  beforeEach(async () => {
    engine = await createEngine()
    const login = { imapHost: '127.0.0.1', imapPort: dovecot.ports.imap, imapUser: 'sam' }
    mailboxId = await copyFromMailbox(engine, login)
    const imapPasswordEncrypted = encrypt(engine.deps.config.encryptionKey, 'right', placeOfImapPassword(mailboxId))
    await engine.db.mailboxReader.update({ where: { mailboxId }, data: { imapPasswordEncrypted } })
  })
  afterEach(async () => {
    await engine.close()
    await clearMaildir(dovecot.maildirOf('sam', 'Sent'))
  })

  const inSent = () => readMaildir(dovecot.maildirOf('sam', 'Sent'))
  const later = () => laterBy(TWO_MINUTES, engine)
  /** Emails to three leads leave; a second one follows to each. */
  async function sendThree() {
    await startOutreach(engine, { leads: 3, days: [0, 1], body: 'Grüße, {{ first_name }}\n.dotted\n\nFrom here' })
    await engine.work()
    expect(engine.sink.received).toHaveLength(3)
  }

  it('are the very bytes that were sent, seen, each once although two jobs work at them, a minute after they left', async () => {
    await sendThree()
    expect(await storeCopies(engine.deps, { mailboxId })).toEqual({ stored: 0 })
    expect(await inSent()).toEqual([])
    const stored = await Promise.all([storeCopies(later(), { mailboxId }), storeCopies(later(), { mailboxId })])
    expect(stored.reduce((sum, one) => sum + one.stored, 0)).toBe(3)
    const copies = (await inSent()).map(({ raw }) => Buffer.from(raw, 'latin1').toString('utf8'))
    expect(copies.toSorted()).toEqual(engine.sink.received.map(({ raw }) => raw).toSorted())
    const files = await readdir(join(dovecot.maildirOf('sam', 'Sent'), 'cur'))
    expect(files.map((name) => name.split(':2,')[1])).toEqual(['S', 'S', 'S'])
    expect(await engine.db.sentCopy.count()).toBe(0)
  })

  it('are not doubled by a job that died after it had put them there, before it could say so', async () => {
    await sendThree()
    const kept = await engine.db.sentCopy.findMany()
    await storeCopies(later(), { mailboxId })
    await engine.db.sentCopy.createMany({ data: kept.map((copy) => ({ ...copy, claim: 1 })) })
    expect(await storeCopies(later(), { mailboxId })).toEqual({ stored: 3 })
    expect(await inSent()).toHaveLength(3)
    expect(await engine.db.sentCopy.count()).toBe(0)
    expect(await engine.db.mailboxReader.findFirstOrThrow()).toMatchObject({ filesSent: false })
  })

  it('are read back as own copies, and change nothing', async () => {
    await sendThree()
    await storeCopies(later(), { mailboxId })
    const { db } = engine
    const state = async () => [
      await db.scheduledEmail.findMany({ orderBy: { id: 'asc' } }),
      await db.lead.findMany({ orderBy: { id: 'asc' } }),
      await db.email.findMany({ orderBy: { id: 'asc' } }),
    ]
    const before = await state()
    expect(await readMailbox(engine.deps, { mailboxId })).toEqual({ messages: 3 })
    expect(await state()).toEqual(before)
    const read = await db.receivedMessage.findMany()
    expect(read.map(({ kind, folder, details }) => [kind, folder, details])).toEqual(
      Array(3).fill(['own', 'Sent', { copy: true }]),
    )
    expect(new Set(read.map(({ scheduledEmailId }) => scheduledEmailId)).size).toBe(3)
  })

  it('are none where the provider turns out to file them: what lies there is found before one is added', async () => {
    await sendThree()
    const account = { host: '127.0.0.1', port: dovecot.ports.imap, security: 'none', user: 'sam' } as const
    const provider = await openSentFolder({ ...account, password: 'right', allowPrivate: true })
    for (const { raw } of engine.sink.received) await provider.append(Buffer.from(raw), new Date())
    await provider.close()
    await storeCopies(later(), { mailboxId })
    expect(await inSent()).toHaveLength(3)
    expect(await engine.db.mailboxReader.findFirstOrThrow()).toMatchObject({ filesSent: true, copyFailure: null })
  })

  it('fail without harm where the password is wrong: it is tried once, the reader says so, and the emails stay sent', async () => {
    await sendThree()
    const imapPasswordEncrypted = encrypt(engine.deps.config.encryptionKey, 'wrong', placeOfImapPassword(mailboxId))
    await engine.db.mailboxReader.update({ where: { mailboxId }, data: { imapPasswordEncrypted } })
    const refusals = () => dovecot.log().split('Password mismatch').length - 1
    await storeCopies(later(), { mailboxId })
    const once = refusals()
    expect(once).toBeGreaterThan(0)
    await storeCopies(laterBy(3_600_000, engine), { mailboxId })
    await readMailbox(laterBy(3_600_000, engine), { mailboxId })
    expect(refusals()).toBe(once)
    expect(await engine.db.mailboxReader.findFirstOrThrow()).toMatchObject({
      health: 'stopped',
      healthReason: expect.stringContaining('The server refused the user or the password.'),
      copyFailure: expect.stringContaining('The server refused the user or the password.'),
    })
    expect(await engine.db.scheduledEmail.count({ where: { status: 'sent' } })).toBe(3)
    expect(await engine.db.sentCopy.count()).toBe(3)
  })
})
