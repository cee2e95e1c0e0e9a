import { describe, expect, it } from 'vitest'
import { lockImports } from '@/db/queries/leads/lock-imports'
import { beginTransaction } from '@/db/sql'
import { pauseCampaign } from '@/use-cases/campaigns/pause-campaign'
import { resumeCampaign } from '@/use-cases/campaigns/resume-campaign'
import { stopCampaign } from '@/use-cases/campaigns/stop-campaign'
import { runLeadGeneration } from '@/use-cases/lead-generation/run-lead-generation'
import { runTick } from '@/use-cases/maintenance/run-tick'
import { BY } from '../../support/engine'
import {
  duringResponse,
  eachWithSources,
  ledgerFaults,
  runsOf,
  startGeneration,
  workAll,
} from '../../support/generation'
import { eventually } from '../../support/worker-process'

/** Apollo's request that is paid for: up to ten people each. */
const MATCH = '/people/bulk_match'

/**
 * Runs that a person, a worker or the database breaks off, on a real database against the sample sources over HTTP. What
 * breaks a run off happens while a source holds its response back, so that it is under way whoever is faster.
 */
describe('a run of lead generation', () => {
  const on = eachWithSources()
  const requests = () => [...on.sample.requests.values()].reduce((sum, n) => sum + n, 0)

  it('asks a source no more once it is switched off, in a run that is under way, too', async () => {
    const { engine, sample } = on
    const id = await startGeneration(engine, { leadSources: ['apollo', 'hunter'] })
    await runTick(engine.deps)
    const switched = duringResponse(sample, { path: MATCH, nth: 2 }, () =>
      engine.db.leadSource.create({ data: { source: 'apollo', enabled: false } }),
    )
    await runLeadGeneration(engine.deps, { runId: (await on.latestRun(id)).id })
    await switched
    const apollo = await on.sourceOf(id, 'apollo')
    expect(apollo).toMatchObject({ status: 'failed', failure: { kind: 'bad_key' } })
    expect(apollo?.failure?.message).toContain('was switched off')
    // What was asked before counts, the second ten included; nothing was asked after.
    expect(apollo?.found).toBeGreaterThan(10)
    expect(apollo?.found).toBeLessThanOrEqual(20)
    expect(sample.requests.get(`apollo ${MATCH}`)).toBe(2)
    expect(await on.sourceOf(id, 'hunter')).toMatchObject({ status: 'completed' })
    expect(await ledgerFaults(engine, id)).toEqual([])
  })

  it('makes no further call once paused, and goes on where it was; stopped, it keeps what it found', async () => {
    const { engine, sample } = on
    const id = await startGeneration(engine, { maxResultsPerRun: 100 })
    await runTick(engine.deps)
    const run = await on.latestRun(id)
    const pausing = duringResponse(sample, { path: MATCH, nth: 3 }, () =>
      pauseCampaign(engine.deps, { campaignId: id, by: BY }),
    )
    expect(await runLeadGeneration(engine.deps, { runId: run.id })).toEqual({ status: 'open' })
    await pausing
    const paused = await on.latestRun(id)
    expect(paused.status).toBe('running')
    const found = (await on.sourceOf(id, 'apollo'))?.found ?? 0
    expect(found).toBeGreaterThan(20)
    expect(sample.requests.get(`apollo ${MATCH}`)).toBe(3)
    const before = requests()
    await workAll(engine)
    expect(requests()).toBe(before)
    await resumeCampaign(engine.deps, { campaignId: id, by: BY })
    const stopping = duringResponse(sample, { path: MATCH, nth: 3 }, () =>
      stopCampaign(engine.deps, { campaignId: id, by: BY }),
    )
    await runLeadGeneration(engine.deps, { runId: run.id })
    await stopping
    const stopped = await on.latestRun(id)
    expect(stopped.status).toBe('stopped')
    expect((await on.sourceOf(id, 'apollo'))?.found).toBeGreaterThan(found + 20)
    expect(sample.requests.get(`apollo ${MATCH}`)).toBe(6)
    expect(stopped.batch?.leads).toBe(stopped.totals.added)
    expect(await ledgerFaults(engine, id)).toEqual([])
    expect(await engine.db.leadGenerationCall.count({ where: { status: { in: ['waiting', 'asked'] } } })).toBe(0)
    expect(await engine.db.leadBatch.count({ where: { activeCampaignId: { not: null } } })).toBe(0)
  })

  it('does not buy again what could not be stored as the worker ended', async () => {
    const { engine, sample } = on
    const id = await startGeneration(engine, { leadSources: ['apollo'], maxResultsPerRun: 10 })
    await runTick(engine.deps)
    const { id: runId } = await on.latestRun(id)
    await engine.pool.query("ALTER TABLE leads ADD CONSTRAINT refuses_all CHECK (email = '')")
    const ending = new AbortController()
    const ended = duringResponse(sample, { path: MATCH }, async () => ending.abort())
    await runLeadGeneration(engine.deps, { runId, signal: ending.signal })
    await ended
    await engine.pool.query('ALTER TABLE leads DROP CONSTRAINT refuses_all')
    const bought = { runId, kind: 'match' }
    expect(await engine.db.leadGenerationCall.findMany({ where: bought })).toMatchObject([{ status: 'in_doubt' }])
    await workAll(engine)
    expect(sample.purchases.duplicates.refs).toEqual([])
    expect(await on.sourceOf(id, 'apollo')).toMatchObject({ status: 'completed', inDoubt: 1 })
  })

  it('stores what was paid for once the database is back', async () => {
    const { engine, sample } = on
    const id = await startGeneration(engine, { leadSources: ['apollo'], maxResultsPerRun: 10 })
    await runTick(engine.deps)
    const other = await beginTransaction(engine.deps.sql)
    const locked = duringResponse(sample, { path: MATCH }, () => lockImports(other.tx))
    const working = runLeadGeneration(engine.deps, { runId: (await on.latestRun(id)).id })
    await locked
    // The response waits for the lock; its connection ends there.
    await eventually(async () => {
      const { rows } = await engine.pool.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE datname = current_database() AND wait_event = 'advisory'`,
      )
      return rows.length > 0
    }, 'the response waits for the lock')
    await other.commit()
    await working
    expect(await on.sourceOf(id, 'apollo')).toMatchObject({ status: 'completed', found: 10, inDoubt: 0 })
    expect(await ledgerFaults(engine, id)).toEqual([])
  })

  it('worked on by three workers at once, buys nothing twice', async () => {
    const { engine, sample } = on
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
