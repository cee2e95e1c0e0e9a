import { describe, expect, it } from 'vitest'
import { holdExpiredLeases } from '@/use-cases/delivery/hold-expired-leases'
import { leaseMs } from '@/use-cases/delivery/lease'
import { sendReplies } from '@/use-cases/delivery/send-mailbox'
import { resolveHeldReplies, resolveHeldReply } from '@/use-cases/replies/resolve-held-reply'
import { retryReply } from '@/use-cases/replies/retry-reply'
import { laterBy } from '../../support/conversation/copying-mailbox'
import { OUR_LEAD } from '../../support/conversation/received'
import { allWithAnsweredEmail } from '../../support/conversation/replying-stage'
import { BY } from '../../support/engine'

const stage = allWithAnsweredEmail('human-interested.gmail.en')

/** A reply whose connection is lost once it was handed over. */
async function writeHeld({ keep = false } = {}) {
  stage.engine.sink.behave = () => ({ at: 'data', drop: true, keep })
  const { id } = await stage.write()
  await stage.leave()
  stage.engine.sink.behave = () => undefined
  return id
}

describe('what becomes of a reply', () => {
  it('is held where the answer of the server is lost, and keeps its place of the day', async () => {
    const id = await writeHeld({ keep: true })
    const held = await stage.reply(id)
    expect(held).toMatchObject({ status: 'held', sentAt: null, leaseUntil: null, heldAt: stage.engine.clock.now() })
    expect(held.reason).toContain('no answer to it came')
    expect(await stage.reservedToday()).toBe(1)
    // Nothing sends it again by itself.
    await stage.leave()
    expect(stage.engine.sink.received).toHaveLength(1)
  })

  it('is held once the lease of a worker that is gone is over, and is sent by an answer that comes after all', async () => {
    const { engine, ids } = stage
    const letGo = Promise.withResolvers<void>()
    engine.sink.behave = () => ({ at: 'data', until: letGo.promise })
    const { id } = await stage.write()
    engine.clock.advance(11_000)
    const job = sendReplies(engine.deps, ids)
    await expect.poll(async () => (await stage.reply(id)).status).toBe('sending')
    expect(await holdExpiredLeases(engine.deps)).toBe(0)
    expect(await holdExpiredLeases(laterBy(leaseMs(engine.deps) + 1_000, engine))).toBe(1)
    expect((await stage.reply(id)).status).toBe('held')
    letGo.resolve()
    await job
    expect(await stage.reply(id)).toMatchObject({ status: 'sent', heldAt: null })
    expect(engine.sink.received).toHaveLength(1)
  })

  it('held, is sent again under the same Message-ID where a person says so, and taken for sent where not', async () => {
    const { engine } = stage
    const again = await writeHeld()
    const delivered = await writeHeld({ keep: true })
    await resolveHeldReply(engine.deps, { id: again, choice: 'again', by: BY })
    await resolveHeldReply(engine.deps, { id: delivered, choice: 'delivered', by: BY })
    await stage.leave()
    expect(await stage.reply(again)).toMatchObject({ status: 'sent', claim: 2 })
    expect(await stage.reply(delivered)).toMatchObject({ status: 'sent', claim: 1, heldAt: null })
    expect(engine.sink.received.map(({ messageId }) => messageId)).toEqual([
      `<${delivered}@nexa.example>`,
      `<${again}@nexa.example>`,
    ])
    await expect(resolveHeldReply(engine.deps, { id: again, choice: 'again', by: BY })).rejects.toMatchObject({
      code: 'conflict',
    })
  })

  it('held, and known to have left, is an answer like any other: nothing further goes to the lead', async () => {
    const { engine, ids } = stage
    const conversation = () => engine.db.conversation.findFirstOrThrow({ where: { leadId: ids.leadId } })
    const id = await writeHeld({ keep: true })
    const data = { status: 'pending', failureReason: null, endedAt: null } as const
    await engine.db.scheduledEmail.updateMany({ where: { workflowStepNumber: 3 }, data })
    expect((await conversation()).isWaiting).toBe(true)
    await resolveHeldReply(engine.deps, { id, choice: 'delivered', by: BY })
    expect((await conversation()).isWaiting).toBe(false)
    expect((await stage.state()).later[1]).toBe('skipped: answered_by_hand')
  })

  it('held, is decided by the setting after its hours, as held emails are', async () => {
    const { engine } = stage
    const id = await writeHeld()
    await resolveHeldReplies(engine.deps)
    expect((await stage.reply(id)).status).toBe('held')
    engine.clock.advance(72 * 3_600_000)
    await resolveHeldReplies(engine.deps)
    expect((await stage.reply(id)).status).toBe('sent')
  })

  it('is tried again after an hour where the server puts it off, and fails after as many attempts as the setting allows', async () => {
    const { engine } = stage
    engine.deps.random = () => 0.5
    engine.sink.behave = () => ({ at: 'rcpt', code: 451, message: '4.7.1 Greylisted' })
    const { id } = await stage.write()
    await stage.leave()
    const waiting = await stage.reply(id)
    expect(waiting).toMatchObject({ status: 'pending', retryCount: 1, claim: 1 })
    expect(waiting.dueAt.getTime() - engine.clock.now().getTime()).toBe(3_600_000)
    expect(await stage.reservedToday()).toBe(0)
    for (const hours of [1, 2]) {
      engine.clock.advance(hours * 3_600_000)
      await stage.leave()
    }
    const failed = await stage.reply(id)
    expect(failed).toMatchObject({ status: 'failed', retryCount: 3 })
    expect(failed.reason).toContain('Greylisted')
    engine.sink.behave = () => undefined
    await retryReply(engine.deps, { id, by: BY })
    await stage.leave()
    expect(await stage.reply(id)).toMatchObject({ status: 'sent', reason: null })
  })

  it('fails where there is no such address, which nobody writes to any more', async () => {
    const { engine } = stage
    engine.sink.behave = () => ({ at: 'rcpt', code: 550, message: '5.1.1 User unknown' })
    const { id } = await stage.write({ to: ['gone@customer.example'] })
    await stage.leave()
    expect((await stage.reply(id)).status).toBe('failed')
    expect(await engine.db.suppression.findMany({ select: { value: true, reason: true, source: true } })).toEqual([
      { value: 'gone@customer.example', reason: 'invalid_address', source: 'smtp' },
    ])
  })

  it('reaches those whom the server takes, and says whom it refused', async () => {
    const { engine } = stage
    engine.sink.behave = (to) =>
      to.startsWith('gone') ? { at: 'rcpt', code: 550, message: '5.1.1 User unknown' } : undefined
    const { id } = await stage.write({ cc: ['gone@customer.example'] })
    await stage.leave()
    const sent = await stage.reply(id)
    expect(sent).toMatchObject({ status: 'sent', takenEmails: [OUR_LEAD], refusedEmails: ['gone@customer.example'] })
    expect(sent.reason).toContain('Not delivered to gone@customer.example')
    expect((await engine.db.suppression.findMany()).map(({ value }) => value)).toEqual(['gone@customer.example'])
  })

  it('goes once more to those alone whom the server has put off', async () => {
    const { engine } = stage
    engine.sink.behave = (to) => (to.startsWith('slow') ? { at: 'rcpt', code: 450, message: '4.2.0 Later' } : undefined)
    const { id } = await stage.write({ cc: ['slow@customer.example'] })
    await stage.leave()
    expect(await stage.reply(id)).toMatchObject({ status: 'pending', takenEmails: [OUR_LEAD], retryCount: 1 })
    expect(await stage.reservedToday()).toBe(1)
    engine.sink.behave = () => undefined
    engine.clock.advance(2 * 3_600_000)
    await stage.leave()
    const sent = await stage.reply(id)
    expect(sent.status).toBe('sent')
    expect(sent.takenEmails.toSorted()).toEqual(['slow@customer.example', OUR_LEAD].toSorted())
    expect(engine.sink.received.map(({ to }) => to)).toEqual([OUR_LEAD, 'slow@customer.example'])
  })

  it('a refused sign-in or sender stops the mailbox, and the reply waits for it', async () => {
    const { engine } = stage
    engine.sink.behave = () => ({ at: 'rcpt', code: 554, message: '5.7.1 Relay access denied' })
    const { id } = await stage.write()
    await stage.leave()
    expect((await engine.db.mailbox.findFirstOrThrow()).health).toBe('stopped')
    expect(await stage.reply(id)).toMatchObject({ status: 'pending', retryCount: 0 })
    expect(await stage.reservedToday()).toBe(0)
    engine.clock.advance(3_600_000)
    expect(await stage.leave()).toEqual({ sent: 0, other: 0 })
  })
})
