import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { listEndedMassActs, listMassActs } from '@/use-cases/mass-acts/list-mass-acts'
import { undoMassAct } from '@/use-cases/mass-acts/undo-mass-act'
import { BY, createEngine, type Engine } from '../../support/engine'

let engine: Engine
beforeAll(async () => {
  engine = await createEngine()
})
afterAll(() => engine.close())
beforeEach(async () => {
  await engine.db.lead.deleteMany()
  await engine.db.massAct.deleteMany()
})

const minutes = (count: number) => new Date(engine.clock.now().getTime() + count * 60_000)
/** Acts by the minute at which each began, with the one at which it ended. */
async function acts(times: [began: number, ended: number | null][]) {
  const ids = []
  for (const [began, ended] of times) {
    const { id } = await engine.db.massAct.create({
      data: {
        kind: 'status',
        filter: {},
        choice: { status: 'interested' },
        state: ended === null ? 'working' : 'done',
        total: 1,
        done: ended === null ? 0 : 1,
        changed: ended === null ? 0 : 1,
        actor: BY,
        createdAt: minutes(began),
        endedAt: ended === null ? null : minutes(ended),
      },
    })
    ids.push(id)
  }
  return ids
}

it('are all there while they work, however many were begun and ended since, with the one that ended last', async () => {
  const [long, late, ...others] = await acts([
    [0, null],
    [1, 90],
    ...Array.from({ length: 7 }, (_, i): [number, number] => [2 + i, 3 + i]),
    [60, null],
  ])
  const second = others.at(-1)
  expect((await listMassActs(engine.deps)).map(({ id }) => id)).toEqual([second, long, late])
})

it('stay within reach when they are over, page by page, what ended last first, each with its Undo', async () => {
  const ids = await acts([
    [0, 50],
    [1, 10],
    [2, 20],
    [3, null],
    [4, 30],
  ])
  const page = (number: number) => listEndedMassActs(engine.deps, { page: number, pageSize: 3 })
  const first = await page(1)
  expect([first.total, first.rows.map(({ id }) => id)]).toEqual([4, [ids[0], ids[4], ids[2]]])
  const second = await page(2)
  expect(second).toMatchObject({ total: 4, rows: [{ id: ids[1], undoable: true, undone: false }] })
  await undoMassAct(engine.deps, { id: ids[1] ?? '', by: BY })
  expect((await page(2)).rows).toMatchObject([{ id: ids[1], undoable: false, undone: true }])
})
