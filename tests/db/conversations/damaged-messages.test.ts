import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openImapMailbox } from '@/mail/imap/open-imap-mailbox'
import { readMailbox } from '@/use-cases/conversations/read-mailbox'
import { laterBy } from '../../support/conversation/copying-mailbox'
import { allWithContactedLead, sample } from '../../support/conversation/reading-stage'
import { startScriptedImap } from '../../support/sign-in/scripted-imap'

const stage = allWithContactedLead()

describe('a server that fetches nothing where one message is damaged', () => {
  let server: Awaited<ReturnType<typeof startScriptedImap>>
  beforeAll(async () => {
    server = await startScriptedImap()
  })
  afterAll(() => server.close())
  const serve = (inbox: (string | null)[]) => {
    server.settings.inbox = inbox.map((one) => one ?? 'damaged')
    server.settings.refused = inbox.flatMap((one, n) => (one === null ? [n + 1] : []))
  }
  const openServer = () => {
    const account = { host: '127.0.0.1', port: server.port, security: 'none', user: 'sam', password: 'right' } as const
    return openImapMailbox({ ...account, allowPrivate: true })
  }
  const read = (inbox: (string | null)[]) => {
    serve(inbox)
    return stage.read(openServer)
  }
  const stored = async () => {
    const found = await stage.engine.db.receivedMessage.findMany({ orderBy: { uid: 'asc' } })
    return found.map(({ uid, kind, details }) => [Number(uid), kind, Object(details).reason])
  }
  const answer = sample('human-interested.gmail.en').toString('latin1')
  const REASON = 'The server refused: a message is damaged'

  it('has that one kept with its reason, among others and alone, and the others read', async () => {
    const other = answer.replace(/^Message-ID: .*$/im, 'Message-ID: <other@nordwind.example>')
    expect(await read([other, null, answer])).toEqual({ messages: 2 })
    expect(await stage.state()).toMatchObject({ lead: 'replied' })
    expect(await read([other, null, answer, null])).toEqual({ messages: 0 })
    expect(await stored()).toEqual([
      [1, 'human', undefined],
      [2, 'unreadable', REASON],
      [3, 'human', undefined],
      [4, 'unreadable', REASON],
    ])
    const place = { mailboxId_path: { mailboxId: stage.ids.mailboxId, path: 'INBOX' } }
    expect(await stage.engine.db.mailboxFolder.findUniqueOrThrow({ where: place })).toMatchObject({ lastUid: 4n })
  })

  it('and that refuses each of several for an hour has them kept with their reason: the mailbox is read again, and what comes is', async () => {
    const { db } = stage.engine
    const readLater = async (inbox: (string | null)[], ms: number) => {
      serve(inbox)
      await db.mailboxReader.updateMany({ data: { nextReadAt: null } })
      return readMailbox(laterBy(ms, stage.engine), { mailboxId: stage.ids.mailboxId, open: openServer })
    }
    const place = { mailboxId_path: { mailboxId: stage.ids.mailboxId, path: 'INBOX' } }
    await readLater([null, null], 0)
    expect(await db.mailboxFolder.findUniqueOrThrow({ where: place })).toMatchObject({ lastUid: 0n, failure: REASON })
    await readLater([null, null], 59 * 60_000)
    expect(await stored()).toEqual([])
    expect(await db.mailboxReader.findFirst()).toMatchObject({ health: 'cooling_down', troubleCount: 2 })
    expect(await readLater([null, null], 61 * 60_000)).toEqual({ messages: 0 })
    const both = [
      [1, 'unreadable', REASON],
      [2, 'unreadable', REASON],
    ]
    expect(await stored()).toEqual(both)
    expect(await db.mailboxReader.findFirst()).toMatchObject({ health: 'ready', healthReason: null })
    const behind = { lastUid: 2n, failure: null, refusedSince: null }
    expect(await db.mailboxFolder.findUniqueOrThrow({ where: place })).toMatchObject(behind)
    expect(await readLater([null, null, answer], 62 * 60_000)).toEqual({ messages: 1 })
    expect(await stored()).toEqual([...both, [3, 'human', undefined]])
  })

  it('and that refuses each of several is read again later: none of them is given up', async () => {
    expect(await read([null, null])).toEqual({ messages: 0 })
    expect(await stored()).toEqual([])
    expect(await stage.engine.db.mailboxReader.findFirst()).toMatchObject({ health: 'cooling_down' })
    await stage.engine.db.mailboxReader.updateMany({ data: { health: 'ready' } })
    expect(await read([answer, null])).toEqual({ messages: 1 })
  })
})
