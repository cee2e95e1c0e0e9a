import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { snoozeChoices } from '@/components/inbox/snooze-choices'
import { localOf } from '@/components/time/local-time'
import { snoozeProblem } from '@/domain/inbox/conversation'

const said = (at: string, zone: string) =>
  snoozeChoices(new Date(at), zone).map(({ label, until }) => `${label}: ${localOf(until, zone)}`)

describe('times to snooze until', () => {
  it('are mornings of the person’s own zone', () => {
    // Wednesday evening in Berlin, Thursday morning in Auckland.
    expect(said('2026-12-02T18:30:00Z', 'Europe/Berlin')).toEqual([
      'In 3 hours: 2026-12-02T22:30',
      'Tomorrow morning: 2026-12-03T08:00',
      'Monday morning: 2026-12-07T08:00',
      'In a week: 2026-12-09T08:00',
      'In a month: 2027-01-01T08:00',
    ])
    expect(said('2026-12-02T18:30:00Z', 'Pacific/Auckland')[1]).toBe('Tomorrow morning: 2026-12-04T08:00')
  })

  it('say no time twice: on a Sunday tomorrow is Monday, on a Monday the next one is in a week', () => {
    expect(said('2026-12-06T10:00:00Z', 'UTC').map((one) => one.split(':')[0])).toEqual([
      'In 3 hours',
      'Tomorrow morning',
      'In a week',
      'In a month',
    ])
    expect(said('2026-12-07T10:00:00Z', 'UTC')[2]).toBe('Monday morning: 2026-12-14T08:00')
    expect(said('2026-12-07T10:00:00Z', 'UTC')).toHaveLength(4)
  })

  it('offer no hours of today that would be tomorrow, and keep eight o’clock over a change of the clock', () => {
    expect(said('2026-03-28T22:30:00Z', 'Europe/Berlin')[0]).toBe('Tomorrow morning: 2026-03-29T08:00')
  })

  it('are all still to come, within a year, each later than the one before', () => {
    const zone = fc.constantFrom(
      'Europe/Berlin',
      'Pacific/Apia',
      'America/St_Johns',
      'Asia/Kathmandu',
      'Africa/Casablanca',
    )
    fc.assert(
      fc.property(
        fc.date({ min: new Date('2000-01-01'), max: new Date('2040-01-01'), noInvalidDate: true }),
        zone,
        (now, where) => {
          const times = snoozeChoices(now, where).map(({ until }) => until.getTime())
          expect(times).toEqual([...new Set(times)].sort((a, b) => a - b))
          for (const time of times) expect(snoozeProblem(new Date(time), now)).toBeNull()
        },
      ),
    )
  })
})
