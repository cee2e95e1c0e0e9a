import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { importLeads } from '@/use-cases/leads/import-leads'
import { getImport } from '@/use-cases/leads/list-imports'
import { rollBackImport } from '@/use-cases/leads/roll-back-import'
import { runImport } from '@/use-cases/leads/run-import'
import { startImport } from '@/use-cases/leads/start-import'
import { BY, createEngine, type Engine } from '../../support/engine'
import { refusal } from '../../support/refusal'

let engine: Engine
beforeAll(async () => {
  engine = await createEngine()
  await engine.pool.query(
    `CREATE FUNCTION refuse_lead() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no room for it'; END $$`,
  )
})
afterAll(() => engine.close())
beforeEach(async () => {
  await letIn()
  await engine.pool.query(
    'TRUNCATE leads, lead_batches, lead_imports, lead_import_pieces, lead_import_leads, lead_import_refusals CASCADE',
  )
})

/** From here on the database takes no lead with this address, whoever tries. */
const keepOut = (email: string) =>
  engine.pool.query(
    `CREATE TRIGGER keep_out BEFORE INSERT ON leads FOR EACH ROW WHEN (NEW.email = '${email}') EXECUTE FUNCTION refuse_lead()`,
  )
const letIn = () => engine.pool.query('DROP TRIGGER IF EXISTS keep_out ON leads')

const FILE = ['email', ...Array.from({ length: 2_500 }, (_, i) => `row${i}@import.example`)].join('\n')
const start = () => startImport(engine.deps, { fileName: 'spring.csv', text: FILE, by: BY })
const run = (importId: string) => runImport(engine.deps, { importId })
const attemptsOf = async (id: string) => (await getImport(engine.deps, { id })).attempts

it('an import that gets no further ends as failed, says what is there, and can be rolled back', async () => {
  const { id } = await start()
  await keepOut('row2300@import.example')
  // The first time it gets as far as the row.
  await expect(run(id)).rejects.toThrow('no room for it')
  expect(await getImport(engine.deps, { id })).toMatchObject({ status: 'running', place: 2_000, attempts: 0 })
  for (const attempts of [1, 2, 3, 4, 5]) {
    await expect(run(id)).rejects.toThrow('no room for it')
    expect(await getImport(engine.deps, { id })).toMatchObject({ status: 'running', attempts })
  }
  await run(id)
  const failed = await getImport(engine.deps, { id })
  expect(failed).toMatchObject({
    status: 'failed',
    place: 2_000,
    added: 2_000,
    failure:
      'It was begun 5 times and stopped behind row 2,000 of 2,500 each time. What had come in before stays (2,000 leads), and can be rolled back. The log says why. Import the file again, or without the rows that stand there.',
  })
  expect(failed.rollbackUntil).not.toBeNull()
  expect(await engine.db.leadImportPiece.count()).toBe(0)
  await run(id)
  expect(await getImport(engine.deps, { id })).toMatchObject({ status: 'failed' })
  await rollBackImport(engine.deps, { id, expected: { removed: 2_000, restored: 0 }, by: BY })
  await run(id)
  expect(await getImport(engine.deps, { id })).toMatchObject({ status: 'rolled_back', removed: 2_000 })
})

it('a worker that dies has begun as well; whoever gets further begins to count anew', async () => {
  const { id } = await start()
  await engine.db.leadImport.update({ where: { id }, data: { attempts: 4 } })
  await keepOut('row2300@import.example')
  await expect(run(id)).rejects.toThrow('no room for it')
  expect(await attemptsOf(id)).toBe(0)
  await letIn()
  await engine.db.leadImport.update({ where: { id }, data: { attempts: 4 } })
  await run(id)
  expect(await getImport(engine.deps, { id })).toMatchObject({ status: 'done', added: 2_500, attempts: 0 })
})

it('nothing came in where it never got further than its beginning', async () => {
  const { id } = await start()
  await engine.db.leadImport.update({ where: { id }, data: { attempts: 5 } })
  await run(id)
  expect(await getImport(engine.deps, { id })).toMatchObject({
    status: 'failed',
    added: 0,
    rollbackUntil: null,
    failure: expect.stringContaining('stopped at its first rows each time. Nothing has come in.'),
  })
})

it('a worker that was told to end, or finds that somebody else went on, has not failed', async () => {
  const { id } = await start()
  await runImport(engine.deps, { importId: id, signal: AbortSignal.abort() })
  expect(await getImport(engine.deps, { id })).toMatchObject({ status: 'running', place: 0, attempts: 0 })
})

it('of imports that a person starts at the same time no more wait than may, in whichever way', async () => {
  const one = (i: number) => {
    const input = { fileName: `${i}.csv`, text: `email\na${i}@x.example`, by: BY }
    return i % 3 === 0 ? importLeads(engine.deps, input) : startImport(engine.deps, input)
  }
  for (let i = 1; i < 18; i += 3) await Promise.all([one(i), one(i + 1)])
  const waiting = () => engine.db.leadImport.count({ where: { status: 'waiting' } })
  expect(await waiting()).toBe(12)
  const all = await Promise.allSettled(Array.from({ length: 24 }, (_, i) => one(3 * i + 1)))
  expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(8)
  expect(await waiting()).toBe(20)
  expect(await refusal(Promise.resolve(one(3)))).toMatchObject({ code: 'in_use' })
  expect(await engine.db.lead.count()).toBe(0)
})
