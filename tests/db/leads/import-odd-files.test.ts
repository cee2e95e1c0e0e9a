import iconv from 'iconv-lite'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { leftOutFile } from '@/components/leads/import/left-out-file'
import { bytesSource } from '@/csv/csv-source'
import { type ImportLeads, importLeads } from '@/use-cases/leads/import-leads'
import { BY, createEngine, type Engine } from '../../support/engine'

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
  importLeads(engine.deps, { fileName: 'list.csv', text, by: BY, ...input })
const importBytes = (bytes: Buffer, input: Partial<ImportLeads> = {}) =>
  importLeads(engine.deps, { fileName: 'list.csv', source: bytesSource(bytes), by: BY, ...input })
const leads = () => engine.db.lead.findMany({ orderBy: { email: 'asc' } })

describe('a file without a line of names', () => {
  it('gives a lead for each address, the first line among them, as a file and pasted', async () => {
    const text = 'bo@fjell.example\nliv@delta.example\n'
    for (const run of [importText, (t: string) => importBytes(Buffer.from(t))]) {
      await engine.db.lead.deleteMany()
      const imported = await run(text)
      expect(imported).toMatchObject({ rows: 2, added: 2, file: { headerLine: 0 } })
      expect((await leads()).map(({ email }) => email)).toEqual(['bo@fjell.example', 'liv@delta.example'])
    }
    expect(await importText('solo@fjell.example')).toMatchObject({ rows: 1, added: 1 })
  })

  it('fills names and companies where the addresses tell them', async () => {
    await importText('Fjell AS;Bo;Lind;bo.lind@fjell.example\nDelta Ltd;Liv;Berg;liv.berg@delta.example\n')
    expect(await leads()).toMatchObject([
      { firstName: 'Bo', lastName: 'Lind', companyName: 'Fjell AS' },
      { firstName: 'Liv', lastName: 'Berg', companyName: 'Delta Ltd' },
    ])
  })

  it('is what a person says it is: the chosen line names the columns', async () => {
    const text = 'from,office@own.example\nWhom,Where\nBo,bo@fjell.example\n'
    expect(await importText(text, { dryRun: true, headerLine: 2 })).toMatchObject({
      rows: 1,
      added: 1,
      file: { headerLine: 2, linesAbove: [1], columns: [{ name: 'Whom' }, { name: 'Where', target: 'email' }] },
    })
    expect(await importText(text, { dryRun: true, headerLine: 0 })).toMatchObject({ added: 2, invalid: 1 })
  })
})

describe('what spreadsheets and programs leave in their files', () => {
  it('is no name, no company and no telephone number; people who are called so keep their names', async () => {
    const imported = await importText(
      [
        'Email,First name,Last name,Company,Phone,Country,Job title',
        'a.null@fjell.example,Nan,Null,"=""Fjell & Co""",4.71E+10,Norway,#DIV/0!',
        "b@delta.example,undefined,None,[object Object],'+47 22,NA,unknown",
      ].join('\n'),
    )
    expect(await leads()).toMatchObject([
      { firstName: 'Nan', lastName: 'Null', companyName: 'Fjell & Co', phone: null, country: 'NO', jobTitle: null },
      { firstName: null, lastName: 'None', companyName: null, phone: '+47 22', country: null, jobTitle: null },
    ])
    expect(imported.changes).toEqual([
      { column: 1, kind: 'emptied', count: 1, example: 'undefined' },
      { column: 3, kind: 'emptied', count: 1, example: '[object Object]' },
      { column: 4, kind: 'emptied', count: 1, example: '4.71E+10' },
      { column: 5, kind: 'emptied', count: 1, example: 'NA' },
      { column: 6, kind: 'emptied', count: 2, example: '#DIV/0!' },
    ])
  })

  it('NA is Namibia in a column of codes', async () => {
    await importText('Email,Country\na@fjell.example,NO\nb@delta.example,NA\n')
    expect((await leads()).map(({ country }) => country)).toEqual(['NO', 'NA'])
  })

  it('entities become their characters, and letters one form', async () => {
    await importText('Email,Company,City\na@fjell.example,Lind &amp;amp; S&oslash;nner,A\u030alesund\n')
    expect(await leads()).toMatchObject([{ companyName: 'Lind & Sønner', city: '\u00c5lesund' }])
  })
})

