import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { beginNextCall, countOpenCalls } from '@/db/queries/lead-generation/begin-next-call'
import { transaction } from '@/db/sql'
import { endRun } from '@/use-cases/lead-generation/end-run'
import { createEngine, type Engine } from '../../support/engine'

describe('the calls of one source in a run', () => {
  let engine: Engine
  beforeAll(async () => {
    engine = await createEngine()
  })
  afterAll(() => engine.close())

  /** A run under way, with calls of two sources that wait. */
  async function startRun() {
    const campaign = await engine.db.campaign.create({
      data: { name: 'Finds', campaignType: 'lead_generation', status: 'running' },
    })
    const { id: runId } = await engine.db.leadGenerationRun.create({
      data: { campaignId: campaign.id, dueAt: engine.clock.now(), status: 'running' },
    })
    for (const source of ['apollo', 'hunter'] as const) {
      await engine.db.leadGenerationRunSource.create({ data: { runId, source, cap: 9 } })
      for (const seq of [1, 2]) {
        const call = { runId, source, api: source, kind: 'people', paid: true, params: { seq }, seq }
        await engine.db.leadGenerationCall.create({ data: call })
      }
    }
    return runId
  }

  it('are made one at a time, the top of the stack first: what one brings counts against the cap of the next', async () => {
    const runId = await startRun()
    const ask = (source: 'apollo' | 'hunter') =>
      transaction(engine.deps.sql, (tx) =>
        beginNextCall(tx, { runId, source, at: engine.clock.now(), leaseUntil: new Date(Date.now() + 60_000) }),
      )
    const first = await ask('apollo')
    expect(first?.params).toEqual({ seq: 2 })
    await expect(ask('apollo')).resolves.toBeNull()
    expect(await ask('hunter')).toMatchObject({ params: { seq: 2 } })
    expect(await countOpenCalls(engine.deps.sql, { runId, source: 'apollo' })).toBe(2)
    await engine.db.leadGenerationCall.update({
      where: { id: first?.id ?? '' },
      data: { status: 'answered', leaseUntil: null },
    })
    expect(await ask('apollo')).toMatchObject({ params: { seq: 1 } })
  })

  it('keep their run open until the last source has ended', async () => {
    const runId = await startRun()
    const end = (source: string) =>
      engine.db.leadGenerationRunSource.update({
        where: { runId_source: { runId, source } },
        data: { status: 'completed', finishedAt: engine.clock.now() },
      })
    const statusOfRun = async () =>
      (await engine.db.leadGenerationRun.findUniqueOrThrow({ where: { id: runId } })).status
    await end('apollo')
    expect(await endRun(engine.deps, runId)).toBe(false)
    expect(await statusOfRun()).toBe('running')
    await end('hunter')
    expect(await endRun(engine.deps, runId)).toBe(true)
    expect(await statusOfRun()).toBe('completed')
  })
})
