import { beforeEach, describe, expect, it } from 'vitest'
import { clearReplyTexts } from '@/db/queries/maintenance/clear-texts'
import { changeConversation } from '@/use-cases/inbox/change-conversation'
import { getConversation } from '@/use-cases/inbox/get-conversation'
import { listConversations } from '@/use-cases/inbox/list-conversations'
import { countUnreadNotifications } from '@/use-cases/notifications/list-notifications'
import { recordNotifications } from '@/use-cases/notifications/record-notifications'
import { updateRead } from '@/use-cases/notifications/update-notifications'
import { READ_AT, sample } from '../../support/conversation/reading-stage'
import { OUR_LEAD } from '../../support/conversation/received'
import { allWithAnsweredEmail } from '../../support/conversation/replying-stage'
import { addMember, type Member } from '../../support/team/members'

const stage = allWithAnsweredEmail('human-interested.gmail.en')
const listed = async () => (await listConversations(stage.engine.deps, { scope: 'everything' })).rows[0]
const later = (minutes: number) => new Date(READ_AT.getTime() + minutes * 60_000)

describe('the last words of a conversation', () => {
  it('are ours once our answer has left, without what it quotes, and theirs again with their next message', async () => {
    const theirs = await listed()
    const { id } = await stage.write({ subject: 'Tuesday', text: 'Tuesday at ten suits us.\n\nNora' })
    expect(await listed()).toMatchObject({ subject: theirs?.subject, excerpt: theirs?.excerpt })
    await stage.leave()
    expect(await listed()).toMatchObject({ subject: 'Tuesday', excerpt: 'Tuesday at ten suits us. Nora' })
    expect((await stage.reply(id)).bodyText).toContain('\n> ')
    stage.server.put('inbox', sample('human-none.what-is-it.en'), later(60))
    await stage.read()
    expect((await listed())?.excerpt).not.toContain('Tuesday')
  })

  it('stay theirs where a message came after our answer had left, and where something was only forwarded', async () => {
    const theirs = await listed()
    await stage.write({ kind: 'forward', to: ['kim@nexa.example'] })
    await stage.leave()
    expect(await listed()).toMatchObject({ excerpt: theirs?.excerpt })
    await stage.engine.db.conversation.updateMany({ data: { lastInAt: later(60), lastMessageAt: later(60) } })
    await stage.write()
    await stage.leave()
    expect(await listed()).toMatchObject({ excerpt: theirs?.excerpt })
  })

  it('go with the text of our answer', async () => {
    await stage.engine.db.settings.update({ where: { id: 1 }, data: { conversationTextDays: 30 } })
    await stage.write()
    await stage.leave()
    const now = later(40 * 24 * 60)
    await clearReplyTexts(stage.engine.deps.sql, { now, realNow: now })
    expect((await listed())?.excerpt).toBe('')
    await stage.engine.db.settings.update({ where: { id: 1 }, data: { conversationTextDays: null } })
  })
})

describe('what people are told of an answer', () => {
  let [ada, kim]: Member[] = []
  beforeEach(async () => {
    await stage.engine.db.user.deleteMany()
    ada = await addMember(stage.engine, 'member', 'Ada')
    kim = await addMember(stage.engine, 'member', 'Kim')
    await stage.engine.db.receivedMessage.updateMany({ data: { createdAt: stage.engine.clock.now() } })
    await recordNotifications(stage.engine.deps)
  })
  const unread = () =>
    Promise.all([ada, kim].map((who) => countUnreadNotifications(stage.engine.deps, { userId: who?.id ?? '' })))
  const opened = async (by: string) => {
    const { id } = await stage.engine.db.conversation.findFirstOrThrow()
    return getConversation(stage.engine.deps, { id, by })
  }

  it('is read by whoever reads the conversation, up to the message that they saw, and by nobody else', async () => {
    const userId = ada?.id ?? ''
    const { id: conversationId, latestMessageId: seen, isTold } = await opened(userId)
    expect([isTold, await unread()]).toEqual([true, [1, 1]])
    const before = '00000000-0000-7000-8000-000000000000'
    expect(await updateRead(stage.engine.deps, { userId, conversationId, seen: before })).toEqual({ read: 0 })
    expect(await updateRead(stage.engine.deps, { userId, conversationId, seen: seen ?? '' })).toEqual({ read: 1 })
    expect([(await opened(userId)).isTold, await unread()]).toEqual([false, [0, 1]])
  })

  it('is read by all once one of us has answered, but for what came after that was written', async () => {
    const { id: _, effects, undo, ...message } = await stage.engine.db.receivedMessage.findFirstOrThrow()
    await stage.write({ to: [OUR_LEAD] })
    const copied = { ...message, effects: {}, undo: {}, details: {}, attachments: [], contentHash: 'another' }
    const data = { ...copied, uid: 77n, messageId: '<later@nordwind.example>', receivedAt: later(60) }
    await stage.engine.db.receivedMessage.create({ data })
    await recordNotifications(stage.engine.deps)
    expect([effects !== null && undo !== null, await unread()]).toEqual([true, [2, 2]])
    await stage.leave()
    expect(await unread()).toEqual([1, 1])
  })

  it('is read by all once it was answered by hand, or is done', async () => {
    const raw = `From: sam@nexa.example\r\nTo: ${OUR_LEAD}\r\nSubject: Pallets\r\nMessage-ID: <hand@nexa.example>\r\nIn-Reply-To: <unknown@x.example>\r\n\r\nGladly.\r\n`
    stage.server.put('sent', raw, later(30))
    await stage.read()
    expect(await unread()).toEqual([0, 0])
    await stage.engine.db.notification.updateMany({ data: { readAt: null } })
    const { id, latestMessageId: seen } = await opened(ada?.id ?? '')
    await changeConversation(stage.engine.deps, { id, change: { done: true }, seen, by: ada?.id ?? '' })
    expect(await unread()).toEqual([0, 0])
  })
})
