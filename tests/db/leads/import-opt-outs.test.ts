import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { type ImportLeads, importLeads } from '@/use-cases/leads/import-leads'
import { listSuppressions } from '@/use-cases/suppression/list-suppressions'
import { BY, createEngine, type Engine, readLedger, startOutreach } from '../../support/engine'

let engine: Engine
beforeAll(async () => {
  engine = await createEngine()
})
afterAll(() => engine.close())
beforeEach(async () => {
  await engine.db.suppression.deleteMany()
})

const TEXT = [
  'Email,Name,Opted out,Bounce reason',
  'fine@fjell.example,Liv,0,',
  'never@fjell.example,Ole,1,',
  'gone@fjell.example,Per,,no such user',
  'twice@fjell.example,Ann,false,',
  'twice@fjell.example,Ann,true,',
].join('\n')

const run = (input: Partial<ImportLeads> = {}) =>
  importLeads(engine.deps, { fileName: 'moved.csv', text: TEXT, by: BY, ...input })
const addresses = async () =>
  (await engine.db.lead.findMany({ orderBy: { email: 'asc' }, where: { email: { endsWith: '@fjell.example' } } })).map(
    ({ email }) => email,
  )

it('a check notices who wants no email, and why, and changes nothing', async () => {
  const checked = await run({ dryRun: true, optOuts: 'suppress' })
  expect(checked).toMatchObject({
    rows: 5,
    added: 1,
    duplicate: 1,
    optedOut: 3,
    suppressedNow: 0,
    optOuts: [
      { reason: 'unsubscribed', people: 2 },
      { reason: 'bounced', people: 1 },
    ],
  })
  expect(
    checked.problems.filter(({ kind }) => kind === 'optedOut').map(({ line, problem }) => [line, problem]),
  ).toEqual([
    [3, 'Wants no email: "Opted out" is "1" in the file'],
    [4, 'Cannot be reached: "Bounce reason" is "no such user" in the file'],
    [5, 'Wants no email: "Opted out" is "true" in the file'],
  ])
  expect(await listSuppressions(engine.deps, {})).toMatchObject({ total: 0 })
})

it('without a decision they are left out, and nobody is put on the list', async () => {
  expect(await run()).toMatchObject({ added: 1, optedOut: 3, suppressedNow: 0 })
  expect(await addresses()).toEqual(['fine@fjell.example'])
  expect(await listSuppressions(engine.deps, {})).toMatchObject({ total: 0 })
})

it('put on the list, each with its reason, also those who are leads already get no more', async () => {
  const { id, leads } = await startOutreach(engine, { leads: 1, days: [0] })
  const text = `${TEXT}\n${leads[0]?.email},Known,yes,`
  expect(await run({ text, optOuts: 'suppress' })).toMatchObject({ optedOut: 4, suppressedNow: 4 })
  const { entries } = await listSuppressions(engine.deps, {})
  expect(entries.map(({ value, reason, source }) => [value, reason, source]).sort()).toEqual(
    [
      ['gone@fjell.example', 'bounced', 'import'],
      ['never@fjell.example', 'unsubscribed', 'import'],
      ['twice@fjell.example', 'unsubscribed', 'import'],
      [leads[0]?.email ?? '', 'unsubscribed', 'import'],
    ].sort(),
  )
  expect(await readLedger(engine, id)).toMatchObject({ planned: 1, skipped: 1 })
})

it('imported only when somebody says so', async () => {
  expect(await run({ optOuts: 'import' })).toMatchObject({
    optedOut: 0,
    duplicate: 1,
    optOuts: [{ people: 2 }, { people: 1 }],
  })
  expect(await addresses()).toHaveLength(4)
})
