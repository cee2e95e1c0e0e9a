import { describe, expect, it } from 'vitest'
import { sendMailbox, sendReplies } from '@/use-cases/delivery/send-mailbox'
import { getReplyDraft } from '@/use-cases/replies/get-reply-draft'
import { undoReply } from '@/use-cases/replies/undo-reply'
import { addSuppression } from '@/use-cases/suppression/add-suppression'
import { OUR_ID, OUR_LEAD } from '../../support/conversation/received'
import { allWithAnsweredEmail } from '../../support/conversation/replying-stage'
import { BY } from '../../support/engine'

const stage = allWithAnsweredEmail('human-interested.gmail.en')

describe('a reply that a person has written', () => {
  it('leaves after ten seconds from the mailbox of the talk, in its thread, signed and with the message below', async () => {
    const { engine, ids } = stage
    await engine.db.mailbox.updateMany({ data: { signature: 'Sam Porter\nNexa' } })
    const message = await engine.db.receivedMessage.findUniqueOrThrow({ where: { id: ids.messageId } })
    const { id, dueAt } = await stage.write()
    expect(dueAt.getTime() - engine.clock.now().getTime()).toBe(10_000)
    await sendMailbox(engine.deps, ids)
    expect(engine.sink.received).toEqual([])
    expect(await stage.leave()).toEqual({ sent: 1, other: 0 })
    const [email] = engine.sink.received
    const stored = await stage.reply(id)
    expect(email).toMatchObject({ from: 'sam@nexa.example', to: OUR_LEAD, messageId: `<${id}@nexa.example>` })
    expect(email?.subject).toMatch(/^Re: /)
    const header = (name: string) =>
      new RegExp(`^${name}: (.*)$`, 'im').exec((email?.raw ?? '').replace(/\r?\n[ \t]+/g, ' '))?.[1]
    expect(header('In-Reply-To')).toBe(message.messageId)
    expect(header('References')?.split(' ')).toEqual([OUR_ID, message.messageId, stored.messageId])
    expect(header('List-Unsubscribe')).toBeUndefined()
    const { quote } = await getReplyDraft(engine.deps, { messageId: ids.messageId, kind: 'answer' })
    expect(stored.bodyText).toBe(`Tuesday at ten suits us.\n\nSam Porter\nNexa\n\n${quote}\n`)
    expect(quote).toMatch(/wrote:\n> /)
    expect(stored).toMatchObject({ status: 'sent', claim: 1, leaseUntil: null, writtenBy: BY, retryCount: 0 })
    expect(await stage.reservedToday()).toBe(1)
  })

  it('is taken back within that time, and never after it has begun to leave', async () => {
    const { engine } = stage
    const taken = await stage.write()
    await undoReply(engine.deps, { id: taken.id, by: BY })
    const late = await stage.write({ text: 'Another' })
    await stage.leave()
    await expect(undoReply(engine.deps, { id: late.id, by: BY })).rejects.toMatchObject({ code: 'conflict' })
    expect((await stage.reply(taken.id)).status).toBe('cancelled')
    expect(engine.sink.received.map(({ messageId }) => messageId)).toEqual([`<${late.id}@nexa.example>`])
  })

  it('to a suppressed address asks first, and goes there where that is confirmed', async () => {
    const { engine } = stage
    await addSuppression(engine.deps, { value: OUR_LEAD, reason: 'manual', by: null })
    const details = { confirm: true, suppressed: [OUR_LEAD] }
    await expect(stage.write()).rejects.toMatchObject({ code: 'unconfirmed', details })
    expect(await engine.db.reply.count()).toBe(0)
    const { id } = await stage.write({ confirmed: [OUR_LEAD] })
    await stage.leave()
    expect((await stage.reply(id)).status).toBe('sent')
  })

  it('does not leave to somebody who was suppressed after it was written', async () => {
    const { engine } = stage
    const { id } = await stage.write()
    await addSuppression(engine.deps, { value: OUR_LEAD, reason: 'unsubscribed', by: null })
    await stage.leave()
    expect(await stage.reply(id)).toMatchObject({ status: 'failed', reason: 'suppressed', claim: 0 })
    expect(engine.sink.received).toEqual([])
    expect(await stage.reservedToday()).toBe(0)
  })

  it('goes before the emails of campaigns, outside window and pace', async () => {
    const { engine, ids } = stage
    await engine.db.scheduledEmail.updateMany({
      where: { workflowStepNumber: 2 },
      data: { status: 'pending', failureReason: null, endedAt: null, scheduledFor: engine.clock.now() },
    })
    await engine.db.lead.updateMany({ data: { status: 'contacted', lastContactedAt: null } })
    await engine.db.mailboxReader.deleteMany()
    const { id } = await stage.write()
    engine.clock.advance(11_000)
    const began: string[] = []
    const { mailer } = engine.deps
    const watching = {
      ...mailer,
      send: (...args: Parameters<typeof mailer.send>) => {
        began.push(String(args[1].raw))
        return mailer.send(...args)
      },
    }
    await sendMailbox({ ...engine.deps, mailer: watching }, ids)
    expect(began[0]).toContain(`Message-ID: <${id}@nexa.example>`)
    await engine.db.mailbox.updateMany({
      data: {
        windowStartMinute: 0,
        windowEndMinute: 1,
        nextSendAt: new Date(engine.clock.now().getTime() + 3_600_000),
      },
    })
    const second = await stage.write()
    await stage.leave()
    expect((await stage.reply(second.id)).status).toBe('sent')
  })

  it('counts against the daily limit, and waits for the next day of its mailbox where that is used up', async () => {
    const { engine } = stage
    await engine.db.mailbox.updateMany({ data: { dailyLimit: 1, timezone: 'Europe/Berlin' } })
    const [first, second] = [await stage.write(), await stage.write({ text: 'And another' })]
    await stage.leave()
    const waiting = await stage.reply(second.id)
    expect((await stage.reply(first.id)).status).toBe('sent')
    expect(waiting).toMatchObject({ status: 'pending', reason: 'daily_limit', claim: 0 })
    expect(waiting.dueAt.toISOString()).toBe('2026-12-18T23:00:00.000Z')
    expect(await stage.reservedToday()).toBe(1)
    engine.clock.set('2026-12-18T23:00:01Z')
    await stage.leave()
    expect((await stage.reply(second.id)).status).toBe('sent')
  })

  it('leaves in the order of writing where several were put off to the same time, whatever their ids', async () => {
    const { engine } = stage
    await engine.db.mailbox.updateMany({ data: { dailyLimit: 1, timezone: 'Europe/Berlin' } })
    const written = []
    for (const first of ['c', 'b', 'a']) {
      written.push(await stage.write({ id: `${first}0000000-0000-7000-8000-000000000000`, text: `From ${first}` }))
      engine.clock.advance(1_000)
    }
    for (const day of ['18', '19', '20']) {
      engine.clock.set(`2026-12-${day}T23:00:00Z`)
      await stage.leave()
    }
    expect(engine.sink.received.map(({ messageId }) => messageId)).toEqual(
      written.map(({ id }) => `<${id}@nexa.example>`),
    )
  })

  it('of two jobs at once one sends it', async () => {
    const { engine, ids } = stage
    const written = await Promise.all(Array.from({ length: 6 }, (_, n) => stage.write({ text: `Number ${n}` })))
    engine.clock.advance(11_000)
    await Promise.all([1, 2, 3].map(() => sendReplies(engine.deps, ids)))
    const sent = engine.sink.received.map(({ messageId }) => messageId).sort()
    expect(sent).toEqual(written.map(({ id }) => `<${id}@nexa.example>`).sort())
    expect(await stage.reservedToday()).toBe(6)
  })

  it('takes its lead out of the sequences and ends the waiting of its conversation', async () => {
    const { engine, ids } = stage
    await engine.db.scheduledEmail.updateMany({
      where: { workflowStepNumber: 3 },
      data: { status: 'pending', failureReason: null, endedAt: null },
    })
    const conversation = () => engine.db.conversation.findFirstOrThrow({ where: { leadId: ids.leadId } })
    expect((await conversation()).isWaiting).toBe(true)
    await stage.write()
    expect((await conversation()).isWaiting).toBe(true)
    await stage.leave()
    expect(await conversation()).toMatchObject({ isWaiting: false, lastOutAt: engine.clock.now() })
    const lead = await engine.db.lead.findUniqueOrThrow({ where: { id: ids.leadId } })
    expect(lead.lastContactedAt).toEqual(engine.clock.now())
    expect((await stage.state()).later[1]).toBe('skipped: answered_by_hand')
  })

  it('forwarded goes to somebody else as a message of its own, and changes nothing of the lead', async () => {
    const { engine } = stage
    const before = await stage.state()
    const { id } = await stage.write({ kind: 'forward', to: ['kim@partner.example'], cc: ['Lee@Partner.example'] })
    await stage.leave()
    const stored = await stage.reply(id)
    expect(stored).toMatchObject({
      status: 'sent',
      inReplyTo: null,
      toEmails: ['kim@partner.example'],
      ccEmails: ['lee@partner.example'],
    })
    expect(stored.subject).toMatch(/^Fwd: /)
    expect(stored.bodyText).toContain('---------- Forwarded message\nFrom: ')
    expect(engine.sink.received[0]?.raw).toMatch(/^Cc: lee@partner\.example$/im)
    expect(await stage.state()).toEqual(before)
  })
})
