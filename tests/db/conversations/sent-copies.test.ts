import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { mailboxInput } from '@/domain/mailbox/mailbox-input'
import { ImapFailure } from '@/mail/imap/opened-mailbox'
import type { OpenSentFolder } from '@/mail/imap/sent-folder'
import { scheduleCopies } from '@/use-cases/conversations/schedule-copies'
import { storeCopies } from '@/use-cases/conversations/store-copies'
import { listMailboxes } from '@/use-cases/mailboxes/list-mailboxes'
import { updateMailbox } from '@/use-cases/mailboxes/save-mailbox'
import { runTick } from '@/use-cases/maintenance/run-tick'
import { copyFromMailbox, laterBy } from '../../support/conversation/copying-mailbox'
import { createEngine, type Engine, readLedger, startOutreach } from '../../support/engine'

const MINUTE = 60_000
const DAY = 86_400_000

describe('copies of sent emails', () => {
  let engine: Engine
  let mailboxId: string
  let appended: Buffer[]
  /** What the server says to the next message, instead of taking it. */
  let refusals: ImapFailure[]
  beforeEach(async () => {
    engine = await createEngine()
    appended = []
    refusals = []
    mailboxId = await copyFromMailbox(engine, { imapHost: 'imap.nexa.example', imapPort: 993 })
  })
  afterEach(() => engine.close())

  const open: OpenSentFolder = async () => ({
    has: async () => false,
    append: async (raw) => {
      const refusal = refusals.shift()
      if (refusal) throw refusal
      appended.push(raw)
    },
    close: async () => undefined,
  })
  const file = (afterMs: number) => storeCopies(laterBy(afterMs, engine), { mailboxId, open })
  const reader = () => engine.db.mailboxReader.findUniqueOrThrow({ where: { mailboxId } })
  const view = async () => (await listMailboxes(engine.deps)).find(({ id }) => id === mailboxId)?.reader
  async function send(leads = 2) {
    const campaign = await startOutreach(engine, { leads, days: [0] })
    await engine.work()
    return campaign
  }

  it.each([
    ['not known to file none', { filesSent: null }],
    ['known to file by itself', { filesSent: true }],
    ['not asked for one', { appendsSent: false }],
  ])('are not kept where the provider is %s', async (_what, data) => {
    await engine.db.mailboxReader.update({ where: { mailboxId }, data })
    await send()
    expect(engine.sink.received).toHaveLength(2)
    expect(await engine.db.sentCopy.count()).toBe(0)
  })

  it('are not kept of emails that stay in the sandbox', async () => {
    await engine.db.mailbox.update({ where: { id: mailboxId }, data: { kind: 'environment' } })
    await send()
    expect(engine.sink.received).toHaveLength(2)
    expect(await engine.db.sentCopy.count()).toBe(0)
  })

  it('are kept of what the server took alone', async () => {
    engine.sink.behave = (to) =>
      to.startsWith('lead00001') ? { at: 'rcpt', code: 550, message: '5.1.1 No' } : undefined
    await send()
    const kept = await engine.db.sentCopy.findMany({ include: { scheduledEmail: true } })
    expect(kept.map(({ scheduledEmail }) => scheduledEmail?.status)).toEqual(['sent'])
    expect(Buffer.from(kept[0]?.raw ?? []).toString()).toBe(engine.sink.received[0]?.raw)
  })

  it('harm no result where they cannot be kept', async () => {
    await engine.pool.query(
      `CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'disk full'; END $$`,
    )
    await engine.pool.query(
      'CREATE TRIGGER no_room BEFORE INSERT ON sent_copies FOR EACH ROW EXECUTE FUNCTION no_room()',
    )
    const { id } = await send()
    expect(await readLedger(engine, id)).toMatchObject({ sent: 2, sending: 0, held: 0 })
    expect(await engine.db.sentCopy.count()).toBe(0)
  })

  it('are put there by a job that the tick enqueues, a minute after they left', async () => {
    await send()
    const asked: string[] = []
    const queue = { ...engine.deps.queue, enqueueCopies: async (id: string) => void asked.push(id) }
    await runTick({ ...engine.deps, queue })
    expect(asked).toEqual([])
    await runTick({ ...laterBy(2 * MINUTE, engine), queue })
    expect(asked).toEqual([mailboxId])
  })

  it('that fail are said beside the mailbox, wait longer each time, and are forgotten with the next success', async () => {
    await send()
    refusals = [new ImapFailure('message', 'The server refused: Quota exceeded', 'Quota exceeded')]
    expect(await file(2 * MINUTE)).toEqual({ stored: 0 })
    expect(await view()).toMatchObject({ copyFailure: 'The server refused: Quota exceeded', copiesWaiting: 2 })
    expect(await reader()).toMatchObject({ health: 'ready', copyFailures: 1 })
    expect(await file(2.5 * MINUTE)).toEqual({ stored: 0 })
    expect(appended).toEqual([])
    expect(await file(3.5 * MINUTE)).toEqual({ stored: 2 })
    expect(appended.map(String).toSorted()).toEqual(engine.sink.received.map(({ raw }) => raw).toSorted())
    expect(await view()).toMatchObject({ copyFailure: null, copiesWaiting: 0 })
    expect(await reader()).toMatchObject({ copyFailures: 0, copiesNextAt: null })
  })

  it('give way to others when one is refused, and are given up after five attempts, or after three days', async () => {
    await send()
    const asked: string[] = []
    const queue = { ...engine.deps.queue, enqueueCopies: async (id: string) => void asked.push(id) }
    const no = () => new ImapFailure('message', 'The server takes no message of that size.')
    refusals = [no()]
    await file(2 * MINUTE)
    // The other one comes first now.
    refusals = [no()]
    await file(10 * MINUTE)
    expect((await engine.db.sentCopy.findMany()).map(({ claim }) => claim)).toEqual([1, 1])
    await engine.db.sentCopy.updateMany({ data: { claim: 4 } })
    refusals = [no()]
    await file(DAY)
    await scheduleCopies({ ...laterBy(DAY, engine), queue })
    expect((await engine.db.sentCopy.findMany()).map(({ claim }) => claim)).toEqual([4])
    await scheduleCopies({ ...laterBy(4 * DAY, engine), queue })
    expect(await engine.db.sentCopy.count()).toBe(0)
    expect(await view()).toMatchObject({ copyFailure: 'The server takes no message of that size.' })
    expect(await engine.db.scheduledEmail.count({ where: { status: 'sent' } })).toBe(2)
  })

  it('are left to another job that took over, and to nobody once the settings say so', async () => {
    await send()
    const slow: OpenSentFolder = async (account) => ({
      ...(await open(account)),
      has: async () => {
        await engine.db.sentCopy.updateMany({ where: { claim: 1 }, data: { claim: 2 } })
        return false
      },
    })
    await storeCopies(laterBy(2 * MINUTE, engine), { mailboxId, open: slow })
    expect(appended).toEqual([])
    await engine.db.mailboxReader.update({ where: { mailboxId }, data: { appendsSent: false } })
    expect(await file(30 * MINUTE)).toEqual({ stored: 0 })
    await scheduleCopies(laterBy(30 * MINUTE, engine))
    expect(await engine.db.sentCopy.count()).toBe(0)
  })

  it('that lie there already are put there no second time, and tell that the provider files by itself only at the first look', async () => {
    const there: OpenSentFolder = async (account) => ({ ...(await open(account)), has: async () => true })
    await send()
    // Whoever put them there has died since.
    await engine.db.sentCopy.updateMany({ data: { claim: 1 } })
    expect(await storeCopies(laterBy(2 * MINUTE, engine), { mailboxId, open: there })).toEqual({ stored: 2 })
    expect(appended).toEqual([])
    expect(await reader()).toMatchObject({ filesSent: false })
    await send()
    expect(await storeCopies(laterBy(2 * MINUTE, engine), { mailboxId, open: there })).toEqual({ stored: 1 })
    expect(appended).toEqual([])
    expect(await reader()).toMatchObject({ filesSent: true })
  })

  it('are not put there by a job that signed in with settings from before a save', async () => {
    await send()
    const saved: OpenSentFolder = async (account) => {
      await engine.db.mailboxReader.updateMany({ data: { settingsVersion: { increment: 1 } } })
      return open(account)
    }
    expect(await storeCopies(laterBy(2 * MINUTE, engine), { mailboxId, open: saved })).toEqual({ stored: 0 })
    expect(appended).toEqual([])
    expect(await file(2 * MINUTE)).toEqual({ stored: 2 })
  })

  it('are tried at once after the mailbox was saved', async () => {
    await send()
    refusals = [new ImapFailure('passing', 'Nothing answers at that address and port.')]
    await file(2 * MINUTE)
    expect(await reader()).toMatchObject({ copyFailures: 1 })
    const { fromName, smtpHost, smtpPort } = await engine.db.mailbox.findUniqueOrThrow({ where: { id: mailboxId } })
    const server = { smtpHost, smtpPort, smtpSecurity: 'none' }
    const typed = { name: 'Sam', fromName, fromEmail: 'sam@nexa.example', ...server }
    await updateMailbox(engine.deps, { mailboxId, mailbox: mailboxInput.parse(typed) })
    expect(await reader()).toMatchObject({ copyFailure: null, copyFailures: 0, copiesNextAt: null, filesSent: false })
    expect(await file(2 * MINUTE)).toEqual({ stored: 2 })
  })
})
