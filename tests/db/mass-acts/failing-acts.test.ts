import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { countFailureIf } from '@/db/queries/mass-acts/write-acts'
import { runTick } from '@/use-cases/maintenance/run-tick'
import { runMassAct } from '@/use-cases/mass-acts/run-mass-act'
import { createBatch, createEngine, type Engine } from '../../support/engine'
import { actOf, beginAct, forgetAll, makeOneStep, statusesOf, undoAct, workOn } from '../../support/mass-acts'

let engine: Engine
beforeAll(async () => {
  engine = await createEngine()
  await engine.pool.query(`
    CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'refused'; END $$`)
})
afterAll(() => engine.close())
beforeEach(async () => {
  await heal()
  await forgetAll(engine)
})

/** A lead whose status nobody can write. */
const spoil = (email: string | undefined) =>
  engine.pool.query(
    `CREATE TRIGGER refuse BEFORE UPDATE OF status ON leads FOR EACH ROW WHEN (old.email = '${email}') EXECUTE FUNCTION refuse()`,
  )
const heal = () => engine.pool.query('DROP TRIGGER IF EXISTS refuse ON leads')

/** Leads in the order in which steps take them. */
const inOrder = async (count: number) =>
  (await createBatch(engine, { leads: count })).leads.toSorted((a, b) => (a.id < b.id ? -1 : 1))

/** Works on an act once, as a job does, and says whether that failed. */
const fails = (id: string) =>
  runMassAct(engine.deps, { massActId: id }).then(
    () => false,
    () => true,
  )

async function enqueued() {
  const ids: string[] = []
  const queue = { ...engine.deps.queue, enqueueMassAct: async (id: string) => void ids.push(id) }
  await runTick({ ...engine.deps, queue })
  return ids
}

it('an act that fails again and again at one place ends there, in words, and can be taken back', async () => {
  const leads = await inOrder(1_100)
  const { id } = await beginAct(engine, 'status', {}, { status: 'interested' })
  await spoil(leads[700]?.email)
  for (let time = 1; time <= 4; time++) {
    expect(await fails(id)).toBe(true)
    expect(await actOf(engine, id)).toMatchObject({ state: 'working', changed: 500 })
    expect(await enqueued()).toEqual([id])
  }
  expect(await fails(id)).toBe(false)
  expect(await actOf(engine, id)).toMatchObject({
    state: 'failed',
    done: 500,
    changed: 500,
    failure: expect.stringContaining('failed 5 times in a row'),
  })
  expect(await enqueued()).toEqual([])
  await heal()
  expect(await undoAct(engine, id)).toMatchObject({ state: 'done', changed: 500 })
  expect(await statusesOf(engine)).toEqual({ new: 1_100 })
})

it('an act that comes on between its failures goes on, and a failed step has changed nothing', async () => {
  const leads = await inOrder(1_100)
  const { id } = await beginAct(engine, 'status', {}, { status: 'interested' })
  for (const at of [100, 700, 1_050]) {
    await spoil(leads[at]?.email)
    for (let time = 1; time <= 3; time++) expect(await fails(id)).toBe(true)
    expect(await actOf(engine, id)).toMatchObject({ state: 'working', done: Math.floor(at / 500) * 500 })
    await heal()
  }
  expect(await workOn(engine, id)).toMatchObject({ state: 'done', done: 1_100, changed: 1_100 })
})

it('a failure of a doubled job counts for nothing where another one has gone on, or has ended the act', async () => {
  await inOrder(600)
  const { id } = await beginAct(engine, 'status', {}, { status: 'interested' })
  const failed = { id, lastLeadId: null, atMost: 1, failure: 'It failed.', at: engine.clock.now() }
  await makeOneStep(engine, id)
  expect(await countFailureIf(engine.deps.sql, failed)).toBeNull()
  const { lastLeadId } = await workOn(engine, id)
  expect(await countFailureIf(engine.deps.sql, { ...failed, lastLeadId })).toBeNull()
  expect(await actOf(engine, id)).toMatchObject({ state: 'done', attempts: 0, failure: null })
})

it('an undo that has failed goes on when it is asked for again', async () => {
  const { leads } = await createBatch(engine, { leads: 3 })
  const act = await beginAct(engine, 'status', {}, { status: 'interested' })
  await workOn(engine, act.id)
  await spoil(leads[1]?.email)
  await undoAct(engine, act.id).catch(() => undefined)
  const undo = await engine.db.massAct.findFirstOrThrow({ where: { undoes: act.id } })
  for (let time = 2; time <= 5; time++) await fails(undo.id)
  expect(await actOf(engine, undo.id)).toMatchObject({ state: 'failed', changed: 0 })
  await heal()
  expect(await undoAct(engine, act.id)).toMatchObject({ id: undo.id, state: 'done', changed: 3, failure: null })
})
