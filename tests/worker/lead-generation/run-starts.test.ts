import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { leadCriteria } from '@/domain/lead-generation/criteria-input'
import { checkCampaign } from '@/use-cases/campaigns/check-campaign'
import { createCampaign } from '@/use-cases/campaigns/create-campaign'
import { BY, type Engine } from '../../support/engine'
import { DENTISTS, openWithSources, runsOf, startGeneration, workAll } from '../../support/generation'

/** The starts of runs and the checks before them, on a real database against the sample sources over HTTP. */
describe('a run of lead generation', () => {
  let engine: Engine
  let close: () => Promise<void>
  beforeEach(async () => {
    ;({ engine, close } = await openWithSources())
  })
  afterEach(() => close())

  it('after ten days without a worker runs once, and says for how many', async () => {
    const id = await startGeneration(engine, {
      leadSources: ['apollo'],
      maxResultsPerRun: 5,
      isRecurring: true,
      recurringInterval: 'daily',
    })
    await workAll(engine)
    engine.clock.advanceDays(10)
    engine.clock.advance(3_600_000)
    await workAll(engine)
    await workAll(engine)
    const runs = await runsOf(engine, id)
    expect(runs.map(({ dueAt, missedRuns }) => [dueAt.toISOString(), missedRuns])).toEqual([
      ['2026-03-02T09:00:00.000Z', 0],
      ['2026-03-12T09:00:00.000Z', 9],
    ])
    expect(await engine.db.campaign.findUniqueOrThrow({ where: { id } })).toMatchObject({
      nextRunAt: new Date('2026-03-13T09:00:00Z'),
    })
  })

  it('runs monthly on the 31st again after a month that has none', async () => {
    engine.clock.set('2026-01-31T09:00:00Z')
    const id = await startGeneration(engine, {
      leadSources: ['apollo'],
      maxResultsPerRun: 5,
      isRecurring: true,
      recurringInterval: 'monthly',
    })
    const nextRun = async () => (await engine.db.campaign.findUniqueOrThrow({ where: { id } })).nextRunAt
    await workAll(engine)
    expect(await nextRun()).toEqual(new Date('2026-02-28T09:00:00Z'))
    engine.clock.set('2026-02-28T09:00:00Z')
    await workAll(engine)
    expect(await nextRun()).toEqual(new Date('2026-03-31T09:00:00Z'))
    expect(await runsOf(engine, id)).toHaveLength(2)
  })

  it('warns before a start that Google Places alone finds nobody to write to', async () => {
    const { id } = await createCampaign(engine.deps, {
      campaignType: 'lead_generation',
      leadSources: ['google_places'],
      leadCriteria: DENTISTS,
      by: BY,
    })
    const sources = async () => {
      const { checks, ready } = await checkCampaign(engine.deps, { campaignId: id })
      return { ready, levels: checks.flatMap(({ subject, level }) => (subject === 'sources' ? [level] : [])) }
    }
    expect(await sources()).toEqual({ ready: true, levels: ['ok'] })
    await engine.db.leadSource.create({ data: { source: 'hunter', enabled: false } })
    expect(await sources()).toEqual({ ready: true, levels: ['ok', 'warn'] })
  })

  it('refuses a start without a source, criteria or an interval, and names what is missing', async () => {
    const start = (options: Parameters<typeof startGeneration>[1]) =>
      startGeneration(engine, options).then(
        () => 'started',
        (error: Error) => error.message,
      )
    expect(await start({ leadSources: [] })).toContain('No lead source is chosen')
    expect(await start({ leadCriteria: leadCriteria.parse({}) })).toContain('for nothing')
    expect(await start({ isRecurring: true })).toContain('How often it runs is not chosen')
    expect(await start({ endDate: new Date('2026-03-01T00:00:00Z') })).toContain('The end date has passed')
    await engine.db.leadSource.create({ data: { source: 'apollo', enabled: false } })
    expect(await start({ leadSources: ['apollo'], leadCriteria: DENTISTS })).toContain('Apollo: switched off')
  })
})
