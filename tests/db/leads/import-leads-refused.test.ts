import iconv from 'iconv-lite'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { bytesSource } from '@/csv/csv-source'
import { type ImportLeads, importLeads } from '@/use-cases/leads/import-leads'
import { BY, createEngine, type Engine } from '../../support/engine'
import { refusal } from '../../support/refusal'

let engine: Engine
beforeAll(async () => {
  engine = await createEngine()
})
afterAll(() => engine.close())
beforeEach(async () => {
  await engine.db.lead.deleteMany()
  await engine.db.leadBatch.deleteMany()
})

const importText = (text: string, input: Partial<ImportLeads> = {}) =>
  importLeads(engine.deps, { fileName: 'leads.csv', text, by: BY, ...input })

const countAll = async () => ({ leads: await engine.db.lead.count(), batches: await engine.db.leadBatch.count() })

describe('refused whole', () => {
  it('a file in the wrong encoding, with the first bad line', async () => {
    const bytes = iconv.encode('email,company\nada@x.example,Nordwind\nbo@x.example,Müller\n', 'windows-1252')
    const input = { fileName: 'leads.csv', source: bytesSource(bytes), by: BY }
    expect(await refusal(importLeads(engine.deps, input))).toEqual({
      code: 'unreadable_file',
      message:
        'Line 3 of "leads.csv" is not valid UTF-8. Nothing was imported. Choose the encoding "Windows-1252 (Western Europe)", which it looks like, or save the file as "CSV UTF-8" and try again.',
    })
    expect(await countAll()).toEqual({ leads: 0, batches: 0 })
    await importLeads(engine.deps, { ...input, encoding: 'windows-1252' })
    expect(await engine.db.lead.findFirst({ where: { email: 'bo@x.example' } })).toMatchObject({
      companyName: 'Müller',
    })
  })

  it('a file without a column of addresses, naming the columns it has', async () => {
    expect(await refusal(importText('Name;Company;Phone\nAda;Nordwind;1\n'))).toEqual({
      code: 'missing_column',
      message:
        '"leads.csv" has no column of email addresses. Columns found: Name, Company, Phone. Nothing was imported. Say which column holds the addresses, or name it "Email" in the file.',
    })
    expect(
      await refusal(importText('Ada,ada@x.example\nBo,bo@x.example\n', { mapping: ['ignore', 'ignore'] })),
    ).toEqual({
      code: 'missing_column',
      message:
        '"leads.csv" has no column of email addresses. Columns found: column 1 ("Ada"), column 2 ("ada@x.example"). Nothing was imported. Say which column holds the addresses, or name it "Email" in the file.',
    })
    expect(
      await refusal(
        importText('Ada,ada@x.example\nBo,bo@x.example\n', { headerLine: 1, mapping: ['ignore', 'ignore'] }),
      ),
    ).toEqual({
      code: 'missing_column',
      message:
        '"leads.csv" has no column of email addresses. Columns found: Ada, ada@x.example. Nothing was imported. Choose that no line names the columns, or add a first line with names, one of them "Email".',
    })
  })

  it('a mapping for another number of columns', async () => {
    expect(await refusal(importText('email,company\na@x.example,A\n', { mapping: ['email'] }))).toEqual({
      code: 'invalid_input',
      message: 'The mapping is for 1 columns, but "leads.csv" has 2. Nothing was imported. Check the file again.',
    })
  })

  it('a file with a header alone', async () => {
    expect(await refusal(importText('email,company\n'))).toEqual({
      code: 'invalid_input',
      message:
        '"leads.csv" has column names but no rows. Nothing was imported. Choose a file with rows below its header.',
    })
  })

  it('a batch that is gone', async () => {
    expect(
      await refusal(importText('email\na@x.example\n', { batchId: '01900000-0000-7000-8000-000000000000' })),
    ).toEqual({
      code: 'not_found',
      message: 'This batch does not exist any more. Nothing was imported. Choose another batch.',
    })
  })

  it('a file that breaks after thousands of good rows', async () => {
    const rows = Array.from({ length: 5_000 }, (_, i) => `a${i}@x.example,ok`)
    expect(await refusal(importText(['email,note', ...rows, 'b@x.example,"open'].join('\n')))).toMatchObject({
      code: 'unreadable_file',
      message: expect.stringContaining('A quote that opens in the record at line 5002 of "leads.csv" is never closed.'),
    })
    expect(await countAll()).toEqual({ leads: 0, batches: 0 })
  })
})
