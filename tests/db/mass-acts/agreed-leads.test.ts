import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startMassAct } from '@/use-cases/mass-acts/start-mass-act'
import { BY, createBatch, createEngine, type Engine } from '../../support/engine'
import { actOf, beginAct, doAct, forgetAll, makeOneStep, statusesOf, workOn } from '../../support/mass-acts'

// Whom an act is about is what matched when somebody agreed to it, and nobody else.
let engine: Engine
beforeAll(async () => {
  engine = await createEngine()
})
afterAll(() => engine.close())
beforeEach(() => forgetAll(engine))

const setStatus = (id: string | undefined, status: string) =>
  engine.db.lead.update({ where: { id: id ?? '' }, data: { status } })

describe('the leads of an act', () => {
  it('are none that began to match while it was at work, however old they are', async () => {
    const { leads: others } = await createBatch(engine, { leads: 2, name: 'Older' })
    const { batch } = await createBatch(engine, { leads: 1_100 })
    await engine.db.lead.updateMany({
      where: { batches: { some: { batchId: batch.id } } },
      data: { status: 'contacted' },
    })
    const { leads: behind } = await createBatch(engine, { leads: 1, name: 'Behind' })
    const { leads: last } = await createBatch(engine, { leads: 1, name: 'Last' })
    await setStatus(last[0]?.id, 'contacted')
    const { id, total } = await beginAct(engine, 'status', { statuses: ['contacted'] }, { status: 'not_interested' })
    await setStatus(others[0]?.id, 'contacted')
    await makeOneStep(engine, id)
    await setStatus(behind[0]?.id, 'contacted')
    expect(await workOn(engine, id)).toMatchObject({ state: 'done', total, done: 1_101, changed: 1_101 })
    expect(await statusesOf(engine)).toEqual({ new: 1, contacted: 2, not_interested: 1_101 })
  })

  it('are none that had not been committed when they were counted, whatever their ids', async () => {
    const other = await engine.pool.connect()
    try {
      await other.query("BEGIN; INSERT INTO leads (email) VALUES ('early@customer.example')")
      await createBatch(engine, { leads: 3 })
      const { id } = await beginAct(engine, 'delete', {})
      await other.query('COMMIT')
      expect(await workOn(engine, id)).toMatchObject({ total: 3, done: 3, changed: 3 })
      expect((await engine.db.lead.findMany()).map(({ email }) => email)).toEqual(['early@customer.example'])
    } finally {
      other.release()
    }
  })

  it.each([
    ['delete', {}],
    ['suppress', {}],
    ['status', { status: 'converted' }],
    ['batch', {}],
  ] as const)('are left where they do not match any more, and counted: %s', async (kind, choice) => {
    const { batch } = await createBatch(engine, { leads: 1, name: 'Target' })
    const { leads } = await createBatch(engine, { leads: 3 })
    for (const { id } of leads) await setStatus(id, 'contacted')
    const chosen = kind === 'batch' ? { batchId: batch.id } : choice
    const { id } = await beginAct(engine, kind, { statuses: ['contacted'] }, chosen)
    await setStatus(leads[1]?.id, 'replied')
    expect(await workOn(engine, id)).toMatchObject({ done: 3, changed: 2, leftOut: { no_match: 1 } })
    expect(await statusesOf(engine)).toMatchObject({ replied: 1 })
  })

  it('still match by a batch or a search after others have come', async () => {
    const { batch, leads } = await createBatch(engine, { leads: 3 })
    const filter = { search: 'customer', batchId: batch.id }
    const { id } = await beginAct(engine, 'status', filter, { status: 'converted' })
    await engine.db.batchLead.deleteMany({ where: { leadId: leads[0]?.id ?? '' } })
    await engine.db.lead.update({ where: { id: leads[1]?.id ?? '' }, data: { email: 'ada@elsewhere.example' } })
    await createBatch(engine, { leads: 2, name: 'Later' })
    expect(await workOn(engine, id)).toMatchObject({ done: 3, changed: 1, leftOut: { no_match: 2 } })
  })

  it.each([
    ['delete', {}],
    ['suppress', {}],
    ['status', { status: 'converted' }],
    ['batch', {}],
  ] as const)('are said to be gone where somebody has deleted them: %s', async (kind, choice) => {
    const { batch } = await createBatch(engine, { leads: 1, name: 'Target' })
    const { leads } = await createBatch(engine, { leads: 4 })
    const ids = leads.slice(0, 3).map(({ id }) => id)
    const { id } = await beginAct(engine, kind, { ids }, kind === 'batch' ? { batchId: batch.id } : choice)
    await engine.db.lead.delete({ where: { id: ids[1] ?? '' } })
    expect(await workOn(engine, id)).toMatchObject({ total: 3, done: 3, changed: 2, leftOut: { gone: 1 } })
  })

  it('are not written down by their ids with the act', async () => {
    const { leads } = await createBatch(engine, { leads: 3 })
    const { filter } = await doAct(engine, 'status', { ids: leads.map(({ id }) => id) }, { status: 'converted' })
    expect(JSON.stringify(filter)).not.toContain(leads[0]?.id)
  })
})

