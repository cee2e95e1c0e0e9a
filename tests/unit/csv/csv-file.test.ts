import fc from 'fast-check'
import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'
import { openCsv } from '@/csv/csv-file'
import { DomainError } from '@/domain/errors'
import type { CsvDelimiter, CsvEncoding } from '@/domain/lead/csv-encodings'

const fromText = (text: string, delimiter?: CsvDelimiter) => openCsv({ fileName: 'leads.csv', text, delimiter })
const fromBytes = (bytes: Buffer, encoding?: CsvEncoding) =>
  openCsv({ fileName: 'leads.csv', base64: bytes.toString('base64'), encoding })

async function rowsOf(file: Awaited<ReturnType<typeof openCsv>>) {
  const rows: [number, string[]][] = []
  for await (const { line, cells } of file.rows()) rows.push([line, cells])
  return rows
}

const refusal = async (work: Promise<unknown>) => {
  const error = await work.then(
    () => null,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(DomainError)
  const { code, message, details } = error as DomainError
  return { code, message, details }
}

describe('lines', () => {
  it('are those of the file: header 1, blank lines and line breaks in quotes counted, whatever ends a line', async () => {
    for (const end of ['\n', '\r\n', '\r']) {
      const file = await fromText(['email,note', 'a@x.example,"two', 'lines"', '', 'b@x.example,x', ' , '].join(end))
      expect(await rowsOf(file)).toEqual([
        [2, ['a@x.example', `two${end}lines`]],
        [5, ['b@x.example', 'x']],
      ])
    }
  })

  it('survive files whose line ends are mixed', async () => {
    const file = await fromText('email,note\r\na@x.example,1\nb@x.example,2\rc@x.example,3')
    expect((await rowsOf(file)).map(([line, cells]) => [line, cells[0]])).toEqual([
      [2, 'a@x.example'],
      [3, 'b@x.example'],
      [4, 'c@x.example'],
    ])
  })

  it('are right for any table that a spreadsheet could write', async () => {
    const cell = fc.stringMatching(/^[ab"\n,; ]{0,6}$/)
    const quote = (value: string) => `"${value.replaceAll('"', '""')}"`
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 8 }), async (table) => {
        const lines = table.map((row) => row.map(quote).join(','))
        const file = await fromText(['email,note', ...lines].join('\n'), ',')
        let line = 2
        const expected = table.flatMap((row) => {
          const at = line
          line += 1 + row.join('').split('\n').length - 1
          return row.some((value) => value.trim()) ? [[at, row]] : []
        })
        expect(await rowsOf(file)).toEqual(expected)
      }),
      { numRuns: 300 },
    )
  })
})

describe('header', () => {
  it("is found below LinkedIn's notes", async () => {
    const file = await fromText(
      'Notes:\n"When exporting, some addresses, may be missing."\n\nFirst Name,Last Name,URL,Email Address,Company,Position,Connected On\nAda,Winter,https://www.linkedin.com/in/ada,ada@x.example,X,CEO,01 Jan 2025\n',
    )
    expect(file.headerLine).toBe(4)
    expect(file.columns[3]).toEqual({ name: 'Email Address', samples: ['ada@x.example'] })
    expect(await rowsOf(file)).toHaveLength(1)
  })

  it("is found below Excel's separator line, which says what separates", async () => {
    const file = await fromText('sep=|\nemail|a,b\nx@x.example|1')
    expect([file.delimiter, file.headerLine, file.columns.map(({ name }) => name)]).toEqual(['|', 2, ['email', 'a,b']])
  })

  it('gives three different sample values a column', async () => {
    const file = await fromText(
      'email,city\na@x.example,Kiel\nb@x.example,Kiel\nc@x.example,\nd@x.example,Bonn\ne@x.example,Ulm\nf@x.example,Jena',
    )
    expect(file.columns[1]?.samples).toEqual(['Kiel', 'Bonn', 'Ulm'])
  })
})

describe('delimiter', () => {
  it.each([
    ['email,company\na@x.example,"Acme; Inc"\nb@x.example,B', ','],
    ['email;turnover\na@x.example;1,5\nb@x.example;2,75\n', ';'],
    ['email\tcompany\na@x.example\tAcme, Inc\n', '\t'],
    ['email|company\na@x.example|Acme, Inc\n', '|'],
    ['email\na@x.example\n', ','],
  ])('of %j is %j', async (text, delimiter) => {
    expect((await fromText(text)).delimiter).toBe(delimiter)
  })
})

