import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { csvLines } from '@/domain/lead/csv-export'
import { IMPORT_LIMITS } from '@/domain/lead/import-limits'
import { importLeads } from '@/use-cases/leads/import-leads'
import { getImport } from '@/use-cases/leads/list-imports'
import { readLeftOut } from '@/use-cases/leads/read-left-out'
import { runImport } from '@/use-cases/leads/run-import'
import { startImport } from '@/use-cases/leads/start-import'
import { importSuppressions } from '@/use-cases/suppression/import-suppressions'
import { BY, createEngine, type Engine } from '../../support/engine'
import { refusal } from '../../support/refusal'

let engine: Engine
beforeAll(async () => {
  engine = await createEngine()
})
afterAll(() => engine.close())
beforeEach(async () => {
  await engine.pool.query(
    'TRUNCATE leads, lead_batches, suppressions, lead_imports, lead_import_pieces, lead_import_leads, lead_import_refusals CASCADE',
  )
})

const MANY = ','.repeat(90_000)
const FILE = `email,a\nwide@x.example${MANY}\nfine@x.example,1\nbad,2\n`
const TOO_WIDE =
  'The row has 90,001 values, empty ones included; at most 200 are read. No lead was added or changed by it: remove what stands behind the last column'

async function leftOutOf(id: string) {
  const { table } = await readLeftOut(engine.deps, { id })
  let text = csvLines([table.header])
  for await (const page of table.pages) text += csvLines(page)
  return text.trimEnd().split('\r\n')
}

it('a row with more values than are read is left out, empty ones counted, and at most so many of it are kept', async () => {
  const input = { fileName: 'wide.csv', text: FILE, by: BY }
  const checked = await importLeads(engine.deps, { ...input, dryRun: true })
  expect(checked).toMatchObject({ rows: 3, added: 1, invalid: 2 })
  expect(checked.problems[0]).toMatchObject({ line: 2, kind: 'invalid', email: 'wide@x.example', problem: TOO_WIDE })
  expect(checked.problems.map(({ cells }) => cells.length)).toEqual([IMPORT_LIMITS.columns, 2])
  const { id } = await startImport(engine.deps, input)
  await runImport(engine.deps, { importId: id })
  expect((await engine.db.lead.findMany()).map(({ email }) => email)).toEqual(['fine@x.example'])
  const shown = await getImport(engine.deps, { id })
  expect(shown.refusals).toMatchObject([{ line: 2, problem: TOO_WIDE }, { line: 4 }])
  expect(JSON.stringify(shown).length).toBeLessThan(4_000)
  const [header = '', ...rows] = await leftOutOf(id)
  expect(header.split(',')).toHaveLength(IMPORT_LIMITS.columns + 2)
  expect(rows).toHaveLength(2)
  for (const row of rows) expect(row.replace(/"[^"]*"/g, '').split(',').length).toBeLessThan(IMPORT_LIMITS.columns + 6)
})

it('a row of millions of values refuses the file before it is cut into them, also behind others', async () => {
  const endless = `email,a\nfine@x.example,1\n"two\nlines",x\nwide@x.example${','.repeat(3_000_000)}\n`
  const input = { fileName: 'wide.csv', text: endless, by: BY }
  for (const dryRun of [true, false]) {
    expect(await refusal(importLeads(engine.deps, { ...input, dryRun }))).toMatchObject({
      code: 'unreadable_file',
      message:
        'The row at line 5 of "wide.csv" has more than 100,000 values; at most 200 can be read. Nothing was imported. Remove what stands behind the last column, and try again.',
    })
  }
  expect(await engine.db.lead.count()).toBe(0)
})

it('who wants no email by a row that is not read is not taken at its word', async () => {
  const text = `email,Unsubscribed\nwide@x.example,yes${MANY}\nout@x.example,yes\nfine@x.example,no\n`
  const { id } = await startImport(engine.deps, { fileName: 'w.csv', text, optOuts: 'suppress', by: BY })
  await runImport(engine.deps, { importId: id })
  expect((await engine.db.suppression.findMany()).map(({ value }) => value)).toEqual(['out@x.example'])
})

it('a header that is too wide refuses the file with its own number of columns', async () => {
  const text = `email${','.repeat(100_000)}\na@x.example,1\n`
  expect(await refusal(importLeads(engine.deps, { fileName: 'w.csv', text, by: BY }))).toMatchObject({
    message: expect.stringContaining('has 100001 columns; at most 200 can be read. Nothing was imported.'),
  })
})

it('rows that were kept before there was a limit are read to it, and nothing is padded beyond it', async () => {
  const { id } = await startImport(engine.deps, { fileName: 'old.csv', text: 'email,a\na@x.example,1\n', by: BY })
  await engine.pool.query(
    `INSERT INTO lead_import_refusals (import_id, line, kind, email, problem, cells)
     SELECT $1, n, 'invalid', 'bad', 'the @ is missing', CASE WHEN n = 2 THEN array_fill('x'::text, ARRAY[100000]) ELSE '{bad,b}' END
     FROM generate_series(2, 1000) n`,
    [id],
  )
  const lines = await leftOutOf(id)
  expect(lines).toHaveLength(1_000)
  for (const line of lines) expect(line.split(',')).toHaveLength(IMPORT_LIMITS.columns + 2)
})

it('long rows that were left out are read a few at a time, all of them', async () => {
  const { id } = await startImport(engine.deps, { fileName: 'long.csv', text: 'email,a\na@x.example,1\n', by: BY })
  await engine.pool.query(
    `INSERT INTO lead_import_refusals (import_id, line, kind, email, problem, cells)
     SELECT $1, n, 'invalid', 'bad', 'the @ is missing', ARRAY['bad', repeat('x', 300000)] FROM generate_series(2, 31) n`,
    [id],
  )
  const { table } = await readLeftOut(engine.deps, { id })
  const pieces = [csvLines([table.header])]
  for await (const page of table.pages) pieces.push(csvLines(page))
  expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThan(1_700_000)
  expect(pieces.join('').trimEnd().split('\r\n')).toHaveLength(31)
})

it('an answer lists the first rows that are left out and counts all; the file of the import has them all', async () => {
  const text = ['email,note', ...Array.from({ length: 4_500 }, (_, i) => `bad${i},x`), 'a@x.example,y'].join('\n')
  const checked = await importLeads(engine.deps, { fileName: 'bad.csv', text, by: BY, dryRun: true })
  expect(checked).toMatchObject({ rows: 4_501, invalid: 4_500 })
  expect(checked.problems.map(({ line }) => line)).toEqual(Array.from({ length: 200 }, (_, i) => i + 2))
  const imported = await importLeads(engine.deps, { fileName: 'bad.csv', text, by: BY })
  expect(imported).toMatchObject({ invalid: 4_500, added: 1 })
  expect(imported.problems).toHaveLength(200)
  const { id } = await engine.db.leadImport.findFirstOrThrow()
  expect(await leftOutOf(id)).toHaveLength(4_501)
})

it('a list of addresses leaves such lines out as well, and lists the first problems while it counts all', async () => {
  const bad = Array.from({ length: 500 }, (_, i) => `no address ${i},x`)
  const text = ['email,a', `wide@x.example${MANY}`, ...bad, 'stop@x.example,x'].join('\n')
  const done = await importSuppressions(engine.deps, { fileName: 'stop.csv', text, by: BY })
  expect(done).toMatchObject({ rows: 502, added: 1, invalid: 501 })
  expect(done.problems).toHaveLength(200)
  expect(done.problems[0]).toMatchObject({ line: 2, problem: expect.stringContaining('The line has 90,001 values') })
})