describe('the numbers of an act', () => {
  it.each([
    'done = done + 1',
    'changed = changed - 1',
    `left_out = '{"already": 1}'`,
    'total = total + 1',
    'done = done + 1, changed = changed + 1',
  ])('add up, or the database refuses them: %s', async (set) => {
    await createBatch(engine, { leads: 2 })
    const { id } = await doAct(engine, 'status', {}, { status: 'converted' })
    await expect(engine.pool.query(`UPDATE mass_acts SET ${set} WHERE id = $1`, [id])).rejects.toThrow('check')
  })
})

describe('a start', () => {
  it('changes nothing when another number matches, and makes no batch', async () => {
    await createBatch(engine, { leads: 3 })
    const asked = { kind: 'batch' as const, filter: {}, choice: {}, batchName: 'Everybody', expected: 2, by: BY }
    await expect(startMassAct(engine.deps, asked)).rejects.toThrow('3 leads match by now, not 2. Nothing was changed.')
    expect(await engine.db.leadBatch.count()).toBe(1)
    expect(await engine.db.massAct.count()).toBe(0)
  })

  it('that fails leaves no empty batch', async () => {
    await createBatch(engine, { leads: 3 })
    await engine.pool.query(`
      CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'refused'; END $$;
      CREATE TRIGGER refuse BEFORE INSERT ON mass_acts FOR EACH ROW EXECUTE FUNCTION refuse()`)
    try {
      const asked = { kind: 'batch' as const, filter: {}, choice: {}, batchName: 'Everybody', expected: 3, by: BY }
      await expect(startMassAct(engine.deps, asked)).rejects.toThrow('refused')
      expect((await engine.db.leadBatch.findMany()).map(({ name }) => name)).toEqual(['Test batch'])
    } finally {
      await engine.pool.query('DROP FUNCTION refuse CASCADE')
    }
  })

  it('into a batch that is gone is refused', async () => {
    const { batch } = await createBatch(engine, { leads: 3 })
    await engine.db.leadBatch.delete({ where: { id: batch.id } })
    const asked = { kind: 'batch' as const, filter: {}, choice: { batchId: batch.id }, expected: 3, by: BY }
    await expect(startMassAct(engine.deps, asked)).rejects.toThrow('does not exist any more. Nothing was changed.')
  })

  it('is refused while 20 of the same person are at work, also when they ask at once', async () => {
    await createBatch(engine, { leads: 1 })
    const asked = { kind: 'status' as const, filter: {}, choice: { status: 'converted' as const }, expected: 1 }
    const starts = Array.from({ length: 25 }, () => startMassAct(engine.deps, { ...asked, by: BY }))
    const ended = await Promise.allSettled(starts)
    const refused = ended.flatMap((one) => (one.status === 'rejected' ? [String(one.reason)] : []))
    expect(refused).toHaveLength(5)
    for (const words of refused) expect(words).toContain('at work already. Nothing was changed.')
    expect(await startMassAct(engine.deps, { ...asked, by: 'another' })).toMatchObject({ total: 1 })
    const [one] = ended.flatMap((end) => (end.status === 'fulfilled' ? [end.value] : []))
    await workOn(engine, one?.id ?? '')
    expect(await startMassAct(engine.deps, { ...asked, by: BY })).toMatchObject({ total: 1 })
    expect(await actOf(engine, one?.id ?? '')).toMatchObject({ state: 'done' })
  })
})
