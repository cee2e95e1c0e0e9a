import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { recordResponseIf, selectKnownRefs } from '@/db/queries/lead-generation/record-response'
import { transaction } from '@/db/sql'
import { createEngine, type Engine } from '../../support/engine'

const DOMAIN = 'nordwind.example'

describe('what was bought before', () => {
  let engine: Engine
  beforeAll(async () => {
    engine = await createEngine()
  })
  afterAll(() => engine.close())

  it('counts only what a request bought, never what a call passed over', async () => {
    const at = engine.clock.now()
    const campaign = await engine.db.campaign.create({ data: { name: 'Finds', campaignType: 'lead_generation' } })
    const { id: runId } = await engine.db.leadGenerationRun.create({ data: { campaignId: campaign.id, dueAt: at } })
    const call = { runId, api: 'hunter', kind: 'people', paid: true, params: {}, refs: [DOMAIN] }
    const ask = (source: string) =>
      engine.db.leadGenerationCall.create({
        data: { ...call, source, seq: 1, claim: 1, status: 'asked', askedAt: at, leaseUntil: at },
      })
    const answer = (id: string, requests: number) =>
      transaction(engine.deps.sql, (tx) =>
        recordResponseIf(tx, { id, claim: 1, found: 0, brought: [], requests, credits: requests, at }),
      )
    const next = await ask('hunter')
    const known = () =>
      selectKnownRefs(engine.deps.sql, { runId, source: 'hunter', api: 'hunter', callId: next.id, refs: [DOMAIN] })
    await answer((await ask('apollo')).id, 0)
    expect(await known()).toEqual([])
    await answer((await ask('google_places')).id, 1)
    expect(await known()).toEqual([{ ref: DOMAIN }])
  })
})
