import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { bytesSource } from '@/csv/csv-source'
import { lockImports } from '@/db/queries/leads/lock-imports'
import { beginTransaction } from '@/db/sql'
import { type ImportLeads, importLeads } from '@/use-cases/leads/import-leads'
import { setLeadStatus } from '@/use-cases/leads/set-lead-status'
import { addSuppression } from '@/use-cases/suppression/add-suppression'
import { BY, createEngine, type Engine } from '../../support/engine'
import { untilBlocked } from '../../support/until-blocked'

let engine: Engine
beforeAll(async () => {
  engine = await createEngine()
})
afterAll(() => engine.close())
beforeEach(async () => {
  await engine.db.lead.deleteMany()
  await engine.db.leadBatch.deleteMany()
  await engine.db.suppression.deleteMany()
})

const importText = (text: string, input: Partial<ImportLeads> = {}) =>
  importLeads(engine.deps, { fileName: 'leads.csv', text, by: BY, ...input })

const countAll = async () => ({ leads: await engine.db.lead.count(), batches: await engine.db.leadBatch.count() })

describe('a file with 12 good and 5 bad rows', () => {
  const read = async () => bytesSource(await readFile('tests/fixtures/leads-12-good-5-bad.csv'))
  const ledger = { rows: 17, added: 12, existing: 0, duplicate: 1, invalid: 4, suppressed: 0 }
  const problems = [
    {
      line: 7,
      email: 'per.solberghalden-optics.example',
      problem: '"per.solberghalden-optics.example" is not an email address: the @ is missing',
      kind: 'invalid',
    },
    {
      line: 11,
      email: 'ada.winter@nordlicht-werften.example',
      problem: 'Same address as in line 2',
      kind: 'duplicate',
    },
    { line: 13, email: '', problem: 'No email address', kind: 'invalid' },
    {
      line: 14,
      // The stray comma has moved the values: this is what stands in the column of addresses.
      email: 'Buyer',
      problem: 'The row has 11 values, but there are 10 columns: is a value with the delimiter missing its quotes?',
      kind: 'invalid',
    },
    {
      line: 17,
      email: 'priya@greenacre@labs.example',
      problem: '"priya@greenacre@labs.example" is not an email address: it contains more than one @',
      kind: 'invalid',
    },
  ]

  it('is checked without changing anything, and shows how it was read', async () => {
    const checked = await importLeads(engine.deps, {
      fileName: 'spring.csv',
      source: await read(),
      dryRun: true,
      by: BY,
    })
    expect(checked).toMatchObject({ ...ledger, problems, batchId: null })
    expect(checked.file).toMatchObject({ fileName: 'spring.csv', encoding: 'utf-8', delimiter: ',', headerLine: 1 })
    expect(checked.file.columns.map(({ name, target }) => `${name}: ${target}`)).toEqual([
      'Company: companyName',
      'First Name: firstName',
      'Last Name: lastName',
      'Job Title: jobTitle',
      'Email: email',
      'Phone: phone',
      'City: city',
      'Country: country',
      'Website: website',
      'Deal size: custom:deal_size',
    ])
    expect(checked.file.columns[9]?.samples).toEqual(['50k', '20k', '10k'])
    expect(await countAll()).toEqual({ leads: 0, batches: 0 })
  })

  it('imports the good rows into a batch named after the file, and lists the bad ones with their lines', async () => {
    const imported = await importLeads(engine.deps, { fileName: 'spring.csv', source: await read(), by: BY })
    expect(imported).toMatchObject({ ...ledger, problems, batchName: 'spring' })
    const batch = await engine.db.leadBatch.findUniqueOrThrow({
      where: { id: imported.batchId ?? '' },
      include: { leads: { include: { lead: true } } },
    })
    expect(batch.name).toBe('spring')
    expect(batch.leads).toHaveLength(12)
    const tom = batch.leads.find(({ lead }) => lead.email.startsWith('tom'))?.lead
    expect(tom).toMatchObject({
      email: 'tom.okafor@brightwell.example',
      companyName: 'Brightwell Dairy',
      contactName: 'Tom Okafor',
      country: 'GB',
      website: 'https://brightwell.example',
      customFields: { deal_size: '10k' },
      status: 'new',
      source: 'csv',
      createdAt: engine.clock.now(),
    })
    const jana = batch.leads.find(({ lead }) => lead.email.startsWith('jana'))?.lead
    expect(jana?.customFields).toEqual({ deal_size: 'two sites, second one from May' })
  })

  it('imported again adds nothing and counts everybody as existing', async () => {
    await importLeads(engine.deps, { fileName: 'spring.csv', source: await read(), by: BY })
    const again = await importLeads(engine.deps, { fileName: 'again.csv', source: await read(), by: BY })
    expect(again).toMatchObject({ ...ledger, added: 0, existing: 12 })
    expect(await countAll()).toEqual({ leads: 12, batches: 2 })
    expect(await engine.db.batchLead.count({ where: { batchId: again.batchId ?? '' } })).toBe(12)
  })
})

