import { describe, expect, it } from 'vitest'
import { resumeCampaign } from '@/use-cases/campaigns/resume-campaign'
import { BY, statusOf } from '../../support/engine'
import { eachWithSources, ledgerFaults, runsOf, startGeneration, workAll } from '../../support/generation'

/** Runs on a real database against the sample sources over HTTP. */
describe('a run of lead generation', () => {
  const on = eachWithSources()

  it('asks three sources for 200 leads each that overlap: the ledger balances, caps hold, no address is there twice', async () => {
    await on.engine.db.suppression.create({
      data: { kind: 'domain', value: on.sample.world[0]?.domain ?? '', reason: 'manual', source: 'test' },
    })
    const id = await startGeneration(on.engine)
    expect(await statusOf(on.engine, id)).toBe('running')
    await workAll(on.engine)
    const run = await on.latestRun(id)
    expect(run).toMatchObject({ status: 'completed', failure: null, batch: { name: 'Dentists, 2026-03-02' } })
    expect(await ledgerFaults(on.engine, id)).toEqual([])
    expect(run.totals).toMatchObject({ existing: 0, overCap: 0, inDoubt: 0 })
    for (const count of ['added', 'duplicate', 'invalid', 'suppressed'] as const) {
      expect(run.totals[count]).toBeGreaterThan(0)
    }
    for (const { found, cap } of run.sources) expect(found).toBeLessThanOrEqual(cap)
    const emails = (await on.engine.db.lead.findMany()).map(({ email }) => email.toLowerCase())
    expect(new Set(emails).size).toBe(emails.length)
    // Hunter is asked by two sources, each for itself; neither source asks for anything twice.
    expect(on.sample.purchases.duplicates.refs.filter((ref) => !ref.startsWith('hunter'))).toEqual([])
    expect(Math.max(...on.sample.purchases.pages.values())).toBeLessThanOrEqual(2)
    expect(run.totals.credits).toBe(
      Object.values(on.sample.purchases.credits).reduce((sum, credits) => sum + credits, 0),
    )
    // Its batch is free for other campaigns, and its campaign has done what it was made for.
    expect(await on.engine.db.leadBatch.findFirst()).toMatchObject({ activeCampaignId: null })
    expect(await statusOf(on.engine, id)).toBe('completed')
  })

  it('keeps what the others found when one source is down, and says which and why', async () => {
    on.sample.injectFault('apollo', 'outage')
    const id = await startGeneration(on.engine, { maxResultsPerRun: 20 })
    await workAll(on.engine)
    const run = await on.latestRun(id)
    expect(run.status).toBe('completed')
    expect(run.failure).toMatch(/^Apollo: /)
    expect(await on.sourceOf(id, 'apollo')).toMatchObject({ status: 'failed', found: 0, failure: { kind: 'outage' } })
    expect(await on.sourceOf(id, 'google_places')).toMatchObject({ status: 'completed', found: 20 })
    expect(await on.sourceOf(id, 'hunter')).toMatchObject({ status: 'completed', found: 20 })
    expect(await ledgerFaults(on.engine, id)).toEqual([])
  })

  it('keeps what a source found before its quota was used up', async () => {
    await on.reopen({ allowance: { apollo: 30 } })
    const id = await startGeneration(on.engine, { leadSources: ['apollo'] })
    await workAll(on.engine)
    const run = await on.latestRun(id)
    expect(run).toMatchObject({ status: 'completed', sources: [{ status: 'failed', failure: { kind: 'quota' } }] })
    expect(run.batch?.leads).toBeGreaterThan(0)
    expect(await ledgerFaults(on.engine, id)).toEqual([])
  })

  it('fails when every source does, goes on to the next run, and takes the reason back when that is good', async () => {
    for (const source of ['apollo', 'google_places', 'hunter'] as const) on.sample.injectFault(source, 'bad_key')
    const id = await startGeneration(on.engine, { maxResultsPerRun: 5, isRecurring: true, recurringInterval: 'daily' })
    await workAll(on.engine)
    expect(await on.latestRun(id)).toMatchObject({ status: 'failed', batch: null })
    const failed = await on.engine.db.campaign.findUniqueOrThrow({ where: { id } })
    expect(failed).toMatchObject({ status: 'running', nextRunAt: new Date('2026-03-03T09:00:00Z') })
    expect(failed.statusReason).toMatch(/^The latest run failed: Apollo: /)
    on.sample.clearFaults()
    on.engine.clock.advanceDays(1)
    await workAll(on.engine)
    expect(await on.latestRun(id)).toMatchObject({ status: 'completed' })
    expect(await on.engine.db.campaign.findUniqueOrThrow({ where: { id } })).toMatchObject({ statusReason: null })
  })

  it('fails the campaign when its only run does, and a resume makes the run again', async () => {
    on.sample.injectFault('apollo', 'bad_key')
    const id = await startGeneration(on.engine, { leadSources: ['apollo'], maxResultsPerRun: 5 })
    await workAll(on.engine)
    expect(await statusOf(on.engine, id)).toBe('failed')
    on.sample.clearFaults()
    on.engine.clock.advance(60_000)
    await resumeCampaign(on.engine.deps, { campaignId: id, by: BY })
    await workAll(on.engine)
    expect((await runsOf(on.engine, id)).map(({ status }) => status)).toEqual(['failed', 'completed'])
    expect(await statusOf(on.engine, id)).toBe('completed')
  })

  it('counts leads that are there, leaves them as they are, and adds them to the batch only where that is wanted', async () => {
    const first = await startGeneration(on.engine, { leadSources: ['apollo'], maxResultsPerRun: 10 })
    await workAll(on.engine)
    await on.engine.db.lead.updateMany({ data: { companyName: 'Mine', source: 'csv', sourceRef: null } })
    await on.engine.db.leadGenerationCall.deleteMany()
    const known = await on.engine.db.lead.count()
    const again = { leadSources: ['apollo' as const], maxResultsPerRun: 10 }
    const counted = await startGeneration(on.engine, again)
    await workAll(on.engine)
    expect((await on.latestRun(counted)).totals).toMatchObject({ existing: known, added: 0 })
    expect((await on.latestRun(counted)).batch).toBeNull()
    await on.engine.db.leadGenerationCall.deleteMany()
    const joined = await startGeneration(on.engine, { ...again, addExistingLeads: true })
    await workAll(on.engine)
    expect((await on.latestRun(joined)).batch?.leads).toBe(known)
    expect(await on.engine.db.lead.count({ where: { companyName: 'Mine' } })).toBe(known)
    expect(await statusOf(on.engine, first)).toBe('completed')
  })

  it('adds those whom it did not have to ask for again, too, where leads that are there are wanted', async () => {
    for (const source of ['apollo', 'google_places', 'hunter'] as const) {
      const criteria = { leadSources: [source], maxResultsPerRun: 10, addExistingLeads: true }
      const first = await startGeneration(on.engine, criteria)
      await workAll(on.engine)
      const before = await on.latestRun(first)
      const [one, ...others] = await on.engine.db.lead.findMany({
        where: { batches: { some: { batchId: before.batch?.id ?? '' } } },
      })
      expect(others.length).toBeGreaterThan(2)
      await on.engine.db.suppression.create({
        data: { kind: 'address', value: one?.email ?? '', reason: 'manual', source: 'test' },
      })
      const again = await startGeneration(on.engine, criteria)
      await workAll(on.engine)
      const { batch, totals } = await on.latestRun(again)
      expect(totals.seen).toBeGreaterThan(0)
      const joined = await on.engine.db.batchLead.findMany({ where: { batchId: batch?.id ?? '' } })
      const ids = joined.map(({ leadId }) => leadId)
      expect(ids).toEqual(expect.arrayContaining(others.map(({ id }) => id)))
      expect(ids).not.toContain(one?.id)
    }
  })

  it('finds other people in each run, and buys nobody again', async () => {
    const id = await startGeneration(on.engine, {
      leadSources: ['apollo'],
      maxResultsPerRun: 15,
      isRecurring: true,
      recurringInterval: 'daily',
      endDate: new Date('2026-03-04T12:00:00Z'),
    })
    for (let day = 0; day < 4; day++) {
      await workAll(on.engine)
      on.engine.clock.advanceDays(1)
    }
    const runs = await runsOf(on.engine, id)
    expect(runs).toHaveLength(3)
    expect(runs.map(({ batch }) => batch?.name)).toEqual([2, 3, 4].map((day) => `Dentists, 2026-03-0${day}`))
    expect(await ledgerFaults(on.engine, id)).toEqual([])
    expect(on.sample.purchases.duplicates).toEqual({ pages: [], refs: [] })
    expect(await statusOf(on.engine, id)).toBe('completed')
  })
})
