import { describe, expect, it, test } from 'vitest'
import { formatCount, formatOf, formatShare, inNumber, numberOf } from '@/components/ui/numbers'

describe('a number as it was typed', () => {
  test.each([
    ['25', 25],
    [' 25 ', 25],
    ['0', 0],
    ['-3', -3],
    ['2.5', 2.5],
  ])('"%s" is read as %d', (text, value) => {
    expect(numberOf(text)).toBe(value)
  })

  test.each(['', '   ', '\t', 'ten', '25 a day', '1,000', '2..5'])('"%s" is no number, and never 0', (text) => {
    expect(numberOf(text)).toBeNaN()
  })
})

it('writes counts with separators and the noun that goes with them', () => {
  expect([formatCount(1236), formatOf(1, 'lead'), formatOf(1240, 'lead')]).toEqual(['1,236', '1 lead', '1,240 leads'])
  expect([formatOf(2, 'batch', 'batches'), inNumber(1, 'is', 'are'), inNumber(0, 'is', 'are')]).toEqual([
    '2 batches',
    'is',
    'are',
  ])
})

it('writes no share of something as nothing, and none of less than all as all', () => {
  const shares = [
    formatShare(486, 1236),
    formatShare(1, 1000),
    formatShare(999, 1000),
    formatShare(5, 5),
    formatShare(0, 0),
  ]
  expect(shares).toEqual(['39 %', '< 1 %', '99 %', '100 %', '0 %'])
})
