import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { updateBatch } from '@/use-cases/leads/update-batch'
import { listMassActs } from '@/use-cases/mass-acts/list-mass-acts'
import { previewMassAct } from '@/use-cases/mass-acts/preview-mass-act'
import { startMassAct } from '@/use-cases/mass-acts/start-mass-act'
import {
  BY,
  createBatch,
  createEngine,
  createOutreach,
  type Engine,
  readLedger,
  startOutreach,
} from '../../support/engine'
import { beginAct, doAct, forgetAll, undoAct, workOn } from '../../support/mass-acts'
import { refusal } from '../../support/refusal'

// Leads that leave a batch, all that match or the chosen ones, and what takes that back.
let engine: Engine
beforeAll(async () => {
  engine = await createEngine()
})
afterAll(() => engine.close())
beforeEach(() => forgetAll(engine))

const inBatch = (batchId: string) =>
  engine.db.batchLead.findMany({
    where: { batchId },
    orderBy: { leadId: 'asc' },
    select: { leadId: true, addedAt: true },
  })

describe('leads that leave a batch', () => {
  it('are all that match in it, in steps; they stay leads, and stay in other batches', async () => {
    const { batch, leads } = await createBatch(engine, { leads: 1_203 })
    const other = await createBatch(engine, { leads: 2, name: 'Other' })
    await updateBatch(engine.deps, { id: other.batch.id, addLeadIds: leads.slice(0, 5).map(({ id }) => id), by: BY })
    await engine.db.lead.update({ where: { id: leads[3]?.id ?? '' }, data: { status: 'interested' } })
    const act = await doAct(engine, 'leave', { batchId: batch.id, statuses: ['new'] })
    expect(act).toMatchObject({ state: 'done', total: 1_202, done: 1_202, changed: 1_202, leftOut: {} })
    expect(await inBatch(batch.id)).toMatchObject([{ leadId: leads[3]?.id }])
    expect(await inBatch(other.batch.id)).toHaveLength(7)
    expect(await engine.db.lead.count()).toBe(1_205)
  })

  it('are the chosen ones; who has left it meanwhile is left out', async () => {
    const { batch, leads } = await createBatch(engine, { leads: 4 })
    const ids = leads.slice(0, 3).map(({ id }) => id)
    const { id } = await beginAct(engine, 'leave', { batchId: batch.id, ids })
    await updateBatch(engine.deps, { id: batch.id, removeLeadIds: ids.slice(0, 1), by: BY })
    expect(await workOn(engine, id)).toMatchObject({ total: 3, done: 3, changed: 2, leftOut: { no_match: 1 } })
    expect(await inBatch(batch.id)).toMatchObject([{ leadId: leads[3]?.id }])
  })

  it('come back by an undo, as of when they had joined; who has joined anew since stays as he is', async () => {
    const { batch, leads } = await createBatch(engine, { leads: 3 })
    const before = await inBatch(batch.id)
    engine.clock.advance(60_000)
    const act = await doAct(engine, 'leave', { batchId: batch.id })
    expect(await inBatch(batch.id)).toEqual([])
    expect((await listMassActs(engine.deps)).find(({ id }) => id === act.id)).toMatchObject({
      undoable: true,
      batchName: 'Test batch',
    })
    engine.clock.advance(60_000)
    await updateBatch(engine.deps, { id: batch.id, addLeadIds: [leads[0]?.id ?? ''], by: BY })
    const anew = await inBatch(batch.id)
    expect(await undoAct(engine, act.id)).toMatchObject({ state: 'done', changed: 2, leftOut: { changed_since: 1 } })
    expect(await inBatch(batch.id)).toEqual(before.map((row) => (row.leadId === leads[0]?.id ? (anew[0] ?? row) : row)))
  })

  it('come back nowhere where the batch was deleted, and the undo says so', async () => {
    const { batch } = await createBatch(engine, { leads: 2 })
    const act = await doAct(engine, 'leave', { batchId: batch.id })
    await engine.db.leadBatch.delete({ where: { id: batch.id } })
    expect(await undoAct(engine, act.id)).toMatchObject({ state: 'failed', failure: 'The batch was deleted.' })
  })

  it('keep what a campaign of the batch has planned for them, which is counted before', async () => {
    const { id, batch } = await startOutreach(engine, { leads: 3 })
    const before = await readLedger(engine, id)
    const elsewhere = await createOutreach(engine, { leads: 1, name: 'Elsewhere' })
    const preview = await previewMassAct(engine.deps, { kind: 'leave', filter: { batchId: batch.id }, choice: {} })
    expect(preview).toMatchObject({ total: 3, isCounted: true, emails: { planned: before.pending, campaigns: 1 } })
    await doAct(engine, 'leave', { batchId: batch.id })
    expect(await readLedger(engine, id)).toEqual(before)
    expect(await inBatch(elsewhere.batch.id)).toHaveLength(1)
  })

  it('are refused without the batch', async () => {
    await createBatch(engine, { leads: 1 })
    const asked = { kind: 'leave', filter: {}, choice: {}, expected: 1, by: BY } as const
    expect(await refusal(startMassAct(engine.deps, asked))).toMatchObject({ code: 'invalid_input' })
  })
})
