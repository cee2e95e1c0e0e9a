import { beforeEach, describe, expect, it } from 'vitest'
import type { Deps } from '@/deps'
import { type IdleConnection, NoReports, type OpenIdleConnection } from '@/mail/imap/idle-connection'
import { ImapFailure } from '@/mail/imap/opened-mailbox'
import { readMailbox } from '@/use-cases/conversations/read-mailbox'
import { type Listening, startListening } from '@/use-cases/conversations/start-listening'
import { createManualTimers } from '../../support/conversation/manual-timers'
import { allWithContactedLead, READ_AT, sample } from '../../support/conversation/reading-stage'

const MINUTE = 60_000

/** Servers that report when the test says so. */
function createServers() {
  const opened: { news: () => void; rearms: number; isClosed: boolean; drop: () => void }[] = []
  const servers = { opened, refuses: null as Error | null, answers: true }
  const open: OpenIdleConnection = async (_account, news) => {
    if (servers.refuses) throw servers.refuses
    const { promise: closed, resolve } = Promise.withResolvers<void>()
    const one = {
      news,
      rearms: 0,
      isClosed: false,
      drop: () => {
        one.isClosed = true
        resolve()
      },
    }
    opened.push(one)
    const connection: IdleConnection = {
      closed,
      rearm: async () => {
        one.rearms++
        if (!servers.answers) throw new ImapFailure('passing', 'The connection was lost.')
      },
      close: async () => one.drop(),
    }
    return connection
  }
  return Object.assign(servers, { open })
}

