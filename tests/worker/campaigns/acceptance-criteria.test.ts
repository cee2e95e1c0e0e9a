import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { EMPTY_LEDGER } from '@/domain/campaign/progress'
import { completeCampaigns } from '@/use-cases/campaigns/complete-campaigns'
import { pauseCampaign } from '@/use-cases/campaigns/pause-campaign'
import { resumeCampaign } from '@/use-cases/campaigns/resume-campaign'
import { BY, createEngine, type Engine, readLedger, startOutreach, statusOf } from '../../support/engine'

/** The seven acceptance criteria, and their test case, on a real database and a real SMTP server. */
describe('success criteria', () => {
  let engine: Engine
  beforeAll(async () => {
    engine = await createEngine()
  })
  afterAll(() => engine.close())

  it('1: a 3-step workflow with 10 leads schedules 30 emails', async () => {
    const { id, started } = await startOutreach(engine, { leads: 10 })
    expect(started).toMatchObject({ status: 'running', emailsScheduled: 30, leadsTargeted: 10 })
    expect(await readLedger(engine, id)).toEqual({ ...EMPTY_LEDGER, planned: 30, pending: 30 })
  })

  it('2: the campaign is running after the first batch of emails', async () => {
    const { id } = await startOutreach(engine)
    await engine.work()
    expect(await readLedger(engine, id)).toEqual({ ...EMPTY_LEDGER, planned: 30, sent: 10, pending: 20 })
    expect(await statusOf(engine, id)).toBe('running')
  })

  it('3: the campaign is running after the second batch of emails', async () => {
    const { id } = await startOutreach(engine)
    await sendSteps(engine, 2)
    expect(await readLedger(engine, id)).toEqual({ ...EMPTY_LEDGER, planned: 30, sent: 20, pending: 10 })
    expect(await statusOf(engine, id)).toBe('running')
  })

  it('4: the campaign completes only when all 30 emails are sent or failed', async () => {
    const { id, leads } = await startOutreach(engine)
    const refused = leads[0]?.email
    engine.sink.behave = (to) =>
      to === refused ? { at: 'rcpt', code: 550, message: '5.7.1 blocked by policy' } : undefined
    await sendSteps(engine, 2)
    expect(await statusOf(engine, id)).toBe('running')
    engine.clock.advanceDays(1)
    await engine.work()
    engine.sink.behave = () => undefined
    expect(await readLedger(engine, id)).toEqual({ ...EMPTY_LEDGER, planned: 30, sent: 27, failed: 1, skipped: 2 })
    expect(await statusOf(engine, id)).toBe('completed')
  })

  it('5: pause and resume lose no planned email', async () => {
    const { id } = await startOutreach(engine)
    await engine.work()
    await pauseCampaign(engine.deps, { campaignId: id, by: BY })
    engine.clock.advanceDays(3)
    await engine.work()
    expect(await readLedger(engine, id)).toEqual({ ...EMPTY_LEDGER, planned: 30, sent: 10, pending: 20 })
    await resumeCampaign(engine.deps, { campaignId: id, by: BY })
    await engine.work()
    expect(await readLedger(engine, id)).toMatchObject({ sent: 20, pending: 10 })
    engine.clock.advanceDays(1)
    await engine.work()
    expect(await readLedger(engine, id)).toEqual({ ...EMPTY_LEDGER, planned: 30, sent: 30 })
    expect(await statusOf(engine, id)).toBe('completed')
  })

  it('6: scheduled_emails alone decides about completion, whatever the counters say', async () => {
    const { id } = await startOutreach(engine)
    await engine.db.campaign.update({ where: { id }, data: { emailsSentCount: 30 } })
    expect(await completeCampaigns(engine.deps, [id])).toEqual([])
    expect(await statusOf(engine, id)).toBe('running')
    await engine.db.scheduledEmail.updateMany({ where: { campaignId: id }, data: { status: 'cancelled' } })
    await engine.db.campaign.update({ where: { id }, data: { emailsSentCount: 0 } })
    expect(await completeCampaigns(engine.deps, [id])).toEqual([id])
  })

  it('7: at no tick of its life is the campaign completed while an email is open', async () => {
    const { id } = await startOutreach(engine)
    for (let hour = 0; hour <= 50; hour += 2) {
      await engine.work()
      const { pending, sending, held } = await readLedger(engine, id)
      expect(await statusOf(engine, id)).toBe(pending + sending + held > 0 ? 'running' : 'completed')
      engine.clock.advance(2 * 3_600_000)
    }
    expect(await readLedger(engine, id)).toEqual({ ...EMPTY_LEDGER, planned: 30, sent: 30 })
  })

  it('the failing campaign of the acceptance criteria: three steps a day apart, everybody gets all three', async () => {
    const { id, leads } = await startOutreach(engine, { name: 'Bug Fix Test Campaign', leads: 12 })
    const emails = await engine.db.scheduledEmail.findMany({ where: { campaignId: id } })
    expect(emails).toHaveLength(3 * leads.length)
    expect(new Set(emails.map(({ status }) => status))).toEqual(new Set(['pending']))
    const received = () => engine.sink.received.filter(({ to }) => leads.some(({ email }) => email === to))
    const statuses: string[] = []
    for (let day = 0; day < 3; day++) {
      await engine.work()
      expect(received()).toHaveLength((day + 1) * leads.length)
      statuses.push(await statusOf(engine, id))
      engine.clock.advanceDays(1)
    }
    expect(statuses).toEqual(['running', 'running', 'completed'])
    expect(new Set(received().map(({ messageId }) => messageId)).size).toBe(3 * leads.length)
  })
})

async function sendSteps(engine: Engine, steps: number) {
  for (let step = 0; step < steps; step++) {
    if (step > 0) engine.clock.advanceDays(1)
    await engine.work()
  }
}
