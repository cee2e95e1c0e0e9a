import { beforeEach, describe, expect, it } from 'vitest'
import { selectSenderVersion } from '@/db/queries/delivery/content-version'
import { ensureDays } from '@/db/queries/delivery/mark-sending'
import { markReplySending } from '@/db/queries/replies/mark-reply-sending'
import { holdExpiredLeases } from '@/use-cases/delivery/hold-expired-leases'
import { leaseMs } from '@/use-cases/delivery/lease'
import { sendReplies } from '@/use-cases/delivery/send-mailbox'
import { resolveHeldReply } from '@/use-cases/replies/resolve-held-reply'
import { undoReply } from '@/use-cases/replies/undo-reply'
import { addSuppression } from '@/use-cases/suppression/add-suppression'
import { laterBy } from '../../support/conversation/copying-mailbox'
import { OUR_LEAD } from '../../support/conversation/received'
import { allWithAnsweredEmail } from '../../support/conversation/replying-stage'
import { BY } from '../../support/engine'

const stage = allWithAnsweredEmail('human-interested.gmail.en')

const SLOW = 'slow@customer.example'
const KIM = 'kim@customer.example'

// What follows is planned again, as a person may do.
beforeEach(() => planAgain())
const planAgain = () =>
  stage.engine.db.scheduledEmail.updateMany({
    where: { workflowStepNumber: { gt: 1 } },
    data: { status: 'pending', failureReason: null, endedAt: null },
  })

const later = async () => (await stage.state()).later
const talk = () => stage.engine.db.conversation.findFirstOrThrow({ where: { leadId: stage.ids.leadId } })
const lead = () => stage.engine.db.lead.findUniqueOrThrow({ where: { id: stage.ids.leadId } })
const putOffSlow = (to: string) =>
  to === SLOW ? ({ at: 'rcpt', code: 450, message: '4.2.0 Later' } as const) : undefined

const ANSWERED = ['skipped: answered_by_hand', 'skipped: answered_by_hand']
const GOES_ON = ['pending', 'pending']

describe('a reply that the server has taken for some', () => {
  it('answers the lead as soon as it is taken for the lead, however long others are put off', async () => {
    stage.engine.sink.behave = putOffSlow
    const { id } = await stage.write({ cc: [SLOW] })
    await stage.leave()
    const partly = await stage.reply(id)
    expect(partly).toMatchObject({ status: 'pending', takenEmails: [OUR_LEAD] })
    expect(await later()).toEqual(ANSWERED)
    expect(await talk()).toMatchObject({ isWaiting: false, lastOutAt: partly.sendingSince })
    expect((await lead()).lastContactedAt).toEqual(partly.sendingSince)
  })

  it('answers the lead once: what is planned and asked since then stays when it has reached all', async () => {
    const { engine } = stage
    engine.sink.behave = putOffSlow
    const { id } = await stage.write({ cc: [SLOW] })
    await stage.leave()
    const { lastOutAt } = await talk()
    const { lastContactedAt } = await lead()
    await planAgain()
    engine.sink.behave = () => undefined
    engine.clock.advance(2 * 3_600_000)
    await stage.leave()
    expect((await stage.reply(id)).status).toBe('sent')
    expect(await later()).toEqual(GOES_ON)
    expect((await talk()).lastOutAt).toEqual(lastOutAt)
    expect((await lead()).lastContactedAt).toEqual(lastContactedAt)
  })

  it('does not answer a lead for whom it is put off', async () => {
    stage.engine.sink.behave = (to) => putOffSlow(to === OUR_LEAD ? SLOW : to)
    const { id } = await stage.write({ cc: [KIM] })
    await stage.leave()
    expect(await stage.reply(id)).toMatchObject({ status: 'pending', takenEmails: [KIM] })
    expect(await later()).toEqual(GOES_ON)
    expect((await talk()).isWaiting).toBe(true)
  })

  it('answers also where it ends since the rest may not get it any more', async () => {
    const { engine } = stage
    engine.sink.behave = putOffSlow
    const { id } = await stage.write({ to: [KIM], cc: [SLOW] })
    await stage.leave()
    expect(await later()).toEqual(GOES_ON)
    await addSuppression(engine.deps, { value: SLOW, by: null })
    engine.clock.advance(2 * 3_600_000)
    await stage.leave()
    const ended = await stage.reply(id)
    expect(ended).toMatchObject({ status: 'sent', reason: 'suppressed', takenEmails: [KIM] })
    expect(await later()).toEqual(ANSWERED)
    expect(await talk()).toMatchObject({ isWaiting: false, lastOutAt: ended.sentAt })
  })
})

