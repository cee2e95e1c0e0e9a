import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Context } from '@/server/api/context'
import { batchesRouter } from '@/server/api/routers/batches'
import { leadsRouter } from '@/server/api/routers/leads'
import { massActsRouter } from '@/server/api/routers/mass-acts'
import { createCallerFactory, createRouter } from '@/server/api/trpc'
import { createBatch, createEngine, type Engine } from '../../support/engine'
import { workOn } from '../../support/mass-acts'

// All that match in a batch, as its page asks for them.
const createCaller = createCallerFactory(
  createRouter({ batches: batchesRouter, leads: leadsRouter, massActs: massActsRouter }),
)
let engine: Engine
beforeAll(async () => {
  engine = await createEngine()
})
afterAll(() => engine.close())

const api = () =>
  createCaller({
    deps: engine.deps,
    user: { id: 'u1', name: 'Mia', email: 'mia@team.example', role: 'member' },
  } as Context)

it('an act in a batch is about its leads alone, and taking them out needs no batch besides', async () => {
  const { batch } = await createBatch(engine, { leads: 4 })
  await createBatch(engine, { leads: 3, name: 'Other' })
  const filter = { inBatch: batch.id, statuses: ['new' as const] }
  expect(await api().massActs.count(filter)).toEqual({ total: 4 })
  const status = await api().massActs.start({ ...filter, kind: 'status', status: 'interested', expected: 4 })
  await workOn(engine, status.id)
  expect(await api().leads.list({ statuses: ['interested'] })).toMatchObject({ total: 4 })
  const leave = await api().massActs.start({ inBatch: batch.id, kind: 'leave', expected: 4 })
  await workOn(engine, leave.id)
  expect(await api().batches.get({ id: batch.id })).toMatchObject({ leadCount: 0 })
  const undo = await api().massActs.undo({ id: leave.id })
  await workOn(engine, undo.id)
  expect(await api().batches.get({ id: batch.id })).toMatchObject({ leadCount: 4 })
})

it('a batch is deleted with the leads that nothing else needs when their number is said, and alone without', async () => {
  const { batch } = await createBatch(engine, { leads: 2, name: 'Wrong file' })
  expect(await api().massActs.count({ inBatch: batch.id, unused: true })).toEqual({ total: 2 })
  expect(await api().batches.delete({ id: batch.id, unusedLeads: 2 })).toEqual({ id: batch.id, leadsKept: 0 })
  const kept = await createBatch(engine, { leads: 2, name: 'Right file' })
  expect(await api().batches.delete({ id: kept.batch.id })).toEqual({ id: kept.batch.id, leadsKept: 2 })
})

it('days that are none, or that no database knows, are refused with their field', async () => {
  for (const addedFrom of ['2026-02-30', '0000-01-01', 'yesterday'])
    await expect(api().leads.list({ addedFrom })).rejects.toMatchObject({ code: 'BAD_REQUEST' })
})
