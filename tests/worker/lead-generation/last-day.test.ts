import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DAY_MS } from '@/domain/time/duration'
import { pauseCampaign } from '@/use-cases/campaigns/pause-campaign'
import { resumeCampaign } from '@/use-cases/campaigns/resume-campaign'
import { stopCampaign } from '@/use-cases/campaigns/stop-campaign'
import { updateCampaign } from '@/use-cases/campaigns/update-campaign'
import { BY, type Engine, startOutreach, statusOf } from '../../support/engine'
import { openWithSources, runsOf, startAutomated, workAll } from '../../support/generation'

// Runs come daily at 09:00 UTC from 2026-03-02 on; emails follow on the next two days.
describe('the last day of a campaign that was started', () => {
  let engine: Engine
  let close: () => Promise<void>
  beforeEach(async () => {
    ;({ engine, close } = await openWithSources())
  })
  afterEach(() => close())

  const change = (campaignId: string, endDate: string | null) =>
    updateCampaign(engine.deps, { campaignId, patch: { endDate: endDate ? new Date(endDate) : null }, by: BY })
  const nextRun = async (id: string) =>
    (await engine.db.campaign.findUniqueOrThrow({ where: { id } })).nextRunAt?.toISOString() ?? null
  async function pass(days: number) {
    for (let day = 0; day < days; day++) {
      await workAll(engine)
      engine.clock.advance(DAY_MS)
    }
    await workAll(engine)
  }

  it('moved later while its emails still leave, brings further runs; moved earlier, none', async () => {
    const id = await startAutomated(engine, { endDate: new Date('2026-03-02T23:59:00Z') })
    await pass(1)
    expect([await runsOf(engine, id), await nextRun(id)]).toMatchObject([{ length: 1 }, null])
    const next = new Date(engine.clock.now().getTime() + DAY_MS).toISOString()
    await change(id, '2026-03-31T23:59:00Z')
    expect(await nextRun(id)).toBe(next)
    await change(id, null)
    expect(await nextRun(id)).toBe(next)
    await pass(1)
    expect(await runsOf(engine, id)).toHaveLength(2)
    await change(id, '2026-03-04T23:59:00Z')
    expect(await nextRun(id)).toBeNull()
    await pass(3)
    expect(await runsOf(engine, id)).toHaveLength(2)
    expect(await statusOf(engine, id)).toBe('completed')
    const events = await engine.db.campaignEvent.findMany({ where: { campaignId: id, kind: 'last_day_changed' } })
    expect(events.map(({ message }) => message)).toEqual([
      'Runs come until 2026-03-31',
      'Runs come without an end',
      'Runs come until 2026-03-04',
    ])
  })

  it('can change while it is paused; a run that became due meanwhile comes once', async () => {
    const id = await startAutomated(engine, { endDate: new Date('2026-03-03T23:59:00Z') })
    await pass(0)
    await pauseCampaign(engine.deps, { campaignId: id, by: BY })
    engine.clock.advance(3 * DAY_MS)
    await change(id, '2026-03-31T23:59:00Z')
    await resumeCampaign(engine.deps, { campaignId: id, by: BY })
    await pass(0)
    expect((await runsOf(engine, id)).map(({ missedRuns }) => missedRuns)).toEqual([0, 2])
  })

  it('is refused in the past, in a campaign that is over or runs once, and together with anything that is fixed', async () => {
    const id = await startAutomated(engine)
    const next = await nextRun(id)
    await expect(change(id, '2026-03-01T23:59:00Z')).rejects.toMatchObject({ code: 'invalid_input' })
    const more = { endDate: null, maxResultsPerRun: 5 }
    const both = updateCampaign(engine.deps, { campaignId: id, patch: more, by: BY })
    await expect(both).rejects.toMatchObject({ code: 'conflict' })
    expect(await nextRun(id)).toBe(next)
    await stopCampaign(engine.deps, { campaignId: id, by: BY })
    await expect(change(id, '2026-03-31T23:59:00Z')).rejects.toMatchObject({ code: 'conflict' })
    const once = await startAutomated(engine, { isRecurring: false })
    await expect(change(once, '2026-03-31T23:59:00Z')).rejects.toMatchObject({ code: 'conflict' })
    const outreach = await startOutreach(engine, { leads: 1 })
    await expect(change(outreach.id, '2026-03-31T23:59:00Z')).rejects.toMatchObject({ code: 'invalid_input' })
  })
})
