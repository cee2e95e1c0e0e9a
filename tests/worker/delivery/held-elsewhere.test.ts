import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createCampaign } from '@/use-cases/campaigns/create-campaign'
import { startCampaign } from '@/use-cases/campaigns/start-campaign'
import { BY, createBatch, createEngine, type Engine, readLedger, startOutreach } from '../../support/engine'

describe('a lead of which another campaign holds an email', () => {
  let engine: Engine
  beforeEach(async () => {
    engine = await createEngine()
  })
  afterEach(() => engine.close())

  it('is mailed a day after that email may have left, however long it is held', async () => {
    const first = await startOutreach(engine, { leads: 1, days: [0], name: 'First' })
    engine.sink.behave = () => ({ at: 'data', drop: true, keep: true })
    await engine.work()
    expect(await readLedger(engine, first.id)).toMatchObject({ planned: 1, held: 1 })
    engine.sink.behave = () => undefined

    const { batch } = await createBatch(engine, { leads: 0, name: 'The same lead' })
    await engine.db.batchLead.create({ data: { batchId: batch.id, leadId: first.leads[0]?.id ?? '' } })
    const second = await createCampaign(engine.deps, {
      campaignType: 'outreach',
      name: 'Second',
      batchIds: [batch.id],
      workflowId: first.workflow.id,
      by: BY,
    })
    engine.clock.advance(23 * 3_600_000)
    await startCampaign(engine.deps, { campaignId: second.id, by: BY })
    await engine.work()
    expect(await readLedger(engine, second.id)).toMatchObject({ planned: 1, pending: 1 })
    engine.clock.advance(3_600_000)
    await engine.work()
    expect(await readLedger(engine, first.id)).toMatchObject({ held: 1 })
    expect(await readLedger(engine, second.id)).toMatchObject({ sent: 1 })
  })
})
