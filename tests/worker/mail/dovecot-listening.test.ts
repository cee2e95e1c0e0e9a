import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { encrypt } from '@/lib/encryption'
import { openIdleConnection } from '@/mail/imap/idle-connection'
import { readMailbox } from '@/use-cases/conversations/read-mailbox'
import { startListening } from '@/use-cases/conversations/start-listening'
import { placeOfImapPassword } from '@/use-cases/mailboxes/get-smtp-account'
import { contactLead } from '../../support/conversation/contacted-lead'
import { createManualTimers } from '../../support/conversation/manual-timers'
import { SAMPLE_MESSAGES } from '../../support/conversation/received'
import { createEngine } from '../../support/engine'
import { deliverByImap } from '../../support/mail-servers/deliver-by-imap'
import { type Dovecot, startDovecot } from '../../support/mail-servers/dovecot'
import { missingMailServers } from '../../support/mail-servers/packages'

const MINUTE = 60_000
const REPLY = SAMPLE_MESSAGES.find(({ name }) => name === 'human-interested.gmail.en')?.raw ?? Buffer.from('')

/** Stands between client and server; once it swallows, both ends stay open and nothing passes any more. */
async function startProxy(port: number) {
  const sockets: Socket[] = []
  const state = { swallows: false }
  const server = createServer((client) => {
    const upstream = connect(port, '127.0.0.1')
    sockets.push(client, upstream)
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      from.on('error', () => undefined)
      from.on('data', (bytes) => state.swallows || to.write(bytes))
      from.on('close', () => to.destroy())
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    state,
    port: (server.address() as AddressInfo).port,
    close: () => {
      for (const socket of sockets) socket.destroy()
      return new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

describe.skipIf(missingMailServers() !== null)("a mailbox of Debian's Dovecot that is listened to", () => {
  let dovecot: Dovecot
  beforeAll(async () => {
    dovecot = await startDovecot({ sam: 'right', kim: 'right' })
  })
  afterAll(() => dovecot?.close())

  const account = (user: string, port = dovecot.ports.imap) =>
    ({ host: '127.0.0.1', port, security: 'none', user, password: 'right', allowPrivate: true }) as const

  it('reports what arrives, before and after it was asked anew, and only what arrives', async () => {
    const heard: string[] = []
    let phase = 'first'
    const connection = await openIdleConnection(account('kim'), () => heard.push(phase))
    await deliverByImap(account('kim'), REPLY)
    await expect.poll(() => heard).toEqual(['first'])
    await connection.rearm()
    phase = 'second'
    await deliverByImap(account('kim'), REPLY)
    await expect.poll(() => heard).toEqual(['first', 'second'])
    await connection.close()
  })

  it('is read when a message arrives, without a poll; once its connection swallows all, by the next poll', async () => {
    const engine = await createEngine()
    const proxy = await startProxy(dovecot.ports.imap)
    const { db, deps, clock } = engine
    const clockwork = createManualTimers()
    try {
      clock.set('2026-12-18T09:00:00Z')
      const { mailboxId, leadId, campaignId } = await contactLead(engine)
      await db.campaignMailbox.create({ data: { campaignId, mailboxId } })
      const sealed = encrypt(deps.config.encryptionKey, 'right', placeOfImapPassword(mailboxId))
      const login = { imapUser: 'sam', imapPasswordEncrypted: sealed, imapSecurity: 'none' as const }
      await db.mailboxReader.update({
        where: { mailboxId },
        data: { ...login, imapHost: '127.0.0.1', imapPort: dovecot.ports.imap },
      })
      await readMailbox(deps, { mailboxId })
      // As a worker does it: what is enqueued is done.
      const reads: Promise<{ messages: number }>[] = []
      const queue = {
        ...deps.queue,
        enqueueMailboxRead: async (id: string) => void reads.push(readMailbox(deps, { mailboxId: id })),
      }
      const listening = startListening(
        { ...deps, queue },
        {
          limit: 1,
          timers: clockwork.timers,
          open: (given, news) => openIdleConnection({ ...given, port: proxy.port }, news),
        },
      )
      await listening.adjust()
      await deliverByImap(account('sam'), REPLY)
      await expect.poll(async () => (await db.lead.findUniqueOrThrow({ where: { id: leadId } })).status).toBe('replied')
      expect((await Promise.all(reads)).map(({ messages }) => messages)).toEqual([1])
      const polledAt = (await db.mailboxReader.findUniqueOrThrow({ where: { mailboxId } })).nextReadAt
      expect(polledAt?.getTime()).toBeGreaterThan(Date.now() + MINUTE)

      proxy.state.swallows = true
      await deliverByImap(
        account('sam'),
        Buffer.from(String(REPLY).replace(/^Message-ID:.*$/im, 'Message-ID: <later@x.example>')),
      )
      // Its time has come.
      const later = { ...deps, clock: { ...deps.clock, realNow: () => new Date(Date.now() + 6 * MINUTE) } }
      expect(await readMailbox(later, { mailboxId })).toEqual({ messages: 1 })
      expect(reads).toHaveLength(1)
      await listening.stop()
    } finally {
      await proxy.close()
      await engine.close()
    }
  })
})
