import { describe, expect, it } from 'vitest'
import { allWithPeopleToTell } from '../../support/conversation/people-to-tell'
import { READ_AT, sample } from '../../support/conversation/reading-stage'
import { addMember } from '../../support/team/members'

const stage = allWithPeopleToTell()
const DAY = 86_400_000

describe('a reply', () => {
  it('is told once to everybody who may answer it, however often is looked', async () => {
    await stage.messageCame()
    await stage.look()
    await Promise.all([stage.look(), stage.look()])
    const [[title, detail] = []] = await stage.shown(stage.member)
    expect(title).toMatch(/^Ute Winter.* replied to “/)
    expect(detail).not.toBe('')
    expect(await stage.rowsOf(stage.member)).toHaveLength(1)
    expect(await stage.shown(stage.viewer)).toEqual([])
  })

  it('is told to the one whom its conversation is assigned to, and to all again when they were removed', async () => {
    const other = await addMember(stage.engine, 'member')
    await stage.messageCame()
    const conversation = { where: { leadId: stage.ids.leadId }, data: { assigneeId: other.id } }
    await stage.engine.db.conversation.update(conversation)
    await stage.look()
    expect([await stage.shown(stage.member), await stage.shown(other)]).toMatchObject([
      [],
      [[expect.stringContaining('replied'), expect.anything()]],
    ])
    await stage.engine.db.user.update({ where: { id: other.id }, data: { removedAt: READ_AT } })
    await stage.look()
    expect(await stage.shown(stage.member)).toHaveLength(1)
  })

  it('is none where it was answered by then, and one where it came to two of our mailboxes', async () => {
    await stage.messageCame()
    const of = { where: { leadId: stage.ids.leadId } }
    await stage.engine.db.conversation.update({ ...of, data: { isWaiting: false, isUnread: false } })
    await stage.look()
    expect(await stage.shown(stage.member)).toEqual([])
    const { id: _, effects, undo, ...message } = await stage.engine.db.receivedMessage.findFirstOrThrow()
    const copied = { ...message, effects: {}, undo: {}, details: {}, attachments: [], contentHash: 'another' }
    await stage.engine.db.receivedMessage.create({ data: copied })
    await stage.engine.db.conversation.update({ ...of, data: { isWaiting: true } })
    await stage.look()
    expect([effects !== null && undo !== null, await stage.rowsOf(stage.member)]).toMatchObject([
      true,
      [{ kind: 'reply' }],
    ])
  })

  it('is told where nobody has seen it, though one that was read late waits for no answer', async () => {
    await stage.messageCame()
    const of = { where: { leadId: stage.ids.leadId } }
    await stage.engine.db.conversation.update({ ...of, data: { isWaiting: false, isUnread: true } })
    await stage.look()
    expect(await stage.shown(stage.member)).toMatchObject([[expect.stringContaining('replied'), expect.anything()]])
  })

  it('of somebody who is no lead is told like one that is nobody’s, unless it was seen or a program wrote it', async () => {
    const came = async (subject: string, ...headers: string[]) => {
      const head = ['From: Bruno Berg <bruno@elsewhere.example>', 'To: sales@nexa.example', `Subject: ${subject}`]
      const raw = [...head, `Message-ID: <${subject}@elsewhere.example>`, ...headers, '', 'Do you deliver to Kiel?']
      await stage.rawCame(raw.join('\r\n'))
    }
    await came('automatic', 'Auto-Submitted: auto-generated')
    await stage.look()
    expect(await stage.shown(stage.member)).toEqual([])
    await came('asked')
    const strangers = { where: { correspondent: 'bruno@elsewhere.example' } }
    await stage.engine.db.conversation.updateMany({ ...strangers, data: { isUnread: false } })
    await stage.look()
    expect(await stage.shown(stage.member)).toEqual([])
    await stage.engine.db.conversation.updateMany({ ...strangers, data: { isUnread: true } })
    await stage.look()
    await stage.look()
    expect(await stage.shown(stage.member)).toEqual([['Bruno Berg wrote', 'Do you deliver to Kiel?']])
    expect(await stage.shown(stage.viewer)).toEqual([])
  })

  it('in Junk is told where it belongs to what we wrote: whatever else lies there is told to nobody', async () => {
    const head = ['From: Bruno Berg <bruno@elsewhere.example>', 'To: sales@nexa.example', 'Subject: Your chance']
    const raw = (id: string) =>
      [...head, `Message-ID: <${id}@elsewhere.example>`, '', 'Buy lists from me.'].join('\r\n')
    await stage.rawCame(raw('spam'), 'junk')
    await stage.look()
    expect(await stage.engine.db.receivedMessage.findMany()).toMatchObject([{ folder: 'Junk', kind: 'human' }])
    expect(await stage.shown(stage.member)).toEqual([])
    await stage.rawCame(raw('letter'))
    await stage.look()
    expect(await stage.shown(stage.member)).toMatchObject([['Bruno Berg wrote', expect.anything()]])
    await stage.rawCame(sample('human-interested.gmail.en').toString('latin1'), 'junk')
    await stage.look()
    expect((await stage.shown(stage.member)).map(([title]) => title)).toEqual([
      expect.stringContaining('replied'),
      'Bruno Berg wrote',
    ])
  })

  it('is none where a machine wrote, or long ago, and goes with its lead', async () => {
    await stage.messageCame('bounce-hard.postfix-user-unknown.en')
    await stage.look()
    expect(await stage.shown(stage.member)).toEqual([])
    await stage.messageCame()
    const receivedAt = (at: Date) => stage.engine.db.receivedMessage.updateMany({ data: { receivedAt: at } })
    await receivedAt(new Date(0))
    await stage.look()
    expect(await stage.shown(stage.member)).toEqual([])
    await receivedAt(new Date(READ_AT.getTime() - 10 * DAY))
    await stage.engine.db.receivedMessage.updateMany({ data: { createdAt: new Date(READ_AT.getTime() - 4 * DAY) } })
    await stage.look()
    expect(await stage.shown(stage.member)).toEqual([])
    await stage.engine.db.receivedMessage.updateMany({ data: { createdAt: READ_AT } })
    await stage.look()
    expect(await stage.shown(stage.member)).toHaveLength(1)
    await stage.engine.db.lead.deleteMany({ where: { id: stage.ids.leadId } })
    expect(await stage.shown(stage.member)).toEqual([])
  })
})
