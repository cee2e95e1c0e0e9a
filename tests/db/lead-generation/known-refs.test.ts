import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { recordResponseIf, selectKnownRefs } from '@/db/queries/lead-generation/record-response'
import { transaction } from '@/db/sql'
import { createEngine, type Engine } from '../../support/engine'
import { createRows } from '../../support/rows'

const STATUSES = ['waiting', 'asked', 'answered', 'failed', 'in_doubt', 'dropped']
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

  it('are leads of this source or API, what closed calls have bought, and what a call of this run may have', async () => {
    const rows = createRows(engine)
    const start = async (name: string) =>
      rows.source(await rows.run(name, await rows.campaign(name), { status: 'running' }), 'apollo')
    const apollo = await start('wanted')
    const other = await start('other')
    const lead = (source: string, sourceRef: string) =>
      engine.db.lead.create({ data: { email: `${sourceRef}@customer.example`, companyName: 'C', source, sourceRef } })
    await lead('apollo', 'lead-of-source')
    await lead('hunter', 'lead-of-api')
    await lead('google_places', 'lead-of-neither')
    await lead('apollo', 'lead-not-asked-for')
    for (const [where, key] of Object.entries({ here: apollo, there: other })) {
      for (const status of STATUSES)
        await rows.call(`${status} ${where}`, key, { status, refs: [`${status}-${where}`, `aside-${status}-${where}`] })
    }
    const callId = await rows.call('the call itself', apollo, { status: 'answered', refs: ['own'] })
    const asked = ['here', 'there'].flatMap((where) => STATUSES.map((status) => `${status}-${where}`))
    const refs = ['lead-of-source', 'lead-of-api', 'lead-of-neither', 'own', ...asked]
    const known = await selectKnownRefs(engine.deps.sql, { ...apollo, api: 'hunter', callId, refs })
    expect(known.map(({ ref }) => ref).toSorted()).toEqual([
      'answered-here',
      'answered-there',
      'in_doubt-here',
      'lead-of-api',
      'lead-of-source',
    ])
  })
})
