import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { runImport } from '@/use-cases/leads/run-import'
import { updateLead } from '@/use-cases/leads/update-lead'
import { clearOldRows } from '@/use-cases/maintenance/clear-old-rows'
import { BY, createEngine, type Engine } from '../../support/engine'
import { agreeToRollback, emptyImports, importRows, rollBack } from '../../support/lead-imports/rolled-back'

/** Leads that several imports brought: each takes back what it alone brought, and the last of them what they all did. */

let engine: Engine
beforeAll(async () => {
  engine = await createEngine()
})
afterAll(() => engine.close())
beforeEach(async () => {
  await emptyImports(engine)
})

const leadOf = (name = 'old') =>
  engine.db.lead.findUnique({ where: { email: `${name}@x.example` }, include: { batches: true } })
const batchOf = (name: string) => engine.db.leadBatch.create({ data: { name } })
const ROW = 'email,company,size\nold@x.example,Nord,9\n'

describe('a lead of before', () => {
  it('stays in the batch, with the value, that another import brought as well, until that is rolled back, too', async () => {
    const before = await engine.db.lead.create({ data: { email: 'old@x.example' } })
    const { id: batchId } = await batchOf('X')
    const first = await importRows(engine, ROW, { batchId })
    const second = await importRows(engine, ROW, { batchId, fileName: 'other.csv' })
    expect(await rollBack(engine, first.id)).toMatchObject({ existing: 1, existingElsewhere: 1, restored: 0 })
    expect(await leadOf()).toMatchObject({ companyName: 'Nord', customFields: { size: '9' }, batches: [{ batchId }] })
    expect(await rollBack(engine, second.id)).toMatchObject({ existing: 1, restored: 1 })
    expect(await leadOf()).toMatchObject({ id: before.id, companyName: null, customFields: {}, batches: [] })
  })

  it('rolled back in the other order, too', async () => {
    await engine.db.lead.create({ data: { email: 'old@x.example' } })
    const { id: batchId } = await batchOf('X')
    const first = await importRows(engine, ROW, { batchId })
    const second = await importRows(engine, ROW, { batchId })
    expect(await rollBack(engine, second.id)).toMatchObject({ untouched: 1 })
    expect(await leadOf()).toMatchObject({ companyName: 'Nord', batches: [{ batchId }] })
    expect(await rollBack(engine, first.id)).toMatchObject({ restored: 1 })
    expect(await leadOf()).toMatchObject({ companyName: null, batches: [] })
  })

  it('gives back what the other import did not bring: another value, and another batch', async () => {
    await engine.db.lead.create({ data: { email: 'old@x.example' } })
    const { id: batchId } = await batchOf('Y')
    const first = await importRows(engine, 'email,company,city\nold@x.example,Nord,Kiel\n', { batchName: 'X' })
    await importRows(engine, 'email,company,city\nold@x.example,Nord,Bremen\n', { batchId })
    expect(await rollBack(engine, first.id)).toMatchObject({ restored: 1, batchRemoved: true })
    expect(await leadOf()).toMatchObject({ companyName: 'Nord', city: null, batches: [{ batchId }] })
  })

  it('a value of an import that nobody rolls back stays for good, also when that is no longer known', async () => {
    await engine.db.lead.create({ data: { email: 'old@x.example' } })
    const { id: batchId } = await batchOf('X')
    await importRows(engine, ROW, { batchId })
    await engine.pool.query(`UPDATE lead_imports SET finished_at = finished_at - interval '92 days'`)
    await clearOldRows(engine.deps)
    const second = await importRows(engine, ROW, { batchId })
    expect(await rollBack(engine, second.id)).toMatchObject({ untouched: 1 })
    expect(await leadOf()).toMatchObject({ companyName: 'Nord', batches: [{ batchId }] })
  })
})

describe('a lead that imports alone brought', () => {
  it('goes with the last of them, in whichever order', async () => {
    for (const order of [
      [0, 1, 2],
      [2, 1, 0],
      [1, 0, 2],
      [0, 2, 1],
    ]) {
      await emptyImports(engine)
      const imports = [
        await importRows(engine, 'email\nnew@x.example\n', { batchName: 'A' }),
        await importRows(engine, 'email,city\nnew@x.example,Kiel\n', { batchName: 'B' }),
        await importRows(engine, 'email,city\nnew@x.example,Kiel\n', { batchName: 'C' }),
      ]
      engine.clock.advance(60_000)
      const rows = []
      for (const place of order) rows.push(await rollBack(engine, String(imports[place]?.id)))
      expect([order, rows.map(({ removed }) => removed)]).toEqual([order, [0, 0, 1]])
      expect(await leadOf('new')).toBeNull()
    }
  })

  it('filled by another import that is rolled back first, counts as changed by nobody', async () => {
    const first = await importRows(engine, 'email\nnew@x.example\n', { batchName: 'A' })
    engine.clock.advance(60_000)
    const second = await importRows(engine, 'email,company\nnew@x.example,Nord\n', { batchName: 'B' })
    engine.clock.advance(60_000)
    expect(await rollBack(engine, second.id)).toMatchObject({ restored: 1 })
    engine.clock.advance(60_000)
    expect(await rollBack(engine, first.id)).toMatchObject({ removed: 1, keptChanged: 0 })
  })

  it.each(['before', 'after'] as const)(
    'stays for good where a person changed it %s another import filled it',
    async (when) => {
      const first = await importRows(engine, 'email\nnew@x.example\n', { batchName: 'A' })
      const { id } = (await leadOf('new')) ?? { id: '' }
      const change = async () => {
        engine.clock.advance(60_000)
        await updateLead(engine.deps, { id, city: 'Kiel', by: BY })
        engine.clock.advance(60_000)
      }
      if (when === 'before') await change()
      const second = await importRows(engine, 'email,company\nnew@x.example,Nord\n', { batchName: 'B' })
      if (when === 'after') await change()
      expect(await rollBack(engine, first.id)).toMatchObject({ keptElsewhere: 1 })
      expect(await rollBack(engine, second.id)).toMatchObject({ keptChanged: 1, removed: 0 })
      expect(await leadOf('new')).toMatchObject({ city: 'Kiel' })
    },
  )
})

it('two rollbacks at once take each lead out once, and leave none behind', async () => {
  const names = Array.from({ length: 700 }, (_, i) => `many${i}@x.example`)
  const text = ['email,company', ...names.map((name) => `${name},Nord`)].join('\n')
  const first = await importRows(engine, text, { batchName: 'A' })
  const second = await importRows(engine, text, { batchName: 'B' })
  await agreeToRollback(engine, first.id)
  await agreeToRollback(engine, second.id)
  await Promise.all([first, second, first, second].map(({ id }) => runImport(engine.deps, { importId: id })))
  const rows = await engine.db.leadImport.findMany()
  expect(rows.reduce((sum, { removed }) => sum + removed, 0)).toBe(700)
  expect(await engine.db.lead.count()).toBe(0)
})
