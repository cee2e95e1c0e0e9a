import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { insertCalls } from '@/db/queries/lead-generation/begin-next-call'
import { beginRunIf, insertRunSources } from '@/db/queries/lead-generation/begin-run'
import { lockRunningCampaign } from '@/db/queries/lead-generation/plan-run'
import { addYield, lockForResponse, lockRun } from '@/db/queries/lead-generation/record-response'
import { giveRunItsBatch } from '@/db/queries/lead-generation/store-found-leads'
import { closeSendGate } from '@/db/send-gate'
import { beginTransaction, type Tx, transaction } from '@/db/sql'
import { EMPTY_YIELD } from '@/domain/lead-generation/yield'
import type { SourceCall } from '@/lead-sources/types'
import { pauseCampaign } from '@/use-cases/campaigns/pause-campaign'
import { stopCampaign } from '@/use-cases/campaigns/stop-campaign'
import { BY, createEngine, type Engine } from '../../support/engine'
import { untilBlocked } from '../../support/until-blocked'

const SEARCH: SourceCall = { api: 'hunter', kind: 'discover', paid: false, params: {}, refs: [] }

/** What meets a stop or a pause half-way, statement by statement. */
describe('a stop or a pause that meets work on a run', () => {
  let engine: Engine
  beforeAll(async () => {
    engine = await createEngine()
  })
  afterAll(() => engine.close())

  /** Does `first` in a transaction that stays open, begins `act`, and goes on with `then` while that waits. */
  async function around(first: (tx: Tx) => Promise<unknown>, act: () => Promise<unknown>, then = first) {
    const { tx, commit, rollback } = await beginTransaction(engine.deps.sql)
    await first(tx).catch(async (error: unknown) => {
      await rollback()
      throw error
    })
    const acting = act()
    await untilBlocked(engine.deps.sql, acting)
    await then(tx).then(commit, rollback)
    return acting
  }
  async function startRun(campaignType: string, status: string) {
    const campaign = await engine.db.campaign.create({ data: { name: 'Finds', campaignType, status: 'running' } })
    const dueAt = engine.clock.now()
    const run = await engine.db.leadGenerationRun.create({ data: { campaignId: campaign.id, dueAt, status } })
    return { campaignId: campaign.id, runId: run.id }
  }
  const stop = (campaignId: string) => () => stopCampaign(engine.deps, { campaignId, by: BY })

  it('a run that begins as its campaign stops has ended with all its sources and calls', async () => {
    const { campaignId, runId } = await startRun('lead_generation', 'pending')
    const at = engine.clock.now()
    const begin = async (tx: Tx) => {
      await beginRunIf(tx, runId, at)
      await insertRunSources(tx, runId, [{ source: 'hunter', cap: 9, failure: null }], at)
      await insertCalls(tx, { runId, source: 'hunter', calls: [SEARCH], status: 'waiting' })
    }
    await around(begin, stop(campaignId), async () => undefined)
    expect(
      await engine.db.leadGenerationRun.findUniqueOrThrow({
        where: { id: runId },
        include: { sources: true, calls: true },
      }),
    ).toMatchObject({ status: 'stopped', sources: [{ status: 'stopped' }], calls: [{ status: 'dropped' }] })
  })

  it('the first answer that is stored as its campaign stops is kept whole, and so is the stop', async () => {
    const { campaignId, runId } = await startRun('fully_automated', 'running')
    const key = { runId, source: 'hunter' as const }
    await engine.db.leadGenerationRunSource.create({ data: { ...key, cap: 9 } })
    const at = engine.clock.now()
    const batch = await engine.db.leadBatch.create({ data: { name: `Found ${randomUUID()}` } })
    const locked = async (tx: Tx) => {
      await lockRun(tx, runId)
      await lockForResponse(tx, key)
    }
    const store = async (tx: Tx) => {
      await giveRunItsBatch(tx, { runId, campaignId, batchId: batch.id, held: true, linked: true, at })
      await addYield(tx, { ...key, ...EMPTY_YIELD, found: 1, added: 1 })
      await insertCalls(tx, { ...key, calls: [SEARCH], status: 'waiting' })
    }
    expect(await around(locked, stop(campaignId), store)).toMatchObject({ status: 'completed' })
    expect(
      await engine.db.leadGenerationRun.findUniqueOrThrow({
        where: { id: runId },
        include: { sources: true, calls: true, batch: true },
      }),
    ).toMatchObject({
      status: 'stopped',
      sources: [{ status: 'stopped', added: 1 }],
      calls: [{ status: 'dropped' }],
      batch: { id: batch.id, activeCampaignId: null },
    })
  })

  it('a batch of an answer that comes after the stop belongs to the history alone', async () => {
    const { campaignId, runId } = await startRun('fully_automated', 'stopped')
    const at = engine.clock.now()
    const { id: batchId } = await engine.db.leadBatch.create({ data: { name: 'Late' } })
    const given = { runId, campaignId, batchId, held: false, linked: true, at }
    await transaction(engine.deps.sql, (tx) => giveRunItsBatch(tx, given))
    expect(
      await engine.db.campaignBatch.findFirstOrThrow({ where: { campaignId }, include: { batch: true } }),
    ).toMatchObject({ startedAt: at, completedAt: at, batch: { activeCampaignId: null } })
  })

  it('a pause that waits for a plan, as the plan waits for the gate, is made', async () => {
    const { campaignId } = await startRun('fully_automated', 'completed')
    const planned = around(
      (tx) => lockRunningCampaign(tx, campaignId),
      () => pauseCampaign(engine.deps, { campaignId, by: BY }),
      (tx) => closeSendGate(tx),
    )
    expect(await planned).toEqual({ status: 'paused' })
  })
})
