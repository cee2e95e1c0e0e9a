import { describe, expect, it } from 'vitest'
import {
  areRepliesKnown,
  dayTable,
  filledResultDays,
  hourGrid,
  hourTable,
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
  const reading = { mailboxes: 2, read: 0, asOf: null }

  it('is no 0: the columns are left out of the tables and of their files', () => {
    expect(areRepliesKnown({ reading, hours: [] })).toBe(false)
    expect(dayTable([day('2026-03-02', 5)], false)).toEqual({ header: ['Day', 'Sent'], rows: [['2026-03-02', 5]] })
    const steps = [{ stepNumber: 1, name: 'Intro', sent: 200, replied: 1, bounced: 3 }]
    expect(stepTable(steps, false)).toEqual({ header: ['Step', 'Sent'], rows: [['1 Intro', 200]] })
    expect(stepTable(steps, true).rows).toEqual([['1 Intro', 200, 1, '0.5 %', 3]])
  })

  it('is known where one mailbox is read, or was', () => {
    expect(areRepliesKnown({ reading: { ...reading, read: 1 }, hours: [] })).toBe(true)
    expect(areRepliesKnown({ reading, hours: [{ weekday: 1, hour: 9, replies: 1 }] })).toBe(true)
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
