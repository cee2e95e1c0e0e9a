import { describe, expect, it } from 'vitest'
import { spanWords } from '@/components/campaigns/detail/progress/span-text'
import { dayWords } from '@/components/time/days'
import { durationWords, windowWords, zonedWindowWords } from '@/components/time/time-text'

it('writes a date out, whatever the browser makes of date fields', () => {
  expect(dayWords('2026-11-27')).toBe('Friday 27 November 2026')
  expect(['', '2026-13-01', 'tomorrow'].map(dayWords)).toEqual([null, null, null])
})

describe('durations and windows', () => {
  it('says the two largest units', () => {
    expect([30, 90, 7_500, 86_400, 90_061].map(durationWords)).toEqual([
      'less than a minute',
      '1 min',
      '2 h 5 min',
      '1 d',
      '1 d 1 h',
    ])
  })

  it('leaves out a smaller unit that does not follow at once', () => {
    expect(durationWords(86_400 + 120)).toBe('1 d')
  })

  it('shortens weekdays in a row and lists others', () => {
    const window = (windowDays: number[], from = 540, to = 1020) =>
      windowWords({ windowDays, windowStartMinute: from, windowEndMinute: to })
    expect(window([5, 1, 2, 3, 4])).toBe('Mon–Fri 09:00–17:00')
    expect(window([1, 3])).toBe('Mon, Wed 09:00–17:00')
    expect(window([1, 2, 3, 4, 5, 6, 7], 0, 1440)).toBe('at any time')
    expect(window([6, 7], 0, 1440)).toBe('Sat, Sun')
  })

  it('names the zone of a window, but not of one that is always open', () => {
    const window = { windowDays: [1, 3], windowStartMinute: 540, windowEndMinute: 1020, timezone: 'Europe/Berlin' }
    expect(zonedWindowWords(window)).toBe('Mon, Wed 09:00–17:00 Europe/Berlin')
    const always = { ...window, windowDays: [1, 2, 3, 4, 5, 6, 7], windowStartMinute: 0, windowEndMinute: 1440 }
    expect(zonedWindowWords(always)).toBe('at any time')
  })

  it('names a span of days in the campaign zone, not in that of this machine', () => {
    const at = (iso: string) => new Date(iso)
    expect(spanWords(at('2026-11-19T08:00:00Z'), at('2026-11-24T08:00:00Z'), 'Europe/Berlin')).toBe('19–24 Nov')
    expect(spanWords(at('2026-11-30T08:00:00Z'), at('2026-12-02T08:00:00Z'), 'Europe/Berlin')).toBe('30 Nov–2 Dec')
    expect(spanWords(at('2026-11-19T23:30:00Z'), at('2026-11-20T01:00:00Z'), 'Europe/Berlin')).toBe('Fri 20 Nov')
  })
})
