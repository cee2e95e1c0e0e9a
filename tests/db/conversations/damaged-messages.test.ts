import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openImapMailbox } from '@/mail/imap/open-imap-mailbox'
import { allWithContactedLead, sample } from '../../support/conversation/reading-stage'
import { startScriptedImap } from '../../support/sign-in/scripted-imap'

const stage = allWithContactedLead()

describe('a server that fetches nothing where one message is damaged', () => {
  let server: Awaited<ReturnType<typeof startScriptedImap>>
  beforeAll(async () => {
    server = await startScriptedImap()
  })
  afterAll(() => server.close())
  const read = (inbox: (string | null)[]) => {
    server.settings.inbox = inbox.map((one) => one ?? 'damaged')
    server.settings.refused = inbox.flatMap((one, n) => (one === null ? [n + 1] : []))
    const account = { host: '127.0.0.1', port: server.port, security: 'none', user: 'sam', password: 'right' } as const
    return stage.read(() => openImapMailbox({ ...account, allowPrivate: true }))
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

  it('and that refuses each of several is read again later: none of them is given up', async () => {
    expect(await read([null, null])).toEqual({ messages: 0 })
    expect(await stored()).toEqual([])
    expect(await stage.engine.db.mailboxReader.findFirst()).toMatchObject({ health: 'cooling_down' })
    await stage.engine.db.mailboxReader.updateMany({ data: { health: 'ready' } })
    expect(await read([answer, null])).toEqual({ messages: 1 })
  })
})