describe('exports of other programs', () => {
  it('of Google Contacts: the first address and number of each, no label anywhere', async () => {
    const imported = await importText(
      [
        'First Name,Last Name,Organization Name,Organization Title,Labels,E-mail 1 - Label,E-mail 1 - Value,E-mail 2 - Label,E-mail 2 - Value,Phone 1 - Label,Phone 1 - Value,Website 1 - Value',
        'Bo,Lind,Fjell AS,Buyer,Fair ::: * myContacts,* Work,bo@fjell.example ::: post@fjell.example,,,Work,+47 1 ::: +47 2,https\\://fjell.example',
        'Liv,Berg,,,* myContacts,*,,Other,liv@delta.example,,,',
      ].join('\n'),
    )
    expect(imported).toMatchObject({ rows: 2, added: 2 })
    expect(await leads()).toMatchObject([
      {
        email: 'bo@fjell.example',
        companyName: 'Fjell AS',
        jobTitle: 'Buyer',
        phone: '+47 1',
        website: 'https://fjell.example',
        customFields: {},
      },
      { email: 'liv@delta.example', contactName: 'Liv Berg', customFields: {} },
    ])
  })

  it('with columns that no row fills: they become no custom field', async () => {
    const text = 'Email,Nickname,Tier\na@x.example,,\nb@x.example,,gold\n'
    const targets = (imported: Awaited<ReturnType<typeof importText>>) =>
      imported.file.columns.map(({ target }) => target)
    expect(targets(await importText(text, { dryRun: true }))).toEqual(['email', 'ignore', 'custom:tier'])
    expect(targets(await importText(text, { mapping: ['email', 'custom:nickname', 'ignore'] }))).toEqual([
      'email',
      'custom:nickname',
      'ignore',
    ])
  })

  it('with a value that is far too long: nobody is left out for it, and it is said', async () => {
    const imported = await importText(
      `Company,Company Name for Emails,Email,Keywords\nFJELL HANDEL AS,Fjell,bo@fjell.example,"${'wood, '.repeat(1_000)}"\n`,
    )
    expect(imported).toMatchObject({ added: 1, changes: [{ column: 3, kind: 'shortened', count: 1 }] })
    const [lead] = await leads()
    expect(lead?.companyName).toBe('Fjell')
    expect(JSON.stringify(lead?.customFields)).toHaveLength(5_000 + `{"keywords":""}`.length)
  })

  it('with names of columns in another script, and two that a sign tells apart', async () => {
    await importText('會社,姓,名,メール,備考\n北山商店,山本,花,hana@kita.example,紹介\n'.replace('會社', '会社'))
    await importText('Email,Volumen (€),Volumen ($)\nbo@fjell.example,,12\n')
    expect(await leads()).toMatchObject([
      { email: 'bo@fjell.example', customFields: { volumen_usd: '12' } },
      {
        email: 'hana@kita.example',
        companyName: '北山商店',
        firstName: '花',
        lastName: '山本',
        contactName: '山本 花',
        customFields: { 備考: '紹介' },
      },
    ])
  })

  it('with web addresses as people write them', async () => {
    await importText(
      'Email,Website\na@x.example,"x.example; shop.x.example"\nb@x.example,x.example (new)\nc@x.example,//x.example\nd@x.example,ask us\n',
    )
    expect((await leads()).map(({ website }) => website)).toEqual([
      'https://x.example',
      'https://x.example',
      'https://x.example',
      null,
    ])
  })
})

describe('a file in another encoding', () => {
  it('is read in the one that is chosen', async () => {
    const bytes = iconv.encode('이메일,이름\nseo@hangang.example,박서준\n', 'cp949')
    await importBytes(bytes, { encoding: 'euc-kr' })
    expect(await leads()).toMatchObject([{ email: 'seo@hangang.example', contactName: '박서준' }])
  })

  it('in a few lines only is imported without those, and they come back readable', async () => {
    const bytes = Buffer.concat([
      Buffer.from('Email,Name\nbo@fjell.example,Bjørn Ås\nliv@delta.example,Åse Bø\n'),
      iconv.encode('per@odd.example,Pål Håkon\n', 'windows-1252'),
    ])
    const imported = await importBytes(bytes)
    expect(imported).toMatchObject({ rows: 3, added: 2, invalid: 1 })
    expect(imported.problems).toEqual([
      {
        line: 4,
        email: 'per@odd.example',
        problem:
          'The line is not valid UTF-8 as the others are. It is read as Windows-1252 here: check its letters, and import it again',
        kind: 'invalid',
        cells: ['per@odd.example', 'Pål Håkon'],
      },
    ])
  })
})

describe('the file of rows that were left out', () => {
  it('has all their columns, and once corrected is imported as it is', async () => {
    const text = [
      'Company,Email,Phone,Deal size',
      'Fjell AS,bo@fjell.example,+47 1,10k',
      'Delta Ltd,liv@delta,+47 2,20k',
      '"Odd, Even",per@@odd.example,+47 3,-30k',
    ].join('\n')
    const first = await importText(text)
    expect(first).toMatchObject({ rows: 3, added: 1, invalid: 2 })
    const file = leftOutFile(first.file.columns, first.problems)
    expect(file.split('\r\n')[0]).toBe('\ufeffCompany,Email,Phone,Deal size,Left out: line,Left out: reason')
    const corrected = file.replace('liv@delta,', 'liv@delta.example,').replace('per@@odd', 'per@odd')
    const again = await importBytes(Buffer.from(corrected), { batchId: first.batchId ?? '' })
    expect(again).toMatchObject({ rows: 2, added: 2, batchId: first.batchId })
    expect(await leads()).toMatchObject([
      { companyName: 'Fjell AS' },
      { companyName: 'Delta Ltd', phone: '+47 2', customFields: { deal_size: '20k' } },
      { companyName: 'Odd, Even', phone: '+47 3', customFields: { deal_size: '-30k' } },
    ])
  })

  it('of a file without names has names by where its columns went', async () => {
    const first = await importText('bo@fjell.example;Bo Lind;x\nnobody;Liv Berg;x\nper@odd.example;Per Odd;x\n')
    expect(leftOutFile(first.file.columns, first.problems).split('\r\n')).toMatchObject({
      0: '\ufeffEmail,Contact,Column 3,Left out: line,Left out: reason',
      1: 'nobody,Liv Berg,x,2,"""nobody"" is not an email address: the @ is missing"',
    })
  })
})
