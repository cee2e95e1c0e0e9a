import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { getImport } from '@/use-cases/leads/list-imports'
import { runImport } from '@/use-cases/leads/run-import'
import { startImport } from '@/use-cases/leads/start-import'
import { updateLead } from '@/use-cases/leads/update-lead'
import { BY, createEngine, type Engine } from '../../support/engine'
import { emptyImports, rollBack } from '../../support/lead-imports/rolled-back'

/** Rows that are odd, and stop no import. */

let engine: Engine
beforeAll(async () => {
  engine = await createEngine()
})
afterAll(() => engine.close())
beforeEach(async () => {
  await emptyImports(engine)
})

const start = (lines: readonly string[]) =>
  startImport(engine.deps, { fileName: 'odd.csv', text: lines.join('\n'), by: BY })

it('a value that is cut within an emoji, and a reason that is, are imported and listed', async () => {
  const { id } = await start([
    'email,note,bounce reason',
    `a@x.example,${'😀'.repeat(4_000)},`,
    `b@x.example,a${'😀'.repeat(4_000)},`,
    `c@x.example,,${'😀'.repeat(60)}`,
    `d@x.example,,a${'😀'.repeat(60)}`,
  ])
  await runImport(engine.deps, { importId: id })
  expect(await getImport(engine.deps, { id })).toMatchObject({ status: 'done', added: 2, optedOut: 2 })
})

const fill = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => `row${from + i}@x.example,`)

it('a row whose address a person has just given to a lead of an earlier row is a repetition', async () => {
  const { id } = await start(['email,company', 'a@x.example,', ...fill(0, 2_500), 'b@x.example,Nord'])
  let asked = 0
  // Stops behind the first part.
  await runImport(engine.deps, {
    importId: id,
    signal: {
      get aborted() {
        return ++asked > 1
      },
    } as AbortSignal,
  })
  const lead = await engine.db.lead.findUniqueOrThrow({ where: { email: 'a@x.example' } })
  await updateLead(engine.deps, { id: lead.id, email: 'b@x.example', by: BY })
  await runImport(engine.deps, { importId: id })
  expect(await getImport(engine.deps, { id })).toMatchObject({
    status: 'done',
    added: 2_501,
    existing: 0,
    duplicate: 1,
    refusals: [
      { line: 2_503, kind: 'duplicate', problem: 'A line above brought this lead, which has got this address since' },
    ],
  })
  // Nobody was deleted, and none is counted so.
  expect(await rollBack(engine, id)).toMatchObject({ removed: 2_501, gone: 0 })
})
