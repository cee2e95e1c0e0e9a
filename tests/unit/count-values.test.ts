import fc from 'fast-check'
import { expect, it } from 'vitest'
import { countValues } from '@/server/http/count-values'

const valuesIn = (value: unknown): number =>
  typeof value === 'object' && value !== null
    ? Object.values(value).reduce<number>((sum, inner) => sum + valuesIn(inner), 1)
    : 1

/** Splits bytes at any places, within a sign too. */
const inPieces = (bytes: Uint8Array, places: readonly number[]) => {
  const cuts = [0, ...places.map((place) => place % (bytes.length + 1)).sort((a, b) => a - b), bytes.length]
  return cuts.slice(1).map((cut, n) => bytes.subarray(cuts[n], cut))
}

it('counts no fewer values than a text holds, and at most twice as many, however its bytes come', () => {
  fc.assert(
    fc.property(fc.jsonValue({ noUnicodeString: false }), fc.array(fc.nat(), { maxLength: 5 }), (value, places) => {
      const count = countValues()
      const counts = inPieces(new TextEncoder().encode(JSON.stringify(value)), places).map(count)
      const values = valuesIn(value)
      expect(counts.at(-1)).toBeGreaterThanOrEqual(values)
      expect(counts.at(-1)).toBeLessThanOrEqual(2 * values)
    }),
  )
})

it('takes what stands in a text for no values', () => {
  expect(countValues()(Buffer.from(JSON.stringify({ text: 'a,b,[c],{"d":1},\\",' })))).toBe(2)
})
