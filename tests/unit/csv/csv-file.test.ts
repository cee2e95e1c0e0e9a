import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromBytes, fromText, refusal, rowsOf } from './open-file'

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

  it.each([
    ['bo@x.example\nliv@x.example\n', 1, 2],
    ['bo@x.example', 1, 1],
    ['Bo;Lind;bo@x.example\nLiv;Berg;liv@x.example\n', 3, 2],
    // A value that reads like a name of the column is still a value.
    ['Bo;Email;bo@x.example\nLiv;Email;liv@x.example\n', 3, 2],
  ])('is missing where the first line is a row: %j', async (text, width, rows) => {
    const file = await fromText(text)
    expect([file.headerLine, file.columns.map(({ name }) => name)]).toEqual([0, Array(width).fill('')])
    expect(await rowsOf(file)).toHaveLength(rows)
  })

  it('is found below a title, also where it names no column of addresses', async () => {
    const file = await fromText('Spring list 2027\n\nWho,Way\nBo,bo@x.example\nLiv,liv@x.example\n')
    expect([file.headerLine, file.columns.map(({ name }) => name)]).toEqual([3, ['Who', 'Way']])
    expect(await rowsOf(file)).toHaveLength(2)
  })

  it('is no row of values that happens to name the address', async () => {
    const file = await fromText('Who,Way,Prefers\nBo,bo@x.example,Phone\nLiv,liv@x.example,Email\n')
    expect(file.headerLine).toBe(1)
    expect(await rowsOf(file)).toHaveLength(2)
  })

  it('can be chosen, or none; what stands above it with an address is named', async () => {
    const text = 'Exported by,sam@x.example,\nWho,Email,Note\nBo,bo@x.example,old\n'
    const found = await fromText(text)
    expect([found.headerLine, found.linesAbove]).toEqual([0, []])
    const chosen = await fromText(text, undefined, 2)
    expect([chosen.headerLine, chosen.columns.map(({ name }) => name), chosen.linesAbove]).toEqual([
      2,
      ['Who', 'Email', 'Note'],
      [1],
    ])
    expect(await rowsOf(await fromText('Email\nbo@x.example', undefined, 0))).toEqual([
      [1, ['Email']],
      [2, ['bo@x.example']],
    ])
    expect((await refusal(fromText(text, undefined, 9))).message).toBe(
      'Line 9 of "leads.csv" cannot name the columns: it is blank, or too far down. Nothing was imported. Choose another line.',
    )
  })

  it('shows the first lines, so that one can be chosen', async () => {
    const file = await fromText(`Email,Note\nbo@x.example,${'n'.repeat(100)}\n`)
    expect(file.firstLines).toEqual([
      { line: 1, text: 'Email, Note' },
      { line: 2, text: `bo@x.example, ${'n'.repeat(65)}…` },
    ])
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
    // Both cut every line in two; only one leaves the addresses alone.
    ['Nachname, Vorname;E-Mail\nLind, Bo;bo@x.example\nBerg, Liv;liv@x.example\n', ';'],
    ['E-Mail;Adresse\nbo@x.example;Kai 1, Kiel\nliv@x.example;Kai 2, Kiel\n', ';'],
    ['email|city, country\nbo@x.example|Oslo, Norway\n', '|'],
  ])('of %j is %j', async (text, delimiter) => {
    expect((await fromText(text)).delimiter).toBe(delimiter)
  })
})

describe('quotes', () => {
  it('are taken off after a blank, too', async () => {
    const file = await fromText('Email, Company\nbo@x.example, "Fjell, Lys & Co."\nliv@x.example,\t"Berg"\n')
    expect((await rowsOf(file)).map(([, cells]) => cells[1])).toEqual(['Fjell, Lys & Co.', 'Berg'])
  })

  it('stay where a value really has them', async () => {
    const file = await fromText('Email,Company\nbo@x.example,"""Lyset"" AS"\nliv@x.example, "Berg" Handel\n')
    expect((await rowsOf(file)).map(([, cells]) => cells[1])).toEqual(['"Lyset" AS', '"Berg" Handel'])
  })

  it('may be marked by backslashes', async () => {
    const text = String.raw`"email","company"
"bo@x.example","Berg \"Lyset\", Oslo"
"liv@x.example","Ved \\ Vann"`
    expect((await rowsOf(await fromText(text))).map(([, cells]) => cells)).toEqual([
      ['bo@x.example', 'Berg "Lyset", Oslo'],
      ['liv@x.example', String.raw`Ved \ Vann`],
    ])
  })

  it('are not marked by a backslash that ends a value', async () => {
    const text = String.raw`"email","folder"
"bo@x.example","C:\"
"liv@x.example","D:\data"`
    expect((await rowsOf(await fromText(text))).map(([, cells]) => cells[1])).toEqual(['C:\\', String.raw`D:\data`])
  })

  it('may be single ones, where the first line has them', async () => {
    const file = await fromText("'email';'company'\n'bo@x.example';'Lind''s; Lys'\n'liv@x.example';'say \"hei\"'\n")
    expect(file.columns.map(({ name }) => name)).toEqual(['email', 'company'])
    expect((await rowsOf(file)).map(([, cells]) => cells[1])).toEqual(["Lind's; Lys", 'say "hei"'])
    const phone = await fromText("email,phone\nbo@x.example,'+47 1\n")
    expect((await rowsOf(phone)).map(([, cells]) => cells[1])).toEqual(["'+47 1"])
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
