import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { boundedCount, COUNTED_AT_MOST, pageOf, pageRead, placeOf, placeText } from '@/domain/lists/place'

const id = fc.uuid()
const value = fc.oneof(
  fc.constant(null),
  fc.string({ unit: 'grapheme' }).map((text) => text.replaceAll('\0', '')),
  fc.integer(),
)

const ID = '00000000-0000-0000-0000-000000000001'

describe('a place in a list', () => {
  it('comes back from its text as it was, in an address that needs no escapes', () => {
    fc.assert(
      fc.property(id, value, (id, value) => {
        const text = placeText({ id, value })
        expect(text).toMatch(/^[\w-]+$/)
        expect(placeOf(text)).toEqual({ id, value })
      }),
    )
  })

  it.each([
    undefined,
    '',
    'x',
    '!!',
    placeText({ id: 'no id', value: 1 }),
    btoa('{"id":1}'),
    btoa('[1,2]'),
    placeText({ id: ID, value: 'a\0b' }),
  ])('is none for a text that no list has made: %j', (text) => {
    expect(placeOf(text)).toBeNull()
  })
})

describe('pages', () => {
  const rows = Array.from({ length: 23 }, (_, value) => ({
    id: `00000000-0000-0000-0000-${String(value).padStart(12, '0')}`,
    value,
  }))
  const place = (row: (typeof rows)[number]) => row
  /** As a statement reads: from the place on or back, at most `limit`. */
  const found = ({ onwards, from, limit }: ReturnType<typeof pageRead>) => {
    const ordered = onwards ? rows : rows.toReversed()
    const beyond = ordered.filter((row) => !from || (onwards ? row.id > from.id : row.id < from.id))
    return beyond.slice(0, limit)
  }
  const page = (asked: { after?: string; before?: string }, size: number) => {
    const read = pageRead(asked, size, { value: 'integer' })
    return pageOf(read, found(read), place)
  }

  it('show each row once on the way on, and the same pages on the way back, whatever their size', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30 }), (size) => {
        const onwards = [page({}, size)]
        for (let next = onwards[0]?.next; next; next = onwards.at(-1)?.next) onwards.push(page({ after: next }, size))
        expect(onwards.flatMap(({ rows }) => rows)).toEqual(rows)
        expect(onwards[0]?.previous).toBeNull()
        for (const [index, current] of onwards.entries()) {
          if (index === 0) continue
          expect(page({ before: current.previous ?? '' }, size).rows).toEqual(onwards[index - 1]?.rows)
        }
      }),
    )
  })

  it.each([
    ['integer', 'x'],
    ['integer', -1],
    ['integer', 1e10],
    ['integer', null],
    ['time', 'x'],
    ['time', 1e17],
    ['text', null],
  ] as const)('begin again at a place that names no %s: %j', (kind, value) => {
    const first = { onwards: true, from: null, limit: 6 }
    expect(pageRead({ before: placeText({ id: ID, value }) }, 5, { value: kind })).toEqual(first)
    expect(pageRead({ after: placeText({ id: ID, value }) }, 5, { value: kind })).toEqual(first)
  })

  it.each([
    ['none', 'x', 'x'],
    ['text', 7, '7'],
    ['integer', '7', 7],
    ['time', '2026-01-01 00:00:00.123+00', '2026-01-01T00:00:00.123Z'],
    ['text', null, null],
  ] as const)('go on from a place that names a value of its list: %s %j', (kind, value, taken) => {
    const before = placeText({ id: ID, value })
    expect(pageRead({ before }, 5, { value: kind, canBeEmpty: true })).toEqual({
      onwards: false,
      from: { id: ID, value: taken },
      limit: 6,
    })
  })

  it('have no way on from the last and none back from the first row, and none at all for nothing', () => {
    expect(page({}, 23)).toMatchObject({ previous: null, next: null })
    expect(page({ before: placeText(rows[5] ?? rows[0] ?? { id: '', value: 0 }) }, 5)).toMatchObject({ previous: null })
    expect(pageOf(pageRead({}, 5, { value: 'none' }), [], place)).toEqual({ rows: [], previous: null, next: null })
  })
})

it('counts up to a bound, and says when there are more', () => {
  expect(boundedCount(COUNTED_AT_MOST)).toEqual({ total: COUNTED_AT_MOST, more: false })
  expect(boundedCount(COUNTED_AT_MOST + 1)).toEqual({ total: COUNTED_AT_MOST, more: true })
  expect(boundedCount(11, 10)).toEqual({ total: 10, more: true })
})
