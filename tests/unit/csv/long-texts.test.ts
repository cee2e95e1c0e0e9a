import { expect, it } from 'vitest'
import { sniffDialect } from '@/csv/csv-dialect'
import { firstRecords } from '@/csv/csv-records'
import { foreignWords } from '@/csv/foreign-words'
import { withinBound } from '../../support/within-bound'

const COMMA = { delimiter: ',', quote: '"', escape: '"' } as const

it('reads no further than the records that are looked at, however long the text behind them is', () => {
  const text = 'email,name\n'.repeat(400_000)
  const records = withinBound(() => {
    for (let i = 1; i < 600; i++) firstRecords(text, COMMA, 30)
    return firstRecords(text, COMMA, 30)
  })
  expect(records).toHaveLength(30)
  expect(records.at(-1)).toEqual({ line: 30, cells: ['email', 'name'] })
})

it('tells values in single quotes, however many tabs stand between them', () => {
  expect(withinBound(() => sniffDialect(`${"'a'\t\t".repeat(100)}x`))).toMatchObject({ quote: '"' })
  expect(withinBound(() => sniffDialect(`'a'${'\t'.repeat(200_000)}x`))).toMatchObject({ quote: '"' })
  expect(sniffDialect("'e'\t'a'\t\t'b' | 'it''s'\n")).toMatchObject({ quote: "'" })
  for (const line of ["'a' 'b'", "'a',,'b'", "'a','b", "x,'b'", "'a',b,'c'"])
    expect([line, sniffDialect(line).quote]).toEqual([line, '"'])
})

it('takes nothing endless for an address when it looks for the delimiter', () => {
  expect(withinBound(() => sniffDialect(`email;name\na@${'.'.repeat(60_000)}@\n`.repeat(40)).delimiter)).toBe(';')
})

it('finds words of other letters among endless ones', () => {
  const long = 'a'.repeat(1_000_000)
  expect(withinBound(() => foreignWords(`${long} Größe,${long}/"é"`))).toEqual(['Größe', 'é'])
})
