import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { lockImports } from '@/db/queries/leads/lock-imports'
import { beginTransaction } from '@/db/sql'
import type { SampleSources } from '@/lead-sources/sample/sample-server'
import { pauseCampaign } from '@/use-cases/campaigns/pause-campaign'
import { resumeCampaign } from '@/use-cases/campaigns/resume-campaign'
import { stopCampaign } from '@/use-cases/campaigns/stop-campaign'
import { runLeadGeneration } from '@/use-cases/lead-generation/run-lead-generation'
import { runTick } from '@/use-cases/maintenance/run-tick'
import { BY, type Engine } from '../../support/engine'
import { ledgerFaults, openWithSources, runsOf, startGeneration, workAll } from '../../support/generation'

/** Runs that a person, a worker or the database breaks off, on a real database against the sample sources over HTTP. */
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
})
