import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { mailboxInput } from '@/domain/mailbox/mailbox-input'
import { createCampaign } from '@/use-cases/campaigns/create-campaign'
import { startCampaign } from '@/use-cases/campaigns/start-campaign'
import { updateMailbox } from '@/use-cases/mailboxes/save-mailbox'
import { BY, createEngine, createWorkflow, type Engine, readLedger, startOutreach } from '../../support/engine'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const AHEAD = '2027-03-04T09:00:00Z'
const NOW = '2026-03-02T09:00:00Z'

describe('after a clock that was ahead', () => {
  let engine: Engine
  beforeEach(async () => {
    engine = await createEngine()
  })
  afterEach(() => engine.close())

  const setGap = (minGapSeconds: number, gapJitterSeconds = 0) =>
    engine.db.mailbox.updateMany({ data: { minGapSeconds, gapJitterSeconds } })
  const mailbox = () => engine.db.mailbox.findFirstOrThrow()
  const messages = async (campaignId: string) =>
    (await engine.db.campaignEvent.findMany({ where: { campaignId, kind: 'clock_corrected' } })).map(
      ({ message }) => message,
    )

  it('a mailbox whose pace waits for that time sends again, and its campaigns are told', async () => {
    await setGap(50)
    engine.clock.set(AHEAD)
    await startOutreach(engine, { leads: 1, days: [0], name: 'Ahead' })
    await engine.work()
    expect((await mailbox()).nextSendAt).toEqual(new Date('2027-03-04T09:00:50Z'))
    engine.clock.set(NOW)
    const { id } = await startOutreach(engine, { leads: 3, days: [0] })
    for (let minute = 0; minute < 5; minute++) {
      await engine.work()
      engine.clock.advance(MINUTE_MS)
    }
    expect(await readLedger(engine, id)).toMatchObject({ planned: 3, sent: 3 })
    const { fromEmail } = await mailbox()
    expect(await messages(id)).toEqual([
      `The clock was ahead until 2027-03-04T09:00:50.000Z: ${fromEmail} does not wait for that time any more`,
    ])
  })

  it('a pace that is not further ahead than gap and jitter allow is kept', async () => {
    await setGap(600, 600)
    const { id } = await startOutreach(engine, { leads: 2, days: [0] })
    await engine.work()
    const { nextSendAt } = await mailbox()
    await engine.work()
    expect((await mailbox()).nextSendAt).toEqual(nextSendAt)
    expect(await readLedger(engine, id)).toMatchObject({ sent: 1, pending: 1 })
    expect(await messages(id)).toEqual([])
  })

  it.each([
    ['no gap', 0, 0],
    ['a shorter gap', 60, 30],
  ])('a mailbox that is saved with %s waits for that at the most', async (_title, minGapSeconds, gapJitterSeconds) => {
    await setGap(3600, 3600)
    const { id } = await startOutreach(engine, { leads: 2, days: [0] })
    await engine.work()
    const { id: mailboxId, name, fromName, fromEmail } = await mailbox()
    const input = { name, kind: 'environment', fromName, fromEmail, minGapSeconds, gapJitterSeconds }
    await updateMailbox(engine.deps, { mailboxId, mailbox: mailboxInput.parse(input) })
    const waitMs = Number((await mailbox()).nextSendAt ?? engine.clock.now()) - engine.clock.now().getTime()
    expect(waitMs).toBe((minGapSeconds + gapJitterSeconds) * 1000)
    engine.clock.advance(waitMs)
    await engine.work()
    expect(await readLedger(engine, id)).toMatchObject({ sent: 2 })
  })

  it('a mailbox that is saved with a longer gap keeps what it has to wait', async () => {
    await setGap(60)
    await startOutreach(engine, { leads: 2, days: [0] })
    await engine.work()
    const { id: mailboxId, name, fromName, fromEmail, nextSendAt } = await mailbox()
    const input = { name, kind: 'environment', fromName, fromEmail, minGapSeconds: 3600 }
    await updateMailbox(engine.deps, { mailboxId, mailbox: mailboxInput.parse(input) })
    expect((await mailbox()).nextSendAt).toEqual(nextSendAt)
  })

  it.each([
    ['before', false],
    ['after', true],
  ])(
    'a lead that was emailed in the future waits a day, not a year: noticed %s it was put off',
    async (_title, putOff) => {
      engine.clock.set(AHEAD)
      const { leads, batch } = await startOutreach(engine, { leads: 1, days: [0], name: 'Ahead' })
      await engine.work()
      engine.clock.set(NOW)
      const workflow = await createWorkflow(engine, { days: [0, 2] })
      await engine.db.leadBatch.update({ where: { id: batch.id }, data: { activeCampaignId: null } })
      const draft = { campaignType: 'outreach' as const, name: 'Now', timezone: 'UTC', batchIds: [batch.id], by: BY }
      const { id } = await createCampaign(engine.deps, { ...draft, workflowId: workflow.id })
      await startCampaign(engine.deps, { campaignId: id, by: BY })
      if (putOff) {
        const later = { waitReason: 'contacted_recently', scheduledFor: new Date(Date.parse(AHEAD) + 24 * HOUR_MS) }
        const second = { scheduledFor: new Date(Date.parse(AHEAD) + 72 * HOUR_MS) }
        const step = (workflowStepNumber: number) => ({ campaignId: id, workflowStepNumber })
        await engine.db.scheduledEmail.updateMany({ where: step(1), data: later })
        await engine.db.scheduledEmail.updateMany({ where: step(2), data: second })
      }
      await engine.work()
      const lead = await engine.db.lead.findUniqueOrThrow({ where: { id: leads[0]?.id ?? '' } })
      expect(lead.lastContactedAt).toEqual(engine.clock.now())
      expect(await messages(id)).toEqual([
        'The clock was ahead: 1 lead with a last email as late as 2027-03-04T09:00:00.000Z counts as emailed just now',
      ])
      const emails = await engine.db.scheduledEmail.findMany({
        where: { campaignId: id },
        orderBy: { workflowStepNumber: 'asc' },
      })
      expect(emails.map(({ scheduledFor }) => scheduledFor.toISOString())).toEqual([
        '2026-03-03T09:00:00.000Z',
        '2026-03-05T09:00:00.000Z',
      ])
      for (let day = 0; day < 3; day++) {
        engine.clock.advanceDays(1)
        await engine.work()
      }
      expect(await readLedger(engine, id)).toMatchObject({ sent: 2 })
    },
  )
})
