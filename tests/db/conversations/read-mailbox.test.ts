import { describe, expect, it } from 'vitest'
import { endReadingIf } from '@/db/queries/conversations/claim-reader'
import { claimListeningIfFree, selectListeningCandidates } from '@/db/queries/conversations/listeners'
import { imapFailureOf } from '@/mail/imap/imap-failure'
import { ImapFailure, type OpenMailbox } from '@/mail/imap/opened-mailbox'
import { readMailbox } from '@/use-cases/conversations/read-mailbox'
import { runTick } from '@/use-cases/maintenance/run-tick'
import { laterBy } from '../../support/conversation/copying-mailbox'
import { allWithContactedLead, READ_AT, sample, UNTOUCHED } from '../../support/conversation/reading-stage'

const stage = allWithContactedLead()

describe('what is read again', () => {
  it('does nothing a second time: with a folder numbered anew, in another folder, or delivered twice', async () => {
    await stage.readSample('human-interested.gmail.en')
    await stage.engine.db.lead.update({ where: { id: stage.ids.leadId }, data: { status: 'contacted' } })
    const before = await stage.state()
    stage.server.renumber('inbox')
    stage.server.put('junk', sample('human-interested.gmail.en'), READ_AT)
    stage.server.put('inbox', `Received: once more\r\n${sample('human-interested.gmail.en')}`, READ_AT)
    expect(await stage.read()).toEqual({ messages: 0 })
    expect(await stage.state()).toEqual(before)
  })

  it('is all of it or nothing: a crash before the commit leaves the message for the next reader', async () => {
    const { pool } = stage.engine
    await pool.query(`CREATE FUNCTION crash() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'crash'; END $$`)
    const atCommit = 'AFTER INSERT ON received_messages DEFERRABLE INITIALLY DEFERRED'
    await pool.query(`CREATE CONSTRAINT TRIGGER crash ${atCommit} FOR EACH ROW EXECUTE FUNCTION crash()`)
    await stage.readSample('human-interested.gmail.en')
    await pool.query('DROP FUNCTION crash CASCADE')
    expect(await stage.state()).toMatchObject({ ...UNTOUCHED, messages: 0 })
    expect(await stage.read()).toEqual({ messages: 1 })
    expect(await stage.state()).toMatchObject({ lead: 'replied', messages: 1 })
  })
})

it('an email that had failed before and was put back keeps that reason when a reply skips it', async () => {
  const second = { workflowStepNumber: 2 }
  await stage.engine.db.scheduledEmail.updateMany({ where: second, data: { failureReason: 'The server was full.' } })
  await stage.readSample('human-interested.gmail.en')
  expect(await stage.state()).toMatchObject({ later: ['skipped: The server was full.', 'skipped: lead_replied'] })
})

