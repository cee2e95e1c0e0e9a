import { describe, expect, it } from 'vitest'
import { daysLater, localDate } from '@/domain/time/local-time'

describe('local time', () => {
  it('names the local day of an instant', () => {
    expect(localDate(new Date('2026-03-01T23:30:00Z'), 'Europe/Berlin')).toBe('2026-03-02')
    expect(localDate(new Date('2026-03-01T23:30:00Z'), 'America/New_York')).toBe('2026-03-01')
  })

  it('plans outreach at the same local time some days later', () => {
    expect(daysLater(new Date('2026-03-28T09:00:00Z'), 1, 'Europe/Berlin')).toEqual(new Date('2026-03-29T08:00:00Z'))
  })
})