describe('encoding', () => {
  const text = 'email;name\r\na@x.example;Müller\r\nb@x.example;Søren\r\n'

  it.each([
    ['utf-8', undefined, Buffer.from(text)],
    ['utf-8', undefined, Buffer.from(`\ufeff${text}`)],
    ['utf-16le', undefined, iconv.encode(text, 'utf-16le', { addBOM: true })],
    ['utf-16be', undefined, iconv.encode(text, 'utf-16be', { addBOM: true })],
    ['windows-1252', 'windows-1252', iconv.encode(text, 'windows-1252')],
    ['macintosh', 'macintosh', iconv.encode(text, 'macintosh')],
  ] as const)('reads %s (chosen: %s)', async (encoding, chosen, bytes) => {
    const file = await fromBytes(bytes, chosen)
    expect(file.encoding).toBe(encoding)
    expect(file.columns[0]?.name).toBe('email')
    expect((await rowsOf(file)).map(([, cells]) => cells[1])).toEqual(['Müller', 'Søren'])
  })

  it('refuses bytes that are not valid in it, with the first bad line, what it looks like and what to do', async () => {
    const bytes = iconv.encode('email,name\na@x.example,Smith\nb@x.example,Müller\n', 'windows-1252')
    expect(await refusal(fromBytes(bytes))).toEqual({
      code: 'unreadable_file',
      message:
        'Line 3 of "leads.csv" is not valid UTF-8. Nothing was imported. Choose the encoding "Windows-1252 (Western Europe)", which it looks like, or save the file as "CSV UTF-8" and try again.',
      details: { fileName: 'leads.csv', line: 3, encoding: 'utf-8', suggestion: 'windows-1252' },
    })
  })

  it('refuses a wrong choice as well', async () => {
    expect((await refusal(fromBytes(Buffer.from('email,n\nx,ok\nx,Ý\u0081\n'), 'windows-1252'))).message).toBe(
      'Line 3 of "leads.csv" is not valid Windows-1252 (Western Europe). Nothing was imported. Choose the encoding "UTF-8", which it looks like, or save the file as "CSV UTF-8" and try again.',
    )
    const wide = iconv.encode('email,name\na@x.example,A\n', 'utf-16le', { addBOM: false })
    expect(await refusal(fromBytes(wide))).toMatchObject({
      message:
        'Line 1 of "leads.csv" is not valid UTF-8. Nothing was imported. Choose the encoding "UTF-16, little endian", which it looks like, or save the file as "CSV UTF-8" and try again.',
      details: { suggestion: 'utf-16le' },
    })
    const odd = Buffer.concat([iconv.encode('email\na@x.example\n', 'utf-16le', { addBOM: true }), Buffer.from([0x41])])
    expect((await refusal(fromBytes(odd))).message).toMatch(
      /^Line 3 of "leads.csv" is not valid UTF-16, little endian\./,
    )
  })

  it('suggests what other scripts look like', async () => {
    const text = `email,name\n${Array.from({ length: 20 }, (_, i) => `a${i}@x.example,株式会社日本の会社`).join('\n')}`
    expect((await refusal(fromBytes(iconv.encode(text, 'shift_jis')))).details).toMatchObject({
      line: 2,
      suggestion: 'shift_jis',
    })
  })
})

describe('refusals', () => {
  it.each([
    [
      'PK\x03\x04rest',
      '"leads.csv" is an Excel workbook or another ZIP archive, not a CSV file. Nothing was imported. Save it as "CSV UTF-8" and try again.',
    ],
    [
      '%PDF-1.7',
      '"leads.csv" is a PDF document, not a CSV file. Nothing was imported. Save it as "CSV UTF-8" and try again.',
    ],
    ['', '"leads.csv" is empty. Nothing was imported. Choose another file.'],
    [' \n\n', '"leads.csv" is empty. Nothing was imported. Choose another file.'],
  ])('of %j', async (content, message) => {
    expect(await refusal(fromBytes(Buffer.from(content, 'latin1')))).toMatchObject({ code: 'unreadable_file', message })
  })

  it('of a quote that is never closed, with the line in which it opens', async () => {
    const file = await fromText('email,note\na@x.example,ok\nb@x.example,"open\nc@x.example,ok\n')
    expect(await refusal(rowsOf(file))).toMatchObject({
      code: 'unreadable_file',
      message:
        'A quote that opens in the record at line 3 of "leads.csv" is never closed. Nothing was imported. Close it, or double it ("") if it belongs to the value, and try again.',
    })
  })

  it('not of quotes inside a value', async () => {
    const file = await fromText('email,company\na@x.example,Acme "The best" Inc\n')
    expect(await rowsOf(file)).toEqual([[2, ['a@x.example', 'Acme "The best" Inc']]])
  })

  it('of files beyond the limits of size, rows and columns', async () => {
    expect((await refusal(fromBytes(Buffer.alloc(20 * 1024 * 1024 + 1, 'a')))).message).toBe(
      '"leads.csv" has 20.0 MiB; at most 20 MiB can be imported at once. Nothing was imported. Split the file and import the parts into the same batch.',
    )
    expect((await refusal(fromText(`email,${'c,'.repeat(200)}`))).message).toBe(
      '"leads.csv" has 202 columns; at most 200 can be read. Nothing was imported. Remove the columns you don\'t need.',
    )
    const many = await fromText(`email\n${'a@x.example\n'.repeat(100_001)}`)
    expect((await refusal(rowsOf(many))).message).toBe(
      '"leads.csv" has more than 100,000 rows. Nothing was imported. Split the file and import the parts into the same batch.',
    )
  })
})
