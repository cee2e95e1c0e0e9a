import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { MassFilter } from '@/domain/lists/mass-act'
import { setLeadStatus } from '@/use-cases/leads/set-lead-status'
import { runTick } from '@/use-cases/maintenance/run-tick'
import { countMatchingLeads, previewMassAct } from '@/use-cases/mass-acts/preview-mass-act'
import { startMassAct } from '@/use-cases/mass-acts/start-mass-act'
import { BY, createBatch, createEngine, type Engine } from '../../support/engine'

let engine: Engine
beforeAll(async () => {
  engine = await createEngine()
})
afterAll(() => engine.close())
beforeEach(async () => {
  await engine.db.lead.deleteMany()
})

describe('the number that a person agrees to', () => {
  const LEADS = 10_001
  const counted = async (filter: MassFilter) => (await countMatchingLeads(engine.deps, filter)).total

  it('is that of the leads that are there, whatever was changed since counts were summed up', async () => {
    const { batch, leads } = await createBatch(engine, { leads: 30 })
    await runTick(engine.deps)
    await createBatch(engine, { leads: 5, name: 'Other' })
    await setLeadStatus(engine.deps, { ids: leads.slice(0, 7).map(({ id }) => id), status: 'converted', by: BY })
    await engine.db.lead.delete({ where: { id: leads[29]?.id ?? '' } })
    expect(await counted({})).toBe(34)
    expect(await counted({ statuses: ['new', 'converted'] })).toBe(34)
    expect(await counted({ statuses: ['new'] })).toBe(27)
    expect(await counted({ batchId: batch.id })).toBe(29)
    expect(await counted({ batchId: batch.id, statuses: ['converted'] })).toBe(7)
    expect(await counted({ batchId: batch.id, search: 'lead00003' })).toBe(1)
    expect(await counted({ ids: leads.slice(25).map(({ id }) => id), statuses: ['converted'] })).toBe(4)
  })

  it('is exact for more leads than are looked at for what would follow, and holds when the act begins', async () => {
    await engine.pool.query(
      `INSERT INTO leads (email) SELECT i || '@many.example' FROM generate_series(1, $1::int) i`,
      [LEADS],
    )
    const asked = { kind: 'suppress' as const, filter: {}, choice: {} }
    expect(await previewMassAct(engine.deps, asked)).toEqual({ total: LEADS, isCounted: false })
    await engine.pool.query(`DELETE FROM leads WHERE email = '7@many.example'`)
    await expect(startMassAct(engine.deps, { ...asked, expected: LEADS, by: BY })).rejects.toThrow(
      '10,000 leads match by now',
    )
    expect(await previewMassAct(engine.deps, asked)).toMatchObject({ total: LEADS - 1, isCounted: true, already: 0 })
    expect(await startMassAct(engine.deps, { ...asked, expected: LEADS - 1, by: BY })).toMatchObject({
      total: LEADS - 1,
    })
  })
})
