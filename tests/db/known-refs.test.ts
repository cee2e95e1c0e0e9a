import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { selectKnownRefs } from '@/db/queries/record-answer'
import { queryRows } from '@/db/query'
import { createEngine, type Engine } from '../support/engine'

const DOMAIN = 'nordwind.example'

describe('what a run has bought or is buying', () => {
  let engine: Engine
  beforeAll(async () => {
    engine = await createEngine()
  })
  afterAll(() => engine.close())

  async function startRun() {
    const campaign = await engine.db.campaign.create({ data: { name: 'Finds', campaignType: 'lead_generation' } })
    const dueAt = engine.clock.now()
    return engine.db.leadGenerationRun.create({ data: { campaignId: campaign.id, dueAt, status: 'running' } })
  }
  const buy = (runId: string, source: string, status: string, askedAt = engine.clock.now()) =>
    engine.db.leadGenerationCall.create({
      data: {
        runId,
        source,
        api: 'hunter',
        seq: 1,
        kind: 'people',
        paid: true,
        params: {},
        refs: [DOMAIN],
        status,
        askedAt,
        leaseUntil: status === 'asked' ? askedAt : null,
      },
    })
  const isKnown = async ({ id, runId, source }: { id: string; runId: string; source: string }) => {
    const key = { runId, source: source as 'hunter', api: 'hunter', callId: id, refs: [DOMAIN] }
    return (await queryRows(engine.deps.pool, selectKnownRefs(key))).length > 0
  }

  it('counts once when two sources ask for the same at the same moment: the earlier buys', async () => {
    const { id } = await startRun()
    const first = await buy(id, 'google_places', 'asked')
    const second = await buy(id, 'hunter', 'asked')
    expect([await isKnown(first), await isKnown(second)].sort()).toEqual([false, true])
    const earlier = await buy(id, 'apollo', 'asked', new Date(engine.clock.now().getTime() - 1000))
    expect([await isKnown(earlier), await isKnown(first), await isKnown(second)]).toEqual([false, true, true])
  })

  it('is known once it may have been bought in this run, or was bought in any', async () => {
    const { id } = await startRun()
    const other = await startRun()
    const asking = await buy(id, 'hunter', 'asked')
    await engine.db.leadGenerationCall.deleteMany({ where: { id: { not: asking.id } } })
    await buy(other.id, 'hunter', 'asked')
    expect(await isKnown(asking)).toBe(false)
    await engine.db.leadGenerationCall.updateMany({
      where: { runId: other.id },
      data: { status: 'in_doubt', leaseUntil: null },
    })
    expect(await isKnown(asking)).toBe(false)
    await engine.db.leadGenerationCall.updateMany({ where: { runId: other.id }, data: { status: 'answered' } })
    expect(await isKnown(asking)).toBe(true)
    await engine.db.leadGenerationCall.deleteMany({ where: { runId: other.id } })
    await buy(id, 'google_places', 'in_doubt')
    expect(await isKnown(asking)).toBe(true)
  })
})
