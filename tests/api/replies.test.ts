import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import { lockAnswersTo } from '@/db/queries/replies/select-answers'
import { appRouter } from '@/server/api/root'
import { createCallerFactory } from '@/server/api/trpc'
import { addSuppression } from '@/use-cases/suppression/add-suppression'
import { allWithSandbox } from '../support/conversation/sandbox-stage'
import { addMember, type Member } from '../support/team/members'
import { waitsFor } from '../support/until-blocked'

const stage = allWithSandbox()
const createCaller = createCallerFactory(appRouter)
const callerOf = (member: Member) => createCaller({ deps: stage.engine.deps, user: member })
type Caller = ReturnType<typeof callerOf>

let ada: Caller
let kim: Caller
let messageId = ''
let to = ''
beforeEach(async () => {
  const { db } = stage.engine
  await db.reply.deleteMany()
  await db.conversation.deleteMany()
  await db.user.deleteMany()
  await db.mailbox.updateMany({ data: { signature: 'Sam Porter\nNexa' } })
  ada = callerOf(await addMember(stage.engine, 'member', 'Ada'))
  kim = callerOf(await addMember(stage.engine, 'member', 'Kim Voss'))
  to = (await stage.answer({ kind: 'reply', text: 'How much would that be?' })).toEmail
  messageId = (await db.receivedMessage.findFirstOrThrow()).id
})

const written = (over: Partial<Parameters<Caller['replies']['send']>[0]> = {}) => ({
  ...{ id: randomUUID(), messageId, kind: 'answer' as const, to: [to], text: 'A hundred a month.' },
  ...over,
})
const rows = () => stage.engine.db.reply.findMany()
const texts = async () => (await rows()).map(({ bodyText }) => bodyText.split('\n')[0] ?? '').sort()

describe('a reply that is asked for twice', () => {
  it('is one reply, and both are answered the same', async () => {
    const reply = written()
    const first = await ada.replies.send(reply)
    expect(await ada.replies.send(reply)).toEqual(first)
    expect((await rows()).map(({ id }) => id)).toEqual([reply.id])
    expect(first).toMatchObject({ id: reply.id, undoSeconds: 10 })
  })

  it('is one reply also where both come at the same time', async () => {
    const reply = written()
    const answers = await Promise.all(Array.from({ length: 4 }, () => ada.replies.send(reply)))
    expect((await rows()).map(({ id }) => id)).toEqual([reply.id])
    expect(new Set(answers.map(({ id }) => id))).toEqual(new Set([reply.id]))
  })

  it('is answered as it is by then: with less time to take it back, and without a question that came up since', async () => {
    const reply = written()
    await ada.replies.send(reply)
    await addSuppression(stage.engine.deps, { value: to, by: null })
    stage.engine.clock.advance(4_000)
    expect(await ada.replies.send(reply)).toMatchObject({ id: reply.id, undoSeconds: 6 })
    stage.engine.clock.advance(60_000)
    expect(await ada.replies.send(reply)).toMatchObject({ id: reply.id, undoSeconds: 0 })
    expect(await rows()).toHaveLength(1)
  })

  it.each([
    ['text', { text: 'Two hundred a month.' }],
    ['recipient', { cc: ['li@customer.example'] }],
    ['subject', { subject: 'Another' }],
    ['kind', { kind: 'forward' as const }],
    ['message below', { quote: false }],
  ])('with another %s is refused, and what was stored stays', async (_, other) => {
    const reply = written()
    await ada.replies.send(reply)
    await expect(ada.replies.send({ ...reply, ...other })).rejects.toMatchObject({
      code: 'CONFLICT',
      message:
        'This reply is stored already, with another text, subject or recipient: it leaves as it was then. Nothing more was sent.',
    })
    expect(await texts()).toEqual(['A hundred a month.'])
  })

  it('is the same one where signature and zone of the mailbox were saved meanwhile, or its message was deleted', async () => {
    const reply = written({ subject: ' Prices ', cc: ['Li@Customer.example'] })
    const first = await ada.replies.send(reply)
    await stage.engine.db.mailbox.updateMany({ data: { signature: 'Sam Porter', timezone: 'Asia/Kathmandu' } })
    expect(await ada.replies.send({ ...reply, text: `${reply.text}\r\n` })).toEqual(first)
    await stage.engine.db.receivedMessage.deleteMany()
    expect(await ada.replies.send(reply)).toEqual(first)
    await expect(ada.replies.send({ ...reply, text: 'A hundred' })).rejects.toMatchObject({ code: 'CONFLICT' })
    expect((await rows()).map(({ id }) => id)).toEqual([reply.id])
  })

  it('by somebody else is refused', async () => {
    const reply = written()
    await ada.replies.send(reply)
    await expect(kim.replies.send({ ...reply, known: [reply.id] })).rejects.toMatchObject({
      code: 'CONFLICT',
      message: 'Somebody else has written a reply with this id. Nothing more was sent.',
    })
    expect(await rows()).toHaveLength(1)
  })

  it('is refused where it was taken back: whoever asks would take it for sent', async () => {
    const reply = written()
    await ada.replies.send(reply)
    await ada.replies.undo({ id: reply.id })
    await expect(ada.replies.send(reply)).rejects.toMatchObject({
      code: 'CONFLICT',
      message: 'This reply was taken back. Nothing more was sent.',
    })
    expect(await rows()).toMatchObject([{ status: 'cancelled' }])
  })
})

