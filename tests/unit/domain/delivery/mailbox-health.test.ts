import { describe, expect, it } from 'vitest'
import { healthAfter, isAvailable } from '@/domain/delivery/mailbox-health'

const now = new Date('2026-03-02T09:00:00Z')
const window = { timezone: 'UTC', days: [1, 2, 3, 4, 5, 6, 7], startMinute: 480, endMinute: 1080, holidays: [] }

describe('the health of a mailbox', () => {
  it('lets a job use it when it is ready, or its cool-down is over to the millisecond', () => {
    const later = new Date(now.getTime() + 1)
    expect(isAvailable({ health: 'ready', coolDownUntil: null }, now)).toBe(true)
    expect(isAvailable({ health: 'cooling_down', coolDownUntil: now }, now)).toBe(true)
    expect(isAvailable({ health: 'cooling_down', coolDownUntil: later }, now)).toBe(false)
    expect(isAvailable({ health: 'stopped', coolDownUntil: null }, now)).toBe(false)
  })

  it('is stopped without an end, and counts no failure, when its settings are at fault', () => {
    expect(healthAfter('stop', { troubleCount: 2, window, now })).toEqual({ health: 'stopped', coolDownUntil: null })
  })

  it('cools down for 1, 2, 4 minutes, at most for an hour', () => {
    const minutes = [0, 1, 2, 9].map((troubleCount) => {
      const health = healthAfter('cool_down', { troubleCount, window, now })
      expect(health).toMatchObject({ health: 'cooling_down', troubleCount: troubleCount + 1 })
      return ((health.coolDownUntil?.getTime() ?? 0) - now.getTime()) / 60_000
    })
    expect(minutes).toEqual([1, 2, 4, 60])
  })

  it("waits for the next day's window when the provider's daily limit is reached", () => {
    expect(healthAfter('next_day', { troubleCount: 0, window, now })).toEqual({
      health: 'cooling_down',
      coolDownUntil: new Date('2026-03-03T08:00:00Z'),
      troubleCount: 1,
    })
  })
})
