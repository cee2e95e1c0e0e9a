import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { resumeCampaign } from '@/use-cases/campaigns/resume-campaign'
import { BY, type Engine, readLedger, startOutreach, statusOf } from '../../support/engine'
import { openWithSources, runsOf, startGeneration, workAll } from '../../support/generation'

describe('a campaign of which something failed', () => {
  let engine: Engine
  let close: () => Promise<void>
  beforeEach(async () => {
    ;({ engine, close } = await openWithSources())
  })
  afterEach(() => close())

  it('is judged after a resume by what failed since, against all that was still open then', async () => {
    const { id } = await startOutreach(engine, { leads: 60, days: [0] })
    const emails = await engine.db.scheduledEmail.findMany({ where: { campaignId: id } })
    const moveTo = (from: number, to: number, scheduledFor: Date) =>
      engine.db.scheduledEmail.updateMany({
        where: { id: { in: emails.slice(from, to).map((email) => email.id) } },
        // Else the database notes the change by hand as one of now.
        data: { scheduledFor, updatedAt: new Date(engine.clock.now().getTime() - 1) },
      })
    let refusals = 31
    engine.sink.behave = () => (refusals-- > 0 ? { at: 'rcpt', code: 554, message: '5.2.1 no' } : undefined)
    await moveTo(31, 60, new Date(engine.clock.now().getTime() + 30 * 86_400_000))
    await engine.work()
    expect(await statusOf(engine, id)).toBe('failed')
    expect(await readLedger(engine, id)).toMatchObject({ failed: 31, pending: 29 })

    engine.clock.advance(60_000)
    await resumeCampaign(engine.deps, { campaignId: id, by: BY })
    engine.clock.advance(60_000)
    // 7 of the 12 that are due fail: most of those, few of the 29.
    await moveTo(31, 43, engine.clock.now())
    refusals = 7
    await engine.work()
    expect(await readLedger(engine, id)).toMatchObject({ failed: 38, sent: 5, pending: 17 })
    expect(await statusOf(engine, id)).toBe('running')
    // With 8 more it is 15 of 29.
    await moveTo(43, 51, engine.clock.now())
    refusals = 8
    await engine.work()
    expect(await statusOf(engine, id)).toBe('failed')
  })

  it('goes on after a resume when only emails that failed before it are touched', async () => {
    const { id } = await startOutreach(engine, { leads: 12, days: [0, 1] })
    engine.sink.behave = (to) =>
      to.startsWith('lead00012') ? undefined : { at: 'rcpt', code: 554, message: '5.2.1 no' }
    await engine.work()
    expect(await statusOf(engine, id)).toBe('failed')
    engine.clock.advance(60_000)
    await resumeCampaign(engine.deps, { campaignId: id, by: BY })
    engine.clock.advance(60_000)
    await engine.db.scheduledEmail.updateMany({ where: { status: 'failed' }, data: { updatedAt: engine.clock.now() } })
    await engine.work()
    expect(await statusOf(engine, id)).toBe('running')
    expect(await readLedger(engine, id)).toMatchObject({ failed: 11, skipped: 11, sent: 1, pending: 1 })
  })

  it('completes when its last run fails after a good one: it has done its work', async () => {
    const id = await startGeneration(engine, {
      leadSources: ['apollo'],
      maxResultsPerRun: 5,
      isRecurring: true,
      recurringInterval: 'daily',
      endDate: new Date('2026-03-03T23:00:00Z'),
    })
    await workAll(engine)
    expect(await statusOf(engine, id)).toBe('running')
    engine.clock.advanceDays(1)
    // Its key was taken away overnight.
    await engine.db.leadSource.create({ data: { source: 'apollo', enabled: false } })
    await workAll(engine)
    expect((await runsOf(engine, id)).map(({ status }) => status)).toEqual(['completed', 'failed'])
    expect(await statusOf(engine, id)).toBe('completed')
  })
})
