import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import { appRouter } from '@/server/api/root'
import { createCallerFactory } from '@/server/api/trpc'
import { sendReplies } from '@/use-cases/delivery/send-mailbox'
import { allWithSandbox } from '../support/conversation/sandbox-stage'
import { addMember, type Member } from '../support/team/members'

const stage = allWithSandbox()
const REPLY = { kind: 'reply' as const, text: 'Thank you, that sounds interesting.' }
const createCaller = createCallerFactory(appRouter)

let ada: Member
beforeEach(async () => {
  await stage.engine.db.conversation.deleteMany()
  await stage.engine.db.user.deleteMany()
  ada = await addMember(stage.engine, 'member', 'Ada')
})

const callerOf = (member: Member) => createCaller({ deps: stage.engine.deps, user: member })
const only = async () => {
  const { id } = await stage.engine.db.conversation.findFirstOrThrow()
  return stage.api.inbox.get({ id })
}
const scopes = async () => {
  const { counts } = await stage.api.inbox.counts()
  return Object.entries(counts ?? {}).flatMap(([scope, { total }]) => (total > 0 ? [scope] : []))
}
const HOUR = 3_600_000
const day = (n: number) => new Date(Date.UTC(2026, 2, 2 + n, 8))

describe('a conversation', () => {
  it('shows both sides in order, what the answer did, the lead and its campaigns', async () => {
    const { toEmail } = await stage.answer(REPLY)
    const conversation = await only()
    expect(conversation.entries).toMatchObject([
      { is: 'email', step: 1, toEmail, campaignId: stage.ids.campaignId, text: expect.stringContaining('Hello Ada') },
      {
        is: 'message',
        kind: 'human',
        excerpt: REPLY.text,
        effects: { skipped: 2 },
        corrections: ['stop_request', 'nothing'],
      },
    ])
    expect(conversation.lead).toMatchObject({ email: toEmail, status: 'replied' })
    expect(conversation.campaigns).toMatchObject([{ id: stage.ids.campaignId, sent: 1, pending: 0, nextAt: null }])
    expect((await stage.api.inbox.list()).rows).toMatchObject([
      { id: conversation.id, correspondent: toEmail, excerpt: REPLY.text, isUnread: true, isWaiting: true },
    ])
  })

  it('shows replies of ours where they stand in time, between what they answer and what came after them', async () => {
    await stage.answer(REPLY)
    const { id } = await stage.engine.db.receivedMessage.findFirstOrThrow()
    const write = (text: string) =>
      stage.api.replies.send({
        id: randomUUID(),
        messageId: id,
        to: ['zoe@zz.example'],
        kind: 'forward',
        text,
        quote: false,
      })
    stage.engine.clock.advance(HOUR)
    const sent = await write('First.')
    stage.engine.clock.advance(60_000)
    await sendReplies(stage.engine.deps, { mailboxId: stage.ids.mailboxId })
    stage.engine.clock.advance(HOUR)
    await stage.api.replies.undo(await write('Second.'))
    stage.engine.clock.advance(HOUR)
    await stage.answer({ ...REPLY, text: 'One more question.' })
    stage.engine.clock.advance(HOUR)
    await write('Third.')
    const { entries } = await only()
    expect(
      entries.map((entry) => (entry.is === 'reply' ? `${entry.status} ${entry.bodyText.trim()}` : entry.is)),
    ).toEqual([...['email', 'message', 'sent First.', 'cancelled Second.', 'message', 'pending Third.']])
    expect(entries[2]).toMatchObject({ id: sent.id, receivedMessageId: id, canUndo: false })
  })

  it('is done, and opened again by its version alone', async () => {
    await stage.answer(REPLY)
    const { id, latestMessageId: seen } = await only()
    const { version, was } = await stage.api.inbox.setDone({ id, done: true, seen })
    expect(was).toEqual({ isDone: false, snoozedUntil: null, assigneeId: null, isUnread: true })
    expect(await scopes()).toEqual(['done', 'everything'])
    await expect(stage.api.inbox.snooze({ id, until: null, ifVersion: version - 1 })).rejects.toMatchObject({
      code: 'CONFLICT',
    })
    await stage.api.inbox.snooze({ id, until: null, ifVersion: version })
    expect(await scopes()).toEqual(['open', 'waiting', 'everything'])
  })

  it('is snoozed until its time, comes back by itself, and is taken back with the snooze that it had', async () => {
    await stage.answer(REPLY)
    const { id, latestMessageId: seen } = await only()
    await expect(stage.api.inbox.snooze({ id, until: day(-1), seen })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
      message: 'Choose a time that is still to come. Nothing was changed.',
    })
    await stage.api.inbox.snooze({ id, until: day(3), seen })
    expect(await scopes()).toEqual(['snoozed', 'everything'])
    const { version, was } = await stage.api.inbox.setDone({ id, done: true, seen })
    expect(was).toMatchObject({ isDone: false, snoozedUntil: day(3) })
    stage.engine.clock.set(day(4))
    await stage.api.inbox.snooze({ id, until: day(3), seen, ifVersion: version })
    expect(await scopes()).toEqual(['open', 'waiting', 'everything'])
  })

  it('is assigned to members, not to viewers nor to those who left, and found by whose it is', async () => {
    await stage.answer(REPLY)
    const { id } = await only()
    const viewer = await addMember(stage.engine, 'viewer', 'Vera')
    await expect(stage.api.inbox.assign({ id, assigneeId: viewer.id })).rejects.toMatchObject({ code: 'CONFLICT' })
    await stage.engine.db.user.update({ where: { id: viewer.id }, data: { role: 'member', removedAt: day(0) } })
    await expect(stage.api.inbox.assign({ id, assigneeId: viewer.id })).rejects.toMatchObject({ code: 'CONFLICT' })
    expect((await stage.api.inbox.list({ assigneeId: null })).rows).toHaveLength(1)
    await stage.api.inbox.assign({ id, assigneeId: ada.id })
    expect(await only()).toMatchObject({ assigneeId: ada.id, assigneeName: 'Ada' })
    expect((await stage.api.inbox.list({ assigneeId: null })).rows).toHaveLength(0)
    expect((await callerOf(ada).inbox.list({ assigneeId: 'me' })).rows).toHaveLength(1)
    expect((await stage.api.inbox.list({ assigneeId: 'me' })).rows).toHaveLength(0)
  })

  it('holds notes of the team, which their authors alone remove', async () => {
    await stage.answer(REPLY)
    const { id } = await only()
    await expect(stage.api.inbox.addNote({ conversationId: id, text: ' \n' })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
      message: 'Enter what is to be noted. Nothing was changed.',
    })
    const note = await callerOf(ada).inbox.addNote({ conversationId: id, text: ' Call on Monday ' })
    const noted = { is: 'note', text: 'Call on Monday', authorName: 'Ada' }
    expect((await only()).entries.at(-1)).toMatchObject({ ...noted, isYours: false })
    expect((await callerOf(ada).inbox.get({ id })).entries.at(-1)).toMatchObject({ ...noted, isYours: true })
    await expect(stage.api.inbox.removeNote({ id: note.id })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await callerOf(ada).inbox.removeNote({ id: note.id })
    expect((await only()).entries.map(({ is }) => is)).toEqual(['email', 'message'])
  })

  it('is read and unread without getting in the way of what takes an act back', async () => {
    await stage.answer(REPLY)
    const { id, latestMessageId: seen } = await only()
    const { version } = await stage.api.inbox.setDone({ id, done: true, seen })
    await stage.api.inbox.setUnread({ id, isUnread: true })
    expect(await only()).toMatchObject({ isUnread: true, version })
    await stage.api.inbox.snooze({ id, until: null, ifVersion: version })
  })
})
