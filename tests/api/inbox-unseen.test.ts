import { beforeEach, describe, expect, it } from 'vitest'
import { allWithSandbox } from '../support/conversation/sandbox-stage'

const stage = allWithSandbox()
const REPLY = { kind: 'reply' as const, text: 'Thank you, that sounds interesting.' }
const LATER = { kind: 'reply' as const, text: 'One more thing: when can you start?' }
const CAME = { code: 'CONFLICT', message: 'A new message came meanwhile. Look at it first: nothing was changed.' }
const MINUTE = 60_000

beforeEach(async () => void (await stage.engine.db.conversation.deleteMany()))

/** The conversation as a page shows it, and what of it that page has seen. */
async function shown() {
  const { id } = await stage.engine.db.conversation.findFirstOrThrow()
  const { scope, isWaiting, isUnread, snoozedUntil, version, latestMessageId } = await stage.api.inbox.get({ id })
  return { id, seen: latestMessageId, scope, isWaiting, isUnread, snoozedUntil, version }
}
const inFuture = () => new Date(stage.engine.clock.now().getTime() + 86_400_000)

/** An answer that a page shows, and another one that came since. */
async function behind() {
  await stage.answer(REPLY)
  const before = await shown()
  stage.engine.clock.advance(MINUTE)
  await stage.answer(LATER)
  return before
}

describe('an answer that nobody has seen', () => {
  it('is not hidden by what a page does that shows the answer before it', async () => {
    const { id, seen } = await behind()
    const now = await shown()
    const { setDone, snooze, setUnread } = stage.api.inbox
    await expect(setDone({ id, done: true, seen })).rejects.toMatchObject(CAME)
    await expect(snooze({ id, until: inFuture(), seen })).rejects.toMatchObject(CAME)
    await expect(setUnread({ id, isUnread: false, seen })).rejects.toMatchObject(CAME)
    await expect(setDone({ id, done: true, seen: null })).rejects.toMatchObject(CAME)
    expect(await shown()).toEqual(now)
    expect(now).toMatchObject({ scope: 'open', isWaiting: true, isUnread: true })
    await setDone({ id, done: true, seen: now.seen })
    expect(await shown()).toMatchObject({ scope: 'done', isUnread: false })
  })

  it('is not hidden by one that a mailbox gave up late, written before what was seen', async () => {
    await stage.answer(LATER)
    const { id, seen } = await shown()
    const { receivedAt, ...message } = await stage.engine.db.receivedMessage.findFirstOrThrow()
    const late = { ...message, receivedAt: new Date(receivedAt.getTime() - MINUTE), contentHash: 'late' }
    const json = { effects: {}, undo: {}, details: {}, attachments: [] }
    const { id: _, ...stored } = { ...late, ...json }
    await stage.engine.db.receivedMessage.create({ data: stored })
    await expect(stage.api.inbox.setDone({ id, done: true, seen })).rejects.toMatchObject(CAME)
  })

  it('is not hidden by taking back what had opened the conversation again', async () => {
    await stage.answer(REPLY)
    const { id, seen } = await shown()
    const { setDone } = stage.api.inbox
    await setDone({ id, done: true, seen })
    const reopened = await setDone({ id, done: false })
    stage.engine.clock.advance(MINUTE)
    await stage.answer(LATER)
    await expect(setDone({ id, done: true, seen, ifVersion: reopened.version })).rejects.toMatchObject(CAME)
    expect(await shown()).toMatchObject({ scope: 'open', isWaiting: true, isUnread: true })
  })

  it('is not hidden by taking back the end of a snooze', async () => {
    await stage.answer(REPLY)
    const { id, seen } = await shown()
    const until = inFuture()
    await stage.api.inbox.snooze({ id, until, seen })
    const ended = await stage.api.inbox.snooze({ id, until: null })
    expect(ended.was.snoozedUntil).toEqual(until)
    stage.engine.clock.advance(MINUTE)
    await stage.answer(LATER)
    const back = stage.api.inbox.snooze({ id, until, seen, ifVersion: ended.version })
    await expect(back).rejects.toMatchObject(CAME)
    expect(await shown()).toMatchObject({ scope: 'open', isWaiting: true, isUnread: true, snoozedUntil: null })
  })

  it('is in the way of no act that hides nothing', async () => {
    const { id } = await behind()
    await stage.api.inbox.setUnread({ id, isUnread: true })
    await stage.api.inbox.snooze({ id, until: null })
    await stage.api.inbox.setDone({ id, done: false })
    expect(await shown()).toMatchObject({ scope: 'open', isUnread: true })
  })

  it('is to be named by every act that may hide one', async () => {
    await stage.answer(REPLY)
    const { id } = await shown()
    const unnamed = { code: 'BAD_REQUEST', message: expect.stringContaining('Name the last message that was seen.') }
    await expect(stage.api.inbox.setDone({ id, done: true })).rejects.toMatchObject(unnamed)
    await expect(stage.api.inbox.snooze({ id, until: inFuture() })).rejects.toMatchObject(unnamed)
    await expect(stage.api.inbox.setUnread({ id, isUnread: false })).rejects.toMatchObject(unnamed)
  })
})

describe('taking back', () => {
  it.each([
    ['done', (id: string, seen: string | null) => stage.api.inbox.setDone({ id, done: true, seen })],
    ['snoozed', (id: string, seen: string | null) => stage.api.inbox.snooze({ id, until: inFuture(), seen })],
  ])('that it is %s gives back that it was unread', async (_, act) => {
    await stage.answer(REPLY)
    const { id, seen } = await shown()
    const { was, version } = await act(id, seen)
    expect(await shown()).toMatchObject({ isUnread: false })
    expect(was).toMatchObject({ isUnread: true })
    await stage.api.inbox.snooze({ id, until: null, unread: true, ifVersion: version })
    expect(await shown()).toMatchObject({ scope: 'open', isUnread: true })
  })

  it('that it is open again gives back that it was unread and done', async () => {
    await stage.answer(REPLY)
    const { id, seen } = await shown()
    await stage.api.inbox.setDone({ id, done: true, seen })
    await stage.api.inbox.setUnread({ id, isUnread: true })
    const { was, version } = await stage.api.inbox.setDone({ id, done: false })
    expect(was).toMatchObject({ isDone: true, isUnread: true })
    await stage.api.inbox.setDone({ id, done: true, seen, unread: true, ifVersion: version })
    expect(await shown()).toMatchObject({ scope: 'done', isUnread: true })
  })
})
