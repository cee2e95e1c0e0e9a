import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { csvCell, csvFile } from '@/domain/lead/csv-export'

it.each([
  ['=HYPERLINK("http://evil.example")', '"\'=HYPERLINK(""http://evil.example"")"'],
  ['+49 431 5550101', "'+49 431 5550101"],
  ['-1', "'-1"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['\t=1', '"\'\t=1"'],
  ['a "b", c', '"a ""b"", c"'],
  [12, '12'],
  [-3, '-3'],
  [null, ''],
])('writes %j as %s', (value, cell) => {
  expect(csvCell(value)).toBe(cell)
})

it('can be read back, and no value begins a formula', () => {
  const cell = fc.string({ unit: 'grapheme' })
  fc.assert(
    fc.property(fc.array(fc.tuple(cell, cell), { maxLength: 10 }), (rows) => {
      const read = parse(csvFile(['a', 'b'], rows), { bom: true, record_delimiter: '\r\n' }).slice(1)
      return rows.every((row, i) =>
        row.every((value, j) => {
          const seen = read[i]?.[j] ?? ''
          return (seen === value || seen === `'${value}`) && !/^[=+\-@\t\r]/.test(seen)
        }),
      )
    }),
  )
})
