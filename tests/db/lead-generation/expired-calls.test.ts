import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { beginNextCall, insertCalls } from '@/db/queries/lead-generation/begin-next-call'
import { transaction } from '@/db/sql'
import type { LeadSourceName } from '@/domain/lead-generation/criteria'
import { expireSourceCalls } from '@/use-cases/lead-generation/expire-source-calls'
import { createEngine, type Engine } from '../../support/engine'

const MINUTE_MS = 60_000

/** A lease is for workers, who live in real time, whatever time a simulation shows. */
describe('the lease of a call to a lead source', () => {
  let engine: Engine
  beforeAll(async () => {
    engine = await createEngine()
  })
  afterAll(() => engine.close())

  /** A run whose two sources have been asked, one for nothing and one for credits. */
  async function asked(leaseUntil: Date) {
    const at = engine.clock.now()
    const campaign = await engine.db.campaign.create({
      data: { name: 'Finds', campaignType: 'lead_generation', status: 'running' },
    })
    const { id: runId } = await engine.db.leadGenerationRun.create({
      data: { campaignId: campaign.id, dueAt: at, status: 'running' },
    })
    const ask = async (source: LeadSourceName, kind: string, paid: boolean) => {
      await engine.db.leadGenerationRunSource.create({ data: { runId, source, cap: 9 } })
      const calls = [{ api: source, kind, paid, params: {}, refs: [] }]
      await insertCalls(engine.deps.sql, { runId, source, calls, status: 'waiting' })
      const asked = await transaction(engine.deps.sql, (tx) => beginNextCall(tx, { runId, source, at, leaseUntil }))
      expect(asked).not.toBeNull()
    }
    await ask('hunter', 'discover', false)
    await ask('apollo', 'people', true)
    return async () => {
      const calls = await engine.db.leadGenerationCall.findMany({ where: { runId } })
      return Object.fromEntries(calls.map(({ source, status }) => [source, status]))
    }
  }

  it('is over when real time says so, however early the simulated time is', async () => {
    const statuses = await asked(new Date(engine.clock.realNow().getTime() - MINUTE_MS))
    engine.clock.set('2001-01-01T00:00:00Z')
    await expireSourceCalls(engine.deps)
    expect(await statuses()).toEqual({ hunter: 'waiting', apollo: 'in_doubt' })
  })

  it('is open while real time says so, however late the simulated time is', async () => {
    const statuses = await asked(new Date(engine.clock.realNow().getTime() + 60 * MINUTE_MS))
    engine.clock.set('2101-01-01T00:00:00Z')
    await expireSourceCalls(engine.deps)
    expect(await statuses()).toEqual({ hunter: 'asked', apollo: 'asked' })
  })
})