describe('what was typed in a reply', () => {
  it.each([true, false])(
    'is given back by its undo, without what stands below it: with the message %s',
    async (quote) => {
      const text = 'A hundred a month.\n\nFor two halls.'
      const reply = written({
        text: `${text}\n`,
        cc: ['li@customer.example'],
        subject: 'Prices',
        quote,
        asHtml: !quote,
      })
      await ada.replies.send(reply)
      const typed = {
        id: reply.id,
        messageId,
        kind: 'answer',
        to: [to],
        cc: ['li@customer.example'],
        subject: 'Prices',
        text,
      }
      expect(await ada.replies.undo({ id: reply.id })).toEqual({ ...typed, quote, asHtml: !quote })
      expect(await ada.replies.undo({ id: reply.id })).toEqual({ ...typed, quote, asHtml: !quote })
    },
  )

  it('can be had of any reply, and is all of it where the message is gone', async () => {
    const { id } = await ada.replies.send(written({ kind: 'forward', to: ['li@partner.example'] }))
    expect(await kim.replies.written({ id })).toMatchObject({ messageId, kind: 'forward', text: 'A hundred a month.' })
    await stage.engine.db.receivedMessage.deleteMany()
    const typed = await kim.replies.written({ id })
    expect(typed).toMatchObject({ messageId: null, quote: false })
    expect(typed.text).toMatch(/^A hundred a month\.\n\nSam Porter\nNexa\n\n-{10} Forwarded message\n/)
    await expect(kim.replies.written({ id: randomUUID() })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})

describe('a message that somebody else has answered meanwhile', () => {
  const refused = { code: 'PRECONDITION_FAILED' }

  it('is not answered a second time without a question, which names who and when', async () => {
    const { answers } = await kim.replies.draft({ messageId, kind: 'answer' })
    const { id } = await ada.replies.send(written())
    const [{ createdAt } = { createdAt: null }] = await rows()
    await expect(kim.replies.send(written({ text: 'Fifty.', known: answers }))).rejects.toMatchObject({
      ...refused,
      message:
        'This message was answered meanwhile by Ada. Nothing was sent. Confirm that your reply goes all the same.',
      cause: { details: { answered: [{ id, writtenBy: 'Ada', at: createdAt?.toISOString() }] } },
    })
    expect(await texts()).toEqual(['A hundred a month.'])
    await kim.replies.send(written({ text: 'Fifty.', known: [...answers, id] }))
    expect(await texts()).toEqual(['A hundred a month.', 'Fifty.'])
  })

  it('is not answered by a failed reply that is sent again without a question, either', async () => {
    const { db, clock } = stage.engine
    const { id } = await ada.replies.send(written())
    await db.reply.updateMany({ data: { status: 'failed', endedAt: clock.now() } })
    const other = await kim.replies.send(written({ text: 'Fifty.' }))
    await expect(ada.replies.retry({ id })).rejects.toMatchObject({
      ...refused,
      cause: { details: { answered: [{ id: other.id, writtenBy: 'Kim Voss' }] } },
    })
    expect(await db.reply.findUnique({ where: { id } })).toMatchObject({ status: 'failed' })
    await ada.replies.retry({ id, known: [other.id] })
    expect(await db.reply.findUnique({ where: { id } })).toMatchObject({ status: 'pending' })
  })

  it('is answered once where two answer at the same time', async () => {
    const both = await Promise.allSettled([ada.replies.send(written()), kim.replies.send(written({ text: 'Fifty.' }))])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({ reason: refused })
    expect(await rows()).toHaveLength(1)
  })

  it('is looked at behind whoever answers it at the same moment', async () => {
    await waitsFor(
      stage.engine.deps.sql,
      (tx) => lockAnswersTo(tx, messageId),
      () => kim.replies.send(written()),
    )
    expect(await rows()).toHaveLength(1)
  })

  it('raises no question where the answer was there when the form was opened, is the own one, or was taken back', async () => {
    const { id } = await ada.replies.send(written())
    const { answers } = await kim.replies.draft({ messageId, kind: 'answer' })
    expect(answers).toEqual([id])
    await kim.replies.send(written({ text: 'Known.', known: answers }))
    await stage.engine.db.reply.updateMany({ data: { status: 'cancelled', endedAt: stage.engine.clock.now() } })
    await ada.replies.send(written({ text: 'Again.' }))
    await ada.replies.send(written({ text: 'And once more.' }))
    expect(await texts()).toEqual(['A hundred a month.', 'Again.', 'And once more.', 'Known.'])
  })

  it('raises none where it is handed on, or was', async () => {
    await ada.replies.send(written({ kind: 'forward', to: ['li@partner.example'] }))
    await kim.replies.send(written({ text: 'First.' }))
    await ada.replies.send(written({ kind: 'forward', to: ['per@partner.example'], text: 'Also for you.' }))
    expect(await rows()).toHaveLength(3)
  })
})

it('a reply begins with the names of what the message carries, which it does not take along', async () => {
  expect(await ada.replies.draft({ messageId, kind: 'forward' })).toMatchObject({ attachments: [] })
  const parts = [
    { filename: 'offer.pdf', type: 'application/pdf', bytes: 12 },
    { filename: null, type: 'image/png', bytes: 3 },
  ]
  await stage.engine.db.receivedMessage.update({ where: { id: messageId }, data: { attachments: parts } })
  const { attachments } = await ada.replies.draft({ messageId, kind: 'forward' })
  expect(attachments).toEqual(['offer.pdf', 'without a name'])
})