describe('who reads', () => {
  it('the tick has a mailbox read that is due and free: not one that waits, is being read, or whose password was refused', async () => {
    const { deps, db } = stage.engine
    const { mailboxId } = stage.ids
    const asked: string[] = []
    const queue = { ...deps.queue, enqueueMailboxRead: async (id: string) => void asked.push(id) }
    const soon = new Date(Date.now() + 3_600_000)
    const past = new Date(Date.now() - 1_000)
    for (const data of [{ nextReadAt: soon }, { leaseUntil: soon }, { nextReadAt: null, health: 'stopped' as const }]) {
      const free = { nextReadAt: past, leaseUntil: null, health: 'ready' as const }
      await db.mailboxReader.update({ where: { mailboxId }, data: { ...free, ...data } })
      await runTick({ ...deps, queue })
    }
    expect(asked).toEqual([])
    for (const health of ['cooling_down', 'stopped'] as const) {
      await db.mailboxReader.update({ where: { mailboxId }, data: { health, leaseUntil: past, nextReadAt: past } })
      await runTick({ ...deps, queue })
      expect(asked.splice(0)).toEqual([mailboxId])
    }
  })

  it('one reader at a time, and one that was replaced writes nothing more', async () => {
    stage.server.put('inbox', sample('human-interested.gmail.en'), READ_AT)
    const replaced = await stage.read(async (account) => {
      expect(await readMailbox(stage.engine.deps, { mailboxId: stage.ids.mailboxId, open: stage.server.open })).toEqual(
        { messages: 0 },
      )
      await stage.engine.db.mailboxReader.updateMany({ data: { lease: { increment: 1 } } })
      return stage.server.open(account)
    })
    expect(replaced).toEqual({ messages: 0 })
    expect(await stage.state()).toMatchObject({ ...UNTOUCHED, messages: 0 })
    const late = { health: 'ready', healthReason: null, troubleCount: 0, nextReadAt: null, readAt: READ_AT } as const
    expect(await endReadingIf(stage.engine.deps.sql, { mailboxId: stage.ids.mailboxId, lease: 1 }, 1, late)).toBe(false)
  })

  it('nobody writes what was found with settings from before a save', async () => {
    stage.server.put('inbox', sample('human-interested.gmail.en'), READ_AT)
    const saved = await stage.read(async (account) => {
      await stage.engine.db.mailboxReader.updateMany({ data: { settingsVersion: { increment: 1 } } })
      return stage.server.open(account)
    })
    expect(saved).toEqual({ messages: 0 })
    expect(await stage.state()).toMatchObject({ ...UNTOUCHED, messages: 0 })
  })

  it('one worker listens to a mailbox, and none to one that is stopped', async () => {
    const { db, deps } = stage.engine
    const { mailboxId, campaignId } = stage.ids
    await db.campaignMailbox.create({ data: { campaignId, mailboxId } })
    await db.mailboxReader.updateMany({ data: { lastReadAt: READ_AT, health: 'ready' } })
    const realNow = new Date()
    const until = new Date(realNow.getTime() + 60_000)
    const candidates = () => selectListeningCandidates(deps.sql, { realNow, since: READ_AT })
    const claim = () => claimListeningIfFree(deps.sql, { mailboxId, realNow, until })
    expect(await candidates()).toMatchObject([{ mailboxId, isFree: true }])
    expect(await claim()).toMatchObject({ mailboxId })
    expect(await claim()).toBeNull()
    await db.mailboxReader.updateMany({ data: { health: 'stopped', listeningUntil: null } })
    expect(await candidates()).toEqual([])
    expect(await claim()).toBeNull()
  })

  it('a refused sign-in is tried once, and again when the settings were saved', async () => {
    let tries = 0
    const refuse = async () => {
      tries++
      throw new ImapFailure('sign_in', 'The server refused the user or the password.', 'Invalid credentials')
    }
    await stage.read(refuse)
    await stage.read(refuse)
    expect(tries).toBe(1)
    expect(await stage.engine.db.mailboxReader.findFirst()).toMatchObject({
      health: 'stopped',
      healthReason: 'The server refused the user or the password. The server says: Invalid credentials',
      lastReadAt: null,
    })
    await stage.engine.db.mailboxReader.updateMany({ data: { health: 'ready' } })
    await stage.read()
    const reader = await stage.engine.db.mailboxReader.findFirstOrThrow()
    expect(reader).toMatchObject({ health: 'ready', healthReason: null, troubleCount: 0, leaseUntil: null })
    expect(reader.lastReadAt).not.toBeNull()
  })

  it.each([
    ['Your account is not enabled for IMAP use.', undefined, 'IMAP is switched off for this mailbox.'],
    ['User is authenticated but not connected.', undefined, 'The password is right, and IMAP is not allowed'],
    ['AUTHENTICATE failed.', 'token', 'The server refused the token.'],
  ])(
    'a sign-in that the provider refuses with “%s” is tried every hour, and goes on by itself once it is allowed',
    async (said, token, words) => {
      let tries = 0
      const account = { host: 'imap.nexa.example', ...(token && { accessToken: token }) }
      const refuse = async () => {
        tries++
        throw imapFailureOf({ authenticationFailed: true, responseText: said }, account)
      }
      const { db } = stage.engine
      const readLater = (minutes: number, open: OpenMailbox) =>
        readMailbox(laterBy(minutes * 60_000, stage.engine), { mailboxId: stage.ids.mailboxId, open })
      stage.server.put('inbox', sample('human-interested.gmail.en'), READ_AT)
      await stage.read(refuse)
      for (const minutes of [1, 30, 59]) await readLater(minutes, refuse)
      expect(tries).toBe(1)
      const stopped = { health: 'stopped', healthReason: expect.stringContaining(words) }
      expect(await db.mailboxReader.findFirst()).toMatchObject(stopped)
      await readLater(61, refuse)
      expect(tries).toBe(2)
      // A lost connection in between leaves the reason on the page.
      await readLater(122, async () => {
        throw new ImapFailure('passing', 'The connection was lost.')
      })
      expect(await db.mailboxReader.findFirst()).toMatchObject(stopped)
      expect(await readLater(180, stage.server.open)).toEqual({ messages: 1 })
      expect(await db.mailboxReader.findFirst()).toMatchObject({ health: 'ready', healthReason: null })
      expect(await stage.state()).toMatchObject({ lead: 'replied' })
    },
  )

  it('a folder that the server refuses keeps the Inbox from nobody, and says why', async () => {
    stage.server.put('inbox', sample('human-interested.gmail.en'), READ_AT)
    await stage.read(async (account) => {
      const opened = await stage.server.open(account)
      const refused = new ImapFailure('message', 'The server refused: no permission', 'no permission')
      return { ...opened, open: (path) => (path === 'Sent' ? Promise.reject(refused) : opened.open(path)) }
    })
    expect(await stage.state()).toMatchObject({ lead: 'replied' })
    const place = { mailboxId_path: { mailboxId: stage.ids.mailboxId, path: 'Sent' } }
    expect(await stage.engine.db.mailboxFolder.findUniqueOrThrow({ where: place })).toMatchObject({
      failure: 'The server refused: no permission',
    })
    expect((await stage.engine.db.mailboxReader.findFirstOrThrow()).health).toBe('ready')
  })

  it('a message that nobody can read is kept with its reason, and those after it are read', async () => {
    stage.server.put('inbox', `Subject: ${'endless '.repeat(40_000)}\r\n\r\nHello`, READ_AT)
    stage.server.put('inbox', sample('human-interested.gmail.en'), READ_AT)
    expect(await stage.read()).toEqual({ messages: 1 })
    const kinds = await stage.engine.db.receivedMessage.findMany({ orderBy: { uid: 'asc' }, select: { kind: true } })
    expect(kinds).toEqual([{ kind: 'unreadable' }, { kind: 'human' }])
    expect(await stage.read()).toEqual({ messages: 0 })
  })
})
