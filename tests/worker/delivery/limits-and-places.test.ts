import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sendMailbox } from '@/use-cases/delivery/send-mailbox'
import { createEngine, type Engine, readLedger, startOutreach } from '../../support/engine'

describe('a place under a daily limit', () => {
  let engine: Engine
  beforeEach(async () => {
    engine = await createEngine()
  })
  afterEach(() => engine.close())

  const emailsOf = (campaignId: string, workflowStepNumber: number) =>
    engine.db.scheduledEmail.findMany({ where: { campaignId, workflowStepNumber }, orderBy: { id: 'asc' } })

  for (const limited of ['mailbox', 'campaign'] as const) {
    it(`of the ${limited} that comes free goes to the follow-up next in line, not to a first email`, async () => {
      const first = await startOutreach(engine, { leads: 3, days: [0, 1], name: 'First' })
      await engine.work()
      engine.clock.advanceDays(1)
      const other = await startOutreach(engine, { leads: 2, days: [0], name: 'Other' })
      await engine.db.mailbox.updateMany({
        data: { maxConnections: 1, ...(limited === 'mailbox' ? { dailyLimit: 1 } : {}) },
      })
      if (limited === 'campaign') {
        // First emails of the same campaign: of a lead that it got late.
        await engine.db.campaign.update({ where: { id: first.id }, data: { dailyLimit: 1 } })
        await engine.db.scheduledEmail.updateMany({ where: { campaignId: other.id }, data: { campaignId: first.id } })
      }
      const refused = first.leads[0]?.email
      engine.sink.behave = (to) => (to === refused ? { at: 'rcpt', code: 554, message: '5.7.1 no' } : undefined)
      engine.sink.received.length = 0
      await engine.work()
      expect(engine.sink.received.map(({ to }) => to)).toEqual([first.leads[1]?.email])
      const followUps = await emailsOf(first.id, 2)
      expect(followUps.map(({ status, waitReason }) => [status, waitReason])).toEqual([
        ['failed', null],
        ['sent', null],
        ['pending', `${limited}_limit`],
      ])
    })
  }

  it('that another mailbox may give back is waited for: nothing is put off, and a later job sends', async () => {
    const { id, leads } = await startOutreach(engine, { leads: 2, days: [0] })
    await engine.db.campaign.update({ where: { id }, data: { dailyLimit: 1 } })
    const [elsewhere, here] = await emailsOf(id, 1)
    const mailbox = await engine.db.mailbox.findFirstOrThrow()
    const other = await engine.db.mailbox.create({
      data: { name: 'Other', fromName: 'Bo', fromEmail: 'bo@nexa.example' },
    })
    await engine.db.scheduledEmail.update({
      where: { id: elsewhere?.id ?? '' },
      data: {
        mailboxId: other.id,
        status: 'sending',
        claim: 1,
        sendingSince: engine.clock.now(),
        leaseUntil: new Date('2100-01-01'),
      },
    })
    const day = new Date('2026-03-02')
    await engine.db.campaignDay.create({ data: { campaignId: id, day, reserved: 1 } })
    expect(await sendMailbox(engine.deps, { mailboxId: mailbox.id })).toEqual({ sent: 0, other: 0 })
    expect((await emailsOf(id, 1))[1]).toMatchObject({ scheduledFor: here?.scheduledFor, waitReason: null })

    await engine.db.scheduledEmail.update({
      where: { id: elsewhere?.id ?? '' },
      data: { status: 'failed', leaseUntil: null },
    })
    await engine.db.campaignDay.updateMany({ data: { reserved: 0 } })
    expect(await sendMailbox(engine.deps, { mailboxId: mailbox.id })).toEqual({ sent: 1, other: 0 })
    expect(engine.sink.received.map(({ to }) => to)).toEqual([leads[1]?.email])
    expect(await readLedger(engine, id)).toMatchObject({ sent: 1, failed: 1 })
  })
})