describe('a worker listens', () => {
  const stage = allWithContactedLead()
  let servers: ReturnType<typeof createServers>
  let clockwork: ReturnType<typeof createManualTimers>
  let asked: string[]
  let afterMs: number
  beforeEach(async () => {
    servers = createServers()
    clockwork = createManualTimers()
    asked = []
    afterMs = 0
    const { campaignId, mailboxId } = stage.ids
    await stage.engine.db.campaignMailbox.create({ data: { campaignId, mailboxId } })
    await stage.engine.db.mailboxReader.updateMany({
      data: { lastReadAt: new Date(Date.now() - MINUTE), nextReadAt: new Date(Date.now() + 4 * MINUTE) },
    })
  })

  const deps = (): Deps => ({
    ...stage.engine.deps,
    clock: { ...stage.engine.deps.clock, realNow: () => new Date(Date.now() + afterMs) },
    queue: { ...stage.engine.deps.queue, enqueueMailboxRead: async (id: string) => void asked.push(id) },
  })
  const start = (limit = 10): Listening =>
    startListening(deps(), { limit, open: servers.open, timers: clockwork.timers })
  const reader = () => stage.engine.db.mailboxReader.findUniqueOrThrow({ where: { mailboxId: stage.ids.mailboxId } })
  const open = () => servers.opened.filter(({ isClosed }) => !isClosed)

  it('to a mailbox whose outreach is live, and has it read at once when something is heard, long before its poll', async () => {
    const listening = start()
    await listening.adjust()
    expect(open()).toHaveLength(1)
    open()[0]?.news()
    await expect.poll(() => asked).toEqual([stage.ids.mailboxId])
    expect((await reader()).nextReadAt?.getTime()).toBeLessThanOrEqual(Date.now())
    await listening.stop()
  })

  it('and asks again for what comes while a reading is under way, until one that began later has ended', async () => {
    const listening = start()
    await listening.adjust()
    await stage.read(async (account) => {
      const mailbox = await stage.server.open(account)
      return {
        ...mailbox,
        close: async () => {
          // All folders are read by now.
          stage.server.put('inbox', sample('human-interested.gmail.en'), READ_AT)
          open()[0]?.news()
          await expect.poll(() => clockwork.waits()).toContain(1_000)
          expect(asked).toEqual([])
        },
      }
    })
    expect(await stage.state()).toMatchObject({ lead: 'contacted', messages: 0 })
    clockwork.run(1_000, 1_000)
    await expect.poll(() => asked).toEqual([stage.ids.mailboxId])
    expect(await readMailbox(stage.engine.deps, { mailboxId: stage.ids.mailboxId, open: stage.server.open })).toEqual({
      messages: 1,
    })
    expect(await stage.state()).toMatchObject({ lead: 'replied' })
    await expect.poll(() => clockwork.waits()).toContain(1_000)
    clockwork.run(1_000, 1_000)
    await expect.poll(() => clockwork.waits().filter((ms) => ms === 1_000)).toEqual([])
    expect(asked).toHaveLength(1)
    await listening.stop()
  })

  it('and asks the server anew every five to nine minutes; one that does not answer is let go, and tried again later', async () => {
    const listening = start()
    await listening.adjust()
    const rearm = () => clockwork.run(5 * MINUTE, 9 * MINUTE)
    expect(rearm()).toBe(1)
    await expect.poll(() => clockwork.waits().some((ms) => ms >= 5 * MINUTE)).toBe(true)
    expect(servers.opened[0]?.rearms).toBe(1)
    servers.answers = false
    expect(rearm()).toBe(1)
    await expect.poll(async () => [open().length, (await reader()).listeningUntil]).toEqual([0, null])
    await listening.adjust()
    expect(servers.opened).toHaveLength(1)
    expect((await reader()).health).toBe('ready')
    afterMs = 2 * MINUTE
    await listening.adjust()
    expect(open()).toHaveLength(1)
    await listening.stop()
  })

  it('alone: a second worker takes over only when the first is gone, and the first lets go once that has happened', async () => {
    const [first, second] = [start(), start()]
    await first.adjust()
    await second.adjust()
    expect(servers.opened).toHaveLength(1)
    // The first is frozen for longer than its lease.
    afterMs = 2 * MINUTE
    await second.adjust()
    expect(open()).toHaveLength(2)
    await first.adjust()
    expect(servers.opened.map(({ isClosed }) => isClosed)).toEqual([true, false])
    await second.stop()
    expect((await reader()).listeningUntil).toBeNull()
    await first.adjust()
    expect(open()).toHaveLength(1)
    await first.stop()
  })

  it.each([
    ['its settings are saved', { settingsVersion: { increment: 1 } }],
    ['its reading stops', { health: 'stopped' as const }],
  ])('until %s', async (_what, data) => {
    const listening = start()
    await listening.adjust()
    await stage.engine.db.mailboxReader.updateMany({ data })
    await listening.adjust()
    expect(servers.opened[0]?.isClosed).toBe(true)
    await listening.stop()
  })

  it('until it is stopped itself: nothing is open, no timer is left, and the lease is free', async () => {
    const listening = start()
    await listening.adjust()
    await listening.stop()
    expect(open()).toEqual([])
    expect(clockwork.waits()).toEqual([])
    expect((await reader()).listeningUntil).toBeNull()
    await listening.adjust()
    expect(open()).toEqual([])
  })

  it('not where no outreach is live, nothing was read yet, or it may listen to nobody', async () => {
    const nobody = start(0)
    await nobody.adjust()
    const listening = start()
    await stage.engine.db.campaign.updateMany({ data: { status: 'paused' } })
    await listening.adjust()
    await stage.engine.db.campaign.updateMany({ data: { status: 'running' } })
    await stage.engine.db.mailboxReader.updateMany({ data: { lastReadAt: null } })
    await listening.adjust()
    expect(servers.opened).toEqual([])
    await Promise.all([nobody.stop(), listening.stop()])
  })

  it('to the busiest, and gives way to one that is busier', async () => {
    const { db } = stage.engine
    const { id: _, ...like } = await db.mailbox.findFirstOrThrow()
    const { id: busy } = await db.mailbox.create({ data: { ...like, name: 'Busy', fromEmail: 'busy@nexa.example' } })
    const listening = start(1)
    await listening.adjust()
    await db.mailboxReader.create({
      data: { mailboxId: busy, imapHost: 'imap.nexa.example', imapPort: 993, lastReadAt: new Date() },
    })
    await db.mailboxHour.create({ data: { mailboxId: busy, hour: READ_AT, emails: 50, bounces: 0 } })
    await listening.adjust()
    expect(servers.opened.map(({ isClosed }) => isClosed)).toEqual([true, false])
    const held = await db.mailboxReader.findMany({ where: { listeningUntil: { not: null } } })
    expect(held.map(({ mailboxId }) => mailboxId)).toEqual([busy])
    await listening.stop()
    await db.mailbox.delete({ where: { id: busy } })
  })

  it('not again for hours where the server has no such command, and tries a refused sign-in once', async () => {
    const listening = start()
    servers.refuses = new NoReports('no IDLE')
    await listening.adjust()
    servers.refuses = null
    afterMs = 3_600_000
    await listening.adjust()
    expect(servers.opened).toEqual([])
    afterMs = 7 * 3_600_000
    servers.refuses = new ImapFailure('sign_in', 'The server refused the user or the password.')
    await listening.adjust()
    expect(await reader()).toMatchObject({
      health: 'stopped',
      healthReason: 'The server refused the user or the password.',
      listeningUntil: null,
    })
    await listening.stop()
  })
})
