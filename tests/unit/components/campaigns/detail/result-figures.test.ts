import { describe, expect, it } from 'vitest'
import {
  dayTable,
  filledResultDays,
  hourGrid,
  hourTable,
  isZeroKnown,
  readingRemark,
  shareWords,
  stepTable,
} from '@/components/campaigns/detail/results/result-figures'

const day = (day: string, sent = 1, replies = 0) => ({ day, sent, replies })

describe('the days of a chart', () => {
  it('stand without gaps, over a month’s end', () => {
    expect(filledResultDays([day('2026-02-27'), day('2026-03-02', 2, 1)])).toEqual([
      day('2026-02-27'),
      day('2026-02-28', 0),
      day('2026-03-01', 0),
      day('2026-03-02', 2, 1),
    ])
  })

  it('are those on which something happened once they are too many', () => {
    const days = [day('2026-01-01'), day('2026-02-12')]
    expect(filledResultDays(days)).toEqual(days)
    expect(filledResultDays([day('2026-01-01'), day('2026-02-11')])).toHaveLength(42)
  })

  it('are none of none', () => expect(filledResultDays([])).toEqual([]))
})

describe('what nobody has read', () => {
  const asOf = new Date('2026-03-02T09:00:00Z')
  const reading = { mailboxes: 2, read: 0, elsewhere: [], asOf: null }
  const steps = [
    { stepNumber: 1, name: 'Intro', sent: 200, replied: 1, bounced: 3 },
    { stepNumber: 2, name: 'Again', sent: 100, replied: 0, bounced: 0 },
  ]
  const days = [day('2026-03-02', 5, 1), day('2026-03-03', 5)]

  it('is said to be not read, in the tables and in their files, and never 0; what a person was seen to write stands', () => {
    expect(isZeroKnown(reading)).toBe(false)
    expect(stepTable(steps, false).rows).toEqual([
      ['1 Intro', 200, 1, '', 3],
      ['2 Again', 100, 'not read', '', 'not read'],
    ])
    expect(dayTable(days, false).rows).toEqual([
      ['2026-03-02', 5, 1],
      ['2026-03-03', 5, 'not read'],
    ])
  })

  it('is 0 where all that is read was read once', () => {
    expect(isZeroKnown({ ...reading, read: 1 })).toBe(false)
    expect(isZeroKnown({ ...reading, read: 1, asOf })).toBe(true)
    expect(stepTable(steps, true).rows).toEqual([
      ['1 Intro', 200, 1, '0.5 %', 3],
      ['2 Again', 100, 0, '0 %', 0],
    ])
    expect(dayTable([day('2026-03-02', 4), day('2026-03-04', 1)], true).rows).toEqual([
      ['2026-03-02', 4, 0],
      ['2026-03-03', 0, 0],
      ['2026-03-04', 1, 0],
    ])
    expect(dayTable(days, true).rows[1]).toEqual(['2026-03-03', 5, 0])
  })

  it('is told by the number of mailboxes', () => {
    expect(readingRemark(reading)).toBe('Nothing reads the answers of this campaign’s mailboxes.')
    expect(readingRemark({ ...reading, mailboxes: 3, read: 2, asOf })).toBe(
      'Replies to 1 of its 3 mailboxes are not read, and not counted: the rates may be higher.',
    )
    expect(readingRemark({ ...reading, mailboxes: 3, read: 1, asOf: null })).toBe(
      'Replies to 2 of its 3 mailboxes are not read, and not counted: the rates may be higher.',
    )
    expect(readingRemark({ ...reading, read: 2, asOf: null })).toBe('Not all of its mailboxes were read yet.')
    expect(readingRemark({ ...reading, read: 2, asOf })).toBeNull()
    const elsewhere = ['sales@nexa.example', 'sales@nexa.example']
    expect(isZeroKnown({ ...reading, read: 2, asOf, elsewhere })).toBe(false)
    expect(readingRemark({ ...reading, read: 2, asOf, elsewhere })).toBe(
      'Replies to 2 of its 2 mailboxes are not read, and not counted: the rates may be higher. Replies go to sales@nexa.example, which is not read here.',
    )
  })
})

it('a share of nothing is no number', () => {
  expect([shareWords(0, 0), shareWords(0, 5), shareWords(1, 8), shareWords(1, 30)]).toEqual([
    '',
    '0 %',
    '13 %',
    '3.3 %',
  ])
})

it('hours stand in the row of their weekday, Monday first', () => {
  const hours = [
    { weekday: 1, hour: 0, replies: 2 },
    { weekday: 7, hour: 23, replies: 5 },
  ]
  const grid = hourGrid(hours)
  expect([grid.length, grid[0]?.length, grid[0]?.[0], grid[6]?.[23], grid.flat().reduce((a, b) => a + b)]).toEqual([
    7, 24, 2, 5, 7,
  ])
  expect(hourTable(hours).rows[23]).toEqual(['23:00', 0, 0, 0, 0, 0, 0, 5])
})