/** A reply whose worker was given up while the server was taking it for the lead; `come` lets its answer come. */
async function givenUp(over: { cc?: string[] } = { cc: [SLOW] }) {
  const { engine, ids } = stage
  const { promise, resolve } = Promise.withResolvers<void>()
  engine.sink.behave = (to) => (to === OUR_LEAD ? { at: 'data', until: promise } : putOffSlow(to))
  const { id } = await stage.write(over)
  engine.clock.advance(11_000)
  const job = sendReplies(engine.deps, ids)
  await expect.poll(async () => (await stage.reply(id)).status).toBe('sending')
  await holdExpiredLeases(laterBy(leaseMs(engine.deps) + 1_000, engine))
  expect((await stage.reply(id)).status).toBe('held')
  return {
    id,
    come: async () => {
      // The job finds nothing more to do.
      await engine.db.mailbox.updateMany({ data: { dailyLimit: 1 } })
      resolve()
      await job
      await engine.db.mailbox.updateMany({ data: { dailyLimit: null } })
      engine.sink.behave = () => undefined
    },
  }
}

describe('a late answer that takes a reply for some', () => {
  it('is kept though a person has said to send it again: the next attempt leaves out who has it', async () => {
    const { engine } = stage
    const { id, come } = await givenUp()
    await resolveHeldReply(engine.deps, { id, choice: 'again', by: BY })
    await come()
    expect((await stage.reply(id)).takenEmails).toEqual([OUR_LEAD])
    expect(await later()).toEqual(ANSWERED)
    engine.clock.advance(86_400_000)
    await stage.leave()
    expect(engine.sink.received.map(({ to }) => to)).toEqual([OUR_LEAD, SLOW])
    expect((await stage.reply(id)).status).toBe('sent')
  })

  it('makes one sent that was taken back since, and says whom it did not reach', async () => {
    const { id, come } = await givenUp()
    await resolveHeldReply(stage.engine.deps, { id, choice: 'again', by: BY })
    await undoReply(stage.engine.deps, { id, by: BY })
    await come()
    const sent = await stage.reply(id)
    expect(sent).toMatchObject({ status: 'sent', takenEmails: [OUR_LEAD] })
    expect(sent.reason).toContain(`Not delivered to ${SLOW}`)
    expect(await later()).toEqual(ANSWERED)
  })

  it('corrects what was assumed of one that a person has taken for delivered', async () => {
    const { id, come } = await givenUp()
    await resolveHeldReply(stage.engine.deps, { id, choice: 'delivered', by: BY })
    const before = await stage.engine.db.mailboxHour.findMany()
    await come()
    const sent = await stage.reply(id)
    expect(sent.status).toBe('sent')
    expect(sent.reason).toContain(`Not delivered to ${SLOW}`)
    expect(await stage.engine.db.mailboxHour.findMany()).toEqual(before)
  })

  it('of an attempt before the present one is kept as well, and takes nothing from that', async () => {
    const { engine } = stage
    const { id, come } = await givenUp()
    await resolveHeldReply(engine.deps, { id, choice: 'again', by: BY })
    const leaseUntil = new Date(Date.now() + 60_000)
    await engine.db.reply.update({ where: { id }, data: { status: 'sending', claim: 2, leaseUntil } })
    await come()
    expect(await stage.reply(id)).toMatchObject({ status: 'sending', claim: 2, leaseUntil, takenEmails: [OUR_LEAD] })
    expect(await later()).toEqual(ANSWERED)
  })

  it('between looking and claiming keeps the claim away', async () => {
    const { engine, ids } = stage
    const { id } = await stage.write({ cc: [SLOW] })
    engine.clock.advance(11_000)
    await engine.db.reply.update({ where: { id }, data: { takenEmails: [OUR_LEAD] } })
    const { sql } = engine.deps
    const mailboxDay = '2026-12-18'
    const senderVersion = (await selectSenderVersion(sql, ids.mailboxId))?.version ?? ''
    await ensureDays(sql, { mailboxId: ids.mailboxId, mailboxDay, campaignDays: [] })
    const claimed = await markReplySending(sql, {
      ...{ id, mailboxId: ids.mailboxId, mailboxDay, senderVersion },
      recipients: [OUR_LEAD, SLOW].map((email) => ({ email, hash: email })),
      ...{ now: engine.clock.now(), leaseUntil: new Date(Date.now() + 60_000) },
    })
    expect(claimed).toBeNull()
  })
})