describe('existing leads', () => {
  it('are filled where they are empty, never overwritten, and keep their status', async () => {
    const lead = await engine.db.lead.create({
      data: {
        email: 'ada@x.example',
        companyName: 'Nordwind',
        city: '',
        customFields: { tier: 'A' },
        source: 'manual',
      },
    })
    await setLeadStatus(engine.deps, { ids: [lead.id], status: 'interested', by: BY })
    const imported = await importText(
      'email,company,city,tier,region\nADA@x.example,Other,Kiel,B,North\nbo@x.example,New,,,\n',
    )
    expect(imported).toMatchObject({ rows: 2, added: 1, existing: 1, duplicate: 0, invalid: 0, suppressed: 0 })
    expect(await engine.db.lead.findUnique({ where: { id: lead.id }, include: { batches: true } })).toMatchObject({
      companyName: 'Nordwind',
      city: 'Kiel',
      customFields: { tier: 'A', region: 'North' },
      status: 'interested',
      source: 'manual',
      batches: [{ batchId: imported.batchId }],
    })
  })

  it('join an existing batch once', async () => {
    const { batchId } = await importText('email\na@x.example\n', { batchName: 'Spring' })
    const more = await importText('email\na@x.example\nb@x.example\n', { batchId: batchId ?? '' })
    expect(more).toMatchObject({ added: 1, existing: 1, batchId, batchName: 'Spring' })
    expect(await engine.db.batchLead.count()).toBe(2)
  })
})

describe('suppressed addresses', () => {
  it('and addresses at suppressed domains are not imported, and listed with the reason', async () => {
    await addSuppression(engine.deps, { value: 'Gone@x.example', reason: 'unsubscribed', by: BY })
    await addSuppression(engine.deps, { value: 'closed.example', by: BY })
    const text =
      'email\ngone@x.example\nada@x.example\nanybody@closed.example\nfine@sub.closed.example\ngone@x.example\n'
    const expected = {
      rows: 5,
      added: 2,
      existing: 0,
      duplicate: 1,
      invalid: 0,
      suppressed: 2,
      problems: [
        { line: 2, email: 'gone@x.example', problem: 'On the suppression list: unsubscribed', kind: 'suppressed' },
        {
          line: 4,
          email: 'anybody@closed.example',
          problem: 'On the suppression list: its domain closed.example is on the list: added by hand',
          kind: 'suppressed',
        },
        { line: 6, email: 'gone@x.example', problem: 'Same address as in line 2', kind: 'duplicate' },
      ],
    }
    expect(await importText(text, { dryRun: true })).toMatchObject(expected)
    expect(await importText(text)).toMatchObject(expected)
    expect((await engine.db.lead.findMany({ orderBy: { email: 'asc' } })).map(({ email }) => email)).toEqual([
      'ada@x.example',
      'fine@sub.closed.example',
    ])
  })
})

it('takes the columns where the mapping puts them', async () => {
  const mapping = ['ignore', 'email', 'custom:source_note', 'companyName'] as const
  await importText('Email,Backup,Company,Remark\nold@x.example,ada@x.example,from the fair,Nordwind\n', { mapping })
  expect(await engine.db.lead.findMany()).toMatchObject([
    { email: 'ada@x.example', companyName: 'Nordwind', customFields: { source_note: 'from the fair' } },
  ])
})

it('leaves no empty batch behind when no row is fit', async () => {
  expect(await importText('email\nnobody\n')).toMatchObject({ batchId: null, rows: 1, invalid: 1 })
  expect(await countAll()).toEqual({ leads: 0, batches: 0 })
})

it('imports the sample companies', async () => {
  const source = bytesSource(await readFile('sample-data/leads.csv'))
  const imported = await importLeads(engine.deps, { fileName: 'leads.csv', source, by: BY })
  expect(imported).toMatchObject({ rows: 25, added: 25, problems: [] })
})

it('imports the same addresses twice at once without a deadlock, each once', async () => {
  const addresses = Array.from({ length: 6_000 }, (_, i) => `a${i}@x.example`)
  const [first, second] = await Promise.all([
    importText(['email', ...addresses].join('\n'), { batchName: 'A' }),
    importText(['email', ...addresses.toReversed()].join('\n'), { batchName: 'B' }),
  ])
  expect(first.added + second.added).toBe(6_000)
  expect(first.existing + second.existing).toBe(6_000)
  expect(await countAll()).toEqual({ leads: 6_000, batches: 2 })
})

it('waits for whoever inserts leads at the moment, an answer of a lead source included, and then imports', async () => {
  const { tx, commit, rollback } = await beginTransaction(engine.deps.sql)
  try {
    await lockImports(tx)
    const importing = importText('email\nada@x.example')
    await untilBlocked(engine.deps.sql, importing)
    expect(await countAll()).toEqual({ leads: 0, batches: 0 })
    await commit()
    expect(await importing).toMatchObject({ added: 1 })
  } catch (error) {
    await rollback()
    throw error
  }
})

it('keeps the order of the file, also beside what is remembered of addresses', async () => {
  await engine.pool.query(
    `INSERT INTO contacted_addresses (address_hash, last_contacted_at)
     SELECT md5(i::text) || md5(i::text), now() FROM generate_series(1, 5000) i ON CONFLICT DO NOTHING`,
  )
  await engine.pool.query('ANALYZE contacted_addresses')
  const emails = Array.from({ length: 200 }, (_, i) => `person${(i * 37) % 200}@order.example`)
  await importText(`email\n${emails.join('\n')}\n`)
  const leads = await engine.db.lead.findMany({ orderBy: { id: 'asc' } })
  expect(leads.map(({ email }) => email)).toEqual(emails)
})
