import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { SampleSources } from '@/lead-sources/sample/sample-server'
import { resumeCampaign } from '@/use-cases/campaigns/resume-campaign'
import { BY, type Engine, statusOf } from '../../support/engine'
import { ledgerFaults, openWithSources, runsOf, startGeneration, workAll } from '../../support/generation'

/** Runs on a real database against the sample sources over HTTP. */
describe('a run of lead generation', () => {
  let engine: Engine
  let sample: SampleSources
  let close: () => Promise<void>
  const open = async (options?: Parameters<typeof openWithSources>[0]) => {
    ;({ engine, sample, close } = await openWithSources(options))
  }
  beforeEach(() => open())
  afterEach(() => close())
  const latestRun = async (id: string) => {
    const run = (await runsOf(engine, id)).at(-1)
    if (!run) throw new Error('The campaign has no run')
    return run
  }
  const sourceOf = async (id: string, source: string) =>
    (await latestRun(id)).sources.find((one) => one.source === source)

  it('asks three sources for 200 leads each that overlap: the ledger balances, caps hold, no address is there twice', async () => {
    await engine.db.suppression.create({
      data: { kind: 'domain', value: sample.world[0]?.domain ?? '', reason: 'manual', source: 'test' },
    })
    const id = await startGeneration(engine)
    expect(await statusOf(engine, id)).toBe('running')
    await workAll(engine)
    const run = await latestRun(id)
    expect(run).toMatchObject({ status: 'completed', failure: null, batch: { name: 'Dentists, 2026-03-02' } })
    expect(await ledgerFaults(engine, id)).toEqual([])
    expect(run.totals).toMatchObject({ existing: 0, overCap: 0, inDoubt: 0 })
    for (const count of ['added', 'duplicate', 'invalid', 'suppressed'] as const) {
      expect(run.totals[count]).toBeGreaterThan(0)
    }
    for (const { found, cap } of run.sources) expect(found).toBeLessThanOrEqual(cap)
    const emails = (await engine.db.lead.findMany()).map(({ email }) => email.toLowerCase())
    expect(new Set(emails).size).toBe(emails.length)
    // Hunter is asked by two sources, each for itself; neither source asks for anything twice.
    expect(sample.purchases.duplicates.refs.filter((ref) => !ref.startsWith('hunter'))).toEqual([])
    expect(Math.max(...sample.purchases.pages.values())).toBeLessThanOrEqual(2)
    expect(run.totals.credits).toBe(Object.values(sample.purchases.credits).reduce((sum, credits) => sum + credits, 0))
    // Its batch is free for other campaigns, and its campaign has done what it was made for.
    expect(await engine.db.leadBatch.findFirst()).toMatchObject({ activeCampaignId: null })
    expect(await statusOf(engine, id)).toBe('completed')
  })

  it('keeps what the others found when one source is down, and says which and why', async () => {
    sample.injectFault('apollo', 'outage')
    const id = await startGeneration(engine, { maxResultsPerRun: 20 })
    await workAll(engine)
    const run = await latestRun(id)
    expect(run.status).toBe('completed')
    expect(run.failure).toMatch(/^Apollo: /)
    expect(await sourceOf(id, 'apollo')).toMatchObject({ status: 'failed', found: 0, failure: { kind: 'outage' } })
    expect(await sourceOf(id, 'google_places')).toMatchObject({ status: 'completed', found: 20 })
    expect(await sourceOf(id, 'hunter')).toMatchObject({ status: 'completed', found: 20 })
    expect(await ledgerFaults(engine, id)).toEqual([])
  })

  it('keeps what a source found before its quota was used up', async () => {
    await close()
    await open({ allowance: { apollo: 30 } })
    const id = await startGeneration(engine, { leadSources: ['apollo'] })
    await workAll(engine)
    const run = await latestRun(id)
    expect(run).toMatchObject({ status: 'completed', sources: [{ status: 'failed', failure: { kind: 'quota' } }] })
    expect(run.batch?.leads).toBeGreaterThan(0)
    expect(await ledgerFaults(engine, id)).toEqual([])
  })

  it('fails when every source does, goes on to the next run, and takes the reason back when that is good', async () => {
    for (const source of ['apollo', 'google_places', 'hunter'] as const) sample.injectFault(source, 'bad_key')
    const id = await startGeneration(engine, { maxResultsPerRun: 5, isRecurring: true, recurringInterval: 'daily' })
    await workAll(engine)
    expect(await latestRun(id)).toMatchObject({ status: 'failed', batch: null })
    const failed = await engine.db.campaign.findUniqueOrThrow({ where: { id } })
    expect(failed).toMatchObject({ status: 'running', nextRunAt: new Date('2026-03-03T09:00:00Z') })
    expect(failed.statusReason).toMatch(/^The latest run failed: Apollo: /)
    sample.clearFaults()
    engine.clock.advanceDays(1)
    await workAll(engine)
    expect(await latestRun(id)).toMatchObject({ status: 'completed' })
    expect(await engine.db.campaign.findUniqueOrThrow({ where: { id } })).toMatchObject({ statusReason: null })
  })

  it('fails the campaign when its only run does, and a resume makes the run again', async () => {
    sample.injectFault('apollo', 'bad_key')
    const id = await startGeneration(engine, { leadSources: ['apollo'], maxResultsPerRun: 5 })
    await workAll(engine)
    expect(await statusOf(engine, id)).toBe('failed')
    sample.clearFaults()
    engine.clock.advance(60_000)
    await resumeCampaign(engine.deps, { campaignId: id, by: BY })
    await workAll(engine)
    expect((await runsOf(engine, id)).map(({ status }) => status)).toEqual(['failed', 'completed'])
    expect(await statusOf(engine, id)).toBe('completed')
  })

  it('counts leads that are there, leaves them as they are, and adds them to the batch only where that is wanted', async () => {
    const first = await startGeneration(engine, { leadSources: ['apollo'], maxResultsPerRun: 10 })
    await workAll(engine)
    await engine.db.lead.updateMany({ data: { companyName: 'Mine', source: 'csv', sourceRef: null } })
    await engine.db.leadGenerationCall.deleteMany()
    const known = await engine.db.lead.count()
    const again = { leadSources: ['apollo' as const], maxResultsPerRun: 10 }
    const counted = await startGeneration(engine, again)
    await workAll(engine)
    expect((await latestRun(counted)).totals).toMatchObject({ existing: known, added: 0 })
    expect((await latestRun(counted)).batch).toBeNull()
    await engine.db.leadGenerationCall.deleteMany()
    const joined = await startGeneration(engine, { ...again, addExistingLeads: true })
    await workAll(engine)
    expect((await latestRun(joined)).batch?.leads).toBe(known)
    expect(await engine.db.lead.count({ where: { companyName: 'Mine' } })).toBe(known)
    expect(await statusOf(engine, first)).toBe('completed')
  })

  it('adds those whom it did not have to ask for again, too, where leads that are there are wanted', async () => {
    for (const source of ['apollo', 'google_places', 'hunter'] as const) {
      const criteria = { leadSources: [source], maxResultsPerRun: 10, addExistingLeads: true }
      const first = await startGeneration(engine, criteria)
      await workAll(engine)
      const before = await latestRun(first)
      const [one, ...others] = await engine.db.lead.findMany({
        where: { batches: { some: { batchId: before.batch?.id ?? '' } } },
      })
      expect(others.length).toBeGreaterThan(2)
      await engine.db.suppression.create({
        data: { kind: 'address', value: one?.email ?? '', reason: 'manual', source: 'test' },
      })
      const again = await startGeneration(engine, criteria)
      await workAll(engine)
      const { batch, totals } = await latestRun(again)
      expect(totals.seen).toBeGreaterThan(0)
      const joined = await engine.db.batchLead.findMany({ where: { batchId: batch?.id ?? '' } })
      const ids = joined.map(({ leadId }) => leadId)
      expect(ids).toEqual(expect.arrayContaining(others.map(({ id }) => id)))
      expect(ids).not.toContain(one?.id)
    }
  })

  it('finds other people in each run, and buys nobody again', async () => {
    const id = await startGeneration(engine, {
      leadSources: ['apollo'],
      maxResultsPerRun: 15,
      isRecurring: true,
      recurringInterval: 'daily',
      endDate: new Date('2026-03-04T12:00:00Z'),
    })
    for (let day = 0; day < 4; day++) {
      await workAll(engine)
      engine.clock.advanceDays(1)
    }
    const runs = await runsOf(engine, id)
    expect(runs).toHaveLength(3)
    expect(runs.map(({ batch }) => batch?.name)).toEqual([2, 3, 4].map((day) => `Dentists, 2026-03-0${day}`))
    expect(await ledgerFaults(engine, id)).toEqual([])
    expect(sample.purchases.duplicates).toEqual({ pages: [], refs: [] })
    expect(await statusOf(engine, id)).toBe('completed')
  })
})
