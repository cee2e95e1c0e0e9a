import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { lockImports } from '@/db/queries/leads/lock-imports'
import { beginTransaction } from '@/db/sql'
import { leadCriteria } from '@/domain/lead-generation/criteria'
import type { SampleSources } from '@/lead-sources/sample/sample-server'
import { checkCampaign } from '@/use-cases/campaigns/check-campaign'
import { createCampaign } from '@/use-cases/campaigns/create-campaign'
import { pauseCampaign } from '@/use-cases/campaigns/pause-campaign'
import { resumeCampaign } from '@/use-cases/campaigns/resume-campaign'
import { stopCampaign } from '@/use-cases/campaigns/stop-campaign'
import { runLeadGeneration } from '@/use-cases/lead-generation/run-lead-generation'
import { runTick } from '@/use-cases/maintenance/run-tick'
import { BY, type Engine, statusOf } from '../../support/engine'
import { DENTISTS, ledgerFaults, openWithSources, runsOf, startGeneration, workAll } from '../../support/generation'

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

  it('asks a source no more once it is switched off, in a run that is under way, too', async () => {
    const id = await startGeneration(engine, { leadSources: ['apollo', 'hunter'] })
    await runTick(engine.deps)
    const working = runLeadGeneration(engine.deps, { runId: (await latestRun(id)).id })
    while (((await sourceOf(id, 'apollo'))?.found ?? 0) < 20) await new Promise((resolve) => setTimeout(resolve, 10))
    await engine.db.leadSource.create({ data: { source: 'apollo', enabled: false } })
    await working
    const apollo = await sourceOf(id, 'apollo')
    expect(apollo).toMatchObject({ status: 'failed', failure: { kind: 'bad_key' } })
    expect(apollo?.failure?.message).toContain('was switched off')
    expect(apollo?.found).toBeLessThan(200)
    expect(await sourceOf(id, 'hunter')).toMatchObject({ status: 'completed' })
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

  it('makes no further call once paused, and goes on where it was; stopped, it keeps what it found', async () => {
    // Slow enough that the run is not over before a loaded machine has paused it.
    await close()
    await open({ latencyMs: 30 })
    const id = await startGeneration(engine, { maxResultsPerRun: 100 })
    await runTick(engine.deps)
    const run = await latestRun(id)
    const working = runLeadGeneration(engine.deps, { runId: run.id })
    while ((await latestRun(id)).totals.found < 30) await new Promise((resolve) => setTimeout(resolve, 10))
    await pauseCampaign(engine.deps, { campaignId: id, by: BY })
    expect(await working).toEqual({ status: 'open' })
    const paused = await latestRun(id)
    expect(paused.status).toBe('running')
    const requests = [...sample.requests.values()].reduce((sum, n) => sum + n, 0)
    await workAll(engine)
    expect([...sample.requests.values()].reduce((sum, n) => sum + n, 0)).toBe(requests)
    await resumeCampaign(engine.deps, { campaignId: id, by: BY })
    const going = runLeadGeneration(engine.deps, { runId: run.id })
    while ((await latestRun(id)).totals.found < paused.totals.found + 30) await new Promise((r) => setTimeout(r, 10))
    await stopCampaign(engine.deps, { campaignId: id, by: BY })
    await going
    const stopped = await latestRun(id)
    expect(stopped.status).toBe('stopped')
    expect(stopped.batch?.leads).toBe(stopped.totals.added)
    expect(await ledgerFaults(engine, id)).toEqual([])
    expect(await engine.db.leadGenerationCall.count({ where: { status: { in: ['waiting', 'asked'] } } })).toBe(0)
    expect(await engine.db.leadBatch.count({ where: { activeCampaignId: { not: null } } })).toBe(0)
  })

  it('does not buy again what could not be stored as the worker ended', async () => {
    await close()
    await open({ latencyMs: 200 })
    const id = await startGeneration(engine, { leadSources: ['apollo'], maxResultsPerRun: 10 })
    await runTick(engine.deps)
    const { id: runId } = await latestRun(id)
    await engine.pool.query("ALTER TABLE leads ADD CONSTRAINT refuses_all CHECK (email = '')")
    const ending = new AbortController()
    const working = runLeadGeneration(engine.deps, { runId, signal: ending.signal })
    const bought = { runId, kind: 'match' }
    while ((await engine.db.leadGenerationCall.count({ where: { ...bought, status: 'asked' } })) === 0)
      await new Promise((resolve) => setTimeout(resolve, 10))
    ending.abort()
    await working
    await engine.pool.query('ALTER TABLE leads DROP CONSTRAINT refuses_all')
    expect(await engine.db.leadGenerationCall.findMany({ where: bought })).toMatchObject([{ status: 'in_doubt' }])
    await workAll(engine)
    expect(sample.purchases.duplicates.refs).toEqual([])
    expect(await sourceOf(id, 'apollo')).toMatchObject({ status: 'completed', inDoubt: 1 })
  })

  it('stores what was paid for once the database is back', async () => {
    await close()
    await open({ latencyMs: 300 })
    const id = await startGeneration(engine, { leadSources: ['apollo'], maxResultsPerRun: 10 })
    await runTick(engine.deps)
    const working = runLeadGeneration(engine.deps, { runId: (await latestRun(id)).id })
    const until = async (holds: () => Promise<boolean>) => {
      while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 10))
    }
    const match = { kind: 'match', status: 'asked' }
    await until(async () => (await engine.db.leadGenerationCall.count({ where: match })) > 0)
    const other = await beginTransaction(engine.deps.sql)
    await lockImports(other.tx)
    // The answer waits for the lock; its connection ends there.
    await until(async () => {
      const { rows } = await engine.pool.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE datname = current_database() AND wait_event = 'advisory'`,
      )
      return rows.length > 0
    })
    await other.commit()
    await working
    expect(await sourceOf(id, 'apollo')).toMatchObject({ status: 'completed', found: 10, inDoubt: 0 })
    expect(await ledgerFaults(engine, id)).toEqual([])
  })

  it('worked on by three workers at once, buys nothing twice', async () => {
    const id = await startGeneration(engine, { leadSources: ['apollo', 'google_places'], maxResultsPerRun: 60 })
    await Promise.all([runTick(engine.deps), runTick(engine.deps), runTick(engine.deps)])
    const runs = await runsOf(engine, id)
    expect(runs).toHaveLength(1)
    const runId = runs[0]?.id ?? ''
    for (let ended = false; !ended; ) {
      const workers = [1, 2, 3].map(() => runLeadGeneration(engine.deps, { runId }))
      ended = (await Promise.all(workers)).some(({ status }) => status === 'ended')
    }
    expect(sample.purchases.duplicates).toEqual({ pages: [], refs: [] })
    expect(await ledgerFaults(engine, id)).toEqual([])
  })

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
