import { describe, expect, it } from 'vitest'
import { readMessageAgain } from '@/use-cases/conversations/read-message-again'
import { sample } from '../../support/conversation/reading-stage'
import { allAtRefusingServer, SERVERBUG } from '../../support/conversation/refusing-stage'

const stage = allAtRefusingServer()
const MINUTE = 60_000
const HOUR = 60 * MINUTE
const REASON = 'The server refused: a message is damaged'

describe('a server that refuses messages', () => {
  const { readLater, stored, reader, inbox } = stage
  const answer = sample('human-interested.gmail.en').toString('latin1')
  const other = answer.replace(/^Message-ID: .*$/im, 'Message-ID: <other@nordwind.example>')
  // Its body comes in a question of its own.
  const long = `${answer}\r\n${'And so on, and on.\r\n'.repeat(2_000)}`
  const isBody = (command: string) => /^UID FETCH .*<0\.1048576>/i.test(command)
  const UNREAD = { health: 'cooling_down', lastReadAt: null }

  it.each([[SERVERBUG], ['NO a message is damaged']])(
    'in the words %s has a lone one kept with its reason after an hour, and counts as unread until then',
    async (refusal) => {
      stage.settings.refusal = refusal
      expect(await readLater([null])).toEqual({ messages: 0 })
      expect(await reader()).toMatchObject({ ...UNREAD, healthReason: REASON })
      expect(await inbox()).toMatchObject({ failure: REASON })
      await readLater([null], 59 * MINUTE)
      expect(await stored()).toEqual([])
      expect(await reader()).toMatchObject(UNREAD)
      await readLater([null], 61 * MINUTE)
      expect(await stored()).toEqual([[1, 'unreadable', REASON]])
      const { lastReadAt, ...read } = await reader()
      expect(read).toMatchObject({ health: 'ready', healthReason: null })
      expect(lastReadAt).not.toBeNull()
      expect(await inbox()).toMatchObject({ lastUid: 1n, failure: null, refused: {} })
    },
  )

  it('for an hour is asked once more on request, and then does what it says', async () => {
    await readLater([null, other])
    await readLater([null, other], 61 * MINUTE)
    const { deps, db } = stage.engine
    const unreadable = await db.receivedMessage.findFirstOrThrow({ where: { kind: 'unreadable' } })
    const asked: string[] = []
    const queue = { ...deps.queue, enqueueMailboxRead: async (id: string) => void asked.push(id) }
    const ask = (id: string) => readMessageAgain({ ...deps, queue }, { id, by: 'u' })
    expect(await ask(unreadable.id)).toEqual({ isAskedNow: true })
    expect(asked).toEqual([stage.ids.mailboxId])
    // Refused again it is given up at once: nobody waits for it another hour.
    await readLater([null, other], 62 * MINUTE)
    expect(await reader()).toMatchObject({ health: 'ready' })
    expect(await stored()).toHaveLength(2)
    await ask(unreadable.id)
    expect(await readLater([answer, other], 63 * MINUTE)).toEqual({ messages: 1 })
    expect(await stored()).toContainEqual([1, 'human', undefined])
    expect(await inbox()).toMatchObject({ refused: {} })
    const read = await db.receivedMessage.findFirstOrThrow({ where: { kind: 'human' } })
    for (const id of [read.id, stage.ids.leadId]) await expect(ask(id)).rejects.toMatchObject({ code: 'not_found' })
    await db.mailboxFolder.updateMany({ data: { uidValidity: 9n } })
    await expect(ask(unreadable.id)).rejects.toMatchObject({ code: 'not_found' })
  })

  it.each(['stopped', 'gone'])('for an hour is said to be asked later where its reader is %s', async (reader) => {
    await readLater([null])
    await readLater([null], 61 * MINUTE)
    const { deps, db } = stage.engine
    const { id } = await db.receivedMessage.findFirstOrThrow({ where: { kind: 'unreadable' } })
    if (reader === 'gone') await db.mailboxReader.deleteMany()
    else await db.mailboxReader.updateMany({ data: { health: 'stopped', healthReason: 'Wrong password' } })
    const asked: string[] = []
    const queue = { ...deps.queue, enqueueMailboxRead: async (one: string) => void asked.push(one) }
    expect(await readMessageAgain({ ...deps, queue }, { id, by: 'u' })).toEqual({ isAskedNow: false })
    expect([asked, await inbox()]).toMatchObject([[], { refused: { '1 1': expect.anything() } }])
  })

  it('among others has those read at once, and that one an hour later unless it is given by then', async () => {
    expect(await readLater([other, null, answer])).toEqual({ messages: 2 })
    expect(await stage.state()).toMatchObject({ lead: 'replied' })
    expect(await reader()).toMatchObject(UNREAD)
    // One that comes later has an hour of its own.
    await readLater([other, null, answer, null], 50 * MINUTE)
    await readLater([other, null, answer, null], 61 * MINUTE)
    const kept = [
      [1, 'human', undefined],
      [2, 'unreadable', REASON],
      [3, 'human', undefined],
    ]
    expect(await stored()).toEqual(kept)
    const third = answer.replace(/^Message-ID: .*$/im, 'Message-ID: <third@nordwind.example>')
    expect(await readLater([other, null, answer, third], 62 * MINUTE)).toEqual({ messages: 1 })
    expect(await stored()).toEqual([...kept, [4, 'human', undefined]])
    expect(await reader()).toMatchObject({ health: 'ready' })
    expect(await inbox()).toMatchObject({ lastUid: 4n, refused: {} })
  })

  it.each([
    ['NO [UNAVAILABLE] Backend is down'],
    ['NO [INUSE] Mailbox is locked'],
    ['NO [LIMIT] Slow down'],
    ['NO Account exceeded command or bandwidth limits. (Failure)'],
    ['BAD Request is throttled.'],
  ])(
    'and puts them off with %s gives none up for days: whoever answered is read once it gives the message',
    async (refusal) => {
      stage.settings.refusal = refusal
      for (const hours of [0, 1, 25, 71]) {
        await readLater([null], hours * HOUR)
        expect(await stored()).toEqual([])
        expect(await reader()).toMatchObject(UNREAD)
      }
      expect(await readLater([answer], 71 * HOUR)).toEqual({ messages: 1 })
      expect(await stage.state()).toMatchObject({ lead: 'replied' })
    },
  )

  it('and puts one off for ever has that one kept with its reason in the end', async () => {
    stage.settings.refusal = 'NO [UNAVAILABLE] Not now'
    await readLater([other, null, answer])
    await readLater([other, null, answer], 73 * HOUR)
    expect(await stored()).toContainEqual([2, 'unreadable', 'The server refused: Not now'])
    expect(await reader()).toMatchObject({ health: 'ready' })
  })

  it('and puts all off is asked for two of them alone, not for each', async () => {
    let fetches = 0
    stage.settings.answer = (command) => {
      if (!command.startsWith('UID FETCH')) return null
      fetches++
      return 'NO [LIMIT] Slow down'
    }
    await readLater(Array.from({ length: 30 }, () => answer))
    expect(fetches).toBe(3)
    expect(await stored()).toEqual([])
  })

  it.each([[SERVERBUG], ['NO [UNAVAILABLE] Not now']])(
    'which refuses a long body with %s is asked for it again: a lone reply, and the second of two',
    async (refusal) => {
      stage.settings.answer = (command) => (isBody(command) ? refusal : null)
      expect(await readLater([long])).toEqual({ messages: 0 })
      expect(await stored()).toEqual([])
      expect(await reader()).toMatchObject(UNREAD)
      expect(await readLater([long, other], MINUTE)).toEqual({ messages: 1 })
      expect(await reader()).toMatchObject(UNREAD)
      stage.settings.answer = () => null
      expect(await readLater([long, other], 2 * MINUTE)).toEqual({ messages: 1 })
      expect(await stored()).toEqual([
        [1, 'human', undefined],
        [2, 'human', undefined],
      ])
      expect(await reader()).toMatchObject({ health: 'ready' })
    },
  )

  it('for good has a long body given up after its hour', async () => {
    stage.settings.answer = (command) => (isBody(command) ? SERVERBUG : null)
    await readLater([other, long])
    await readLater([other, long], 61 * MINUTE)
    expect(await stored()).toEqual([
      [1, 'human', undefined],
      [2, 'unreadable', REASON],
    ])
  })

  it('each of several for an hour has them kept with their reason: the mailbox is read again, and what comes is', async () => {
    await readLater([null, null])
    expect(await inbox()).toMatchObject({ lastUid: 0n, failure: REASON })
    await readLater([null, null], 59 * MINUTE)
    expect(await stored()).toEqual([])
    expect(await reader()).toMatchObject({ health: 'cooling_down', troubleCount: 2 })
    expect(await readLater([null, null], 61 * MINUTE)).toEqual({ messages: 0 })
    const both = [
      [1, 'unreadable', REASON],
      [2, 'unreadable', REASON],
    ]
    expect(await stored()).toEqual(both)
    expect(await reader()).toMatchObject({ health: 'ready', healthReason: null })
    expect(await inbox()).toMatchObject({ lastUid: 2n, failure: null })
    expect(await readLater([null, null, answer], 62 * MINUTE)).toEqual({ messages: 1 })
    expect(await stored()).toEqual([...both, [3, 'human', undefined]])
  })

  it('and numbers the folder anew has them asked for by their new numbers', async () => {
    await readLater([null])
    await stage.engine.db.mailboxFolder.updateMany({ data: { uidValidity: 7n } })
    expect(await readLater([answer], MINUTE)).toEqual({ messages: 1 })
    expect(await inbox()).toMatchObject({ uidValidity: 1n, refused: {} })
  })

  it.each([
    ['SEARCH', /^UID SEARCH\b/i],
    ['EXAMINE of the Inbox', /^EXAMINE INBOX/i],
    ['EXAMINE of Junk', /^EXAMINE Junk/i],
    ['EXAMINE of Sent', /^EXAMINE Sent/i],
  ])('and puts off the %s is not read: an answer may lie there', async (_what, refused) => {
    stage.settings.answer = (command) => (refused.test(command) ? 'NO [UNAVAILABLE] Not now' : null)
    await readLater([])
    expect(await reader()).toMatchObject(UNREAD)
    stage.settings.answer = () => null
    await readLater([])
    expect((await reader()).lastReadAt).not.toBeNull()
  })

  it('a folder beside the Inbox that is broken, or put off, for long is passed over, and the page has the reason', async () => {
    stage.settings.answer = (command) => (/^EXAMINE Junk/i.test(command) ? SERVERBUG : null)
    await readLater([])
    await readLater([], 59 * MINUTE)
    expect(await reader()).toMatchObject(UNREAD)
    await readLater([], 61 * MINUTE)
    expect(await reader()).toMatchObject({ health: 'ready' })
    const place = { mailboxId_path: { mailboxId: stage.ids.mailboxId, path: 'Junk' } }
    expect(await stage.engine.db.mailboxFolder.findUniqueOrThrow({ where: place })).toMatchObject({ failure: REASON })
  })
})
