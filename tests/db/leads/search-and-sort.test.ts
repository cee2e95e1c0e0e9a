import { afterAll, beforeAll, expect, it } from 'vitest'
import { createBatch } from '@/use-cases/leads/create-batch'
import { importLeads } from '@/use-cases/leads/import-leads'
import { listBatches } from '@/use-cases/leads/list-batches'
import { listLeads } from '@/use-cases/leads/list-leads'
import { updateLead } from '@/use-cases/leads/update-lead'
import { BY, createEngine, type Engine } from '../../support/engine'

let engine: Engine
beforeAll(async () => {
  engine = await createEngine()
  await engine.db.lead.deleteMany()
  const text = [
    'Email,First name,Last name,Company',
    // The same letters in two forms: one character, and a letter with a mark behind it.
    'one@x.example,Zoé,Nuñez,Örebro AB',
    'two@x.example,Zoe\u0301,Nun\u0303ez,Oslo AS',
    'three@x.example,Øyvind,Æsir,Ärlig AB',
    'four@x.example,Işıl,Çelik,İZMİR LOJİSTİK',
    'five@x.example,Zacharias,Weiß,Zürich AG',
    'six@x.example,Νίκος,Ψαρράς,Éclat SA',
    'seven@x.example,Юлия,Ёлкина,apple & co',
  ].join('\n')
  await importLeads(engine.deps, { fileName: 'x.csv', text, by: BY })
})
afterAll(() => engine.close())

const found = async (search: string) =>
  (await listLeads(engine.deps, { search, sort: 'created', descending: false })).leads
    .map(({ email }) => email.split('@')[0])
    .sort()

it.each([
  ['Zoé', ['one', 'two']],
  ['Zoe\u0301', ['one', 'two']],
  ['ZOE', ['one', 'two']],
  ['nunez zoé', ['one', 'two']],
  ['örebro', ['one']],
  ['orebro', ['one']],
  ['OYVIND', ['three']],
  ['aesir', ['three']],
  ['isil', ['four']],
  ['IŞIL', ['four']],
  ['izmir lojistik', ['four']],
  ['weiss', ['five']],
  ['WEISS zürich', ['five']],
  ['νικοσ', ['six']],
  ['ΝΊΚΟΣ', ['six']],
  ['елкина', ['seven']],
  ['ЮЛИЯ', ['seven']],
  ['X.EXAMPLE zacharias', ['five']],
  ['100%', []],
  ['_', []],
])('a search for %j finds it with and without accents, in either case and form: %j', async (search, emails) => {
  expect(await found(search)).toEqual([...emails].sort())
})

it('text of plain letters alone is folded as it is beside others', async () => {
  const plain = String.fromCharCode(...Array.from({ length: 127 }, (_, i) => i + 1))
  const { rows } = await engine.pool.query(`SELECT fold_text($1) AS alone, fold_text($1 || 'É') AS beside`, [plain])
  expect(rows[0].alone).toBe(plain.toLowerCase())
  expect(rows[0].beside).toBe(`${plain.toLowerCase()}e`)
})

it('companies and contacts are sorted as people look for them, in both directions', async () => {
  const sorted = async (sort: 'company' | 'contact', descending = false) =>
    (await listLeads(engine.deps, { sort, descending })).leads.map((lead) =>
      sort === 'company' ? lead.companyName : lead.contactName,
    )
  const companies = ['apple & co', 'Ärlig AB', 'Éclat SA', 'İZMİR LOJİSTİK', 'Örebro AB', 'Oslo AS', 'Zürich AG']
  expect(await sorted('company')).toEqual(companies)
  expect(await sorted('company', true)).toEqual(companies.toReversed())
  expect(await sorted('contact')).toEqual([
    'Işıl Çelik',
    'Øyvind Æsir',
    'Zacharias Weiß',
    'Zoé Nuñez',
    'Zoé Nuñez',
    'Νίκος Ψαρράς',
    'Юлия Ёлкина',
  ])
})

it('both forms are stored as one', async () => {
  const names = await engine.db.lead.findMany({ where: { email: { in: ['one@x.example', 'two@x.example'] } } })
  expect(new Set(names.map(({ contactName }) => contactName))).toEqual(new Set(['Zo\u00e9 Nu\u00f1ez']))
})

it('a lead is found by its new name after an edit, and no more by its old one', async () => {
  const lead = await engine.db.lead.findUniqueOrThrow({ where: { email: 'five@x.example' } })
  await updateLead(engine.deps, { id: lead.id, companyName: 'Ålesund AS', by: BY })
  expect([await found('alesund'), await found('zurich')]).toEqual([['five'], []])
  await updateLead(engine.deps, { id: lead.id, companyName: 'Zürich AG', by: BY })
})

it('batches are found the same way', async () => {
  await createBatch(engine.deps, { name: 'Messe Köln', description: null, by: BY })
  expect((await listBatches(engine.deps, { search: 'KOLN' })).rows.map(({ name }) => name)).toEqual(['Messe Köln'])
  expect(await listBatches(engine.deps, { search: '%' })).toEqual({ rows: [], total: 0, asOf: null })
})

it('no rule of the server has a say: letters fold alike in a database of any locale', async () => {
  const { rows } = await engine.pool.query("SELECT fold_text('INFO.I@KIR ß İ ı Ǆ ﬁ') AS folded")
  expect(rows).toEqual([{ folded: 'info.i@kir ss i i dz fi' }])
})
