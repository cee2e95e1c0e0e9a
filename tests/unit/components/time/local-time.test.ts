import { describe, expect, it } from 'vitest'
import { localOf, momentOf, nextMorning } from '@/components/time/local-time'
import { allZones } from '@/components/time/zone-search'
import { isTimezone } from '@/domain/time/timezone'

describe('local times', () => {
  it('reads a local time in its zone, across clock changes', () => {
    expect(momentOf('2026-11-23T09:00', 'Europe/Berlin')?.toISOString()).toBe('2026-11-23T08:00:00.000Z')
    expect(momentOf('2026-03-29T02:30', 'Europe/Berlin')?.toISOString()).toBe('2026-03-29T01:30:00.000Z')
    expect(momentOf('2026-10-25T02:30', 'Europe/Berlin')?.toISOString()).toBe('2026-10-25T00:30:00.000Z')
    expect(momentOf('soon', 'Europe/Berlin')).toBeNull()
  })

  it('writes a moment as inputs want it', () => {
    expect(localOf(new Date('2026-11-23T08:00:30Z'), 'Asia/Kolkata')).toBe('2026-11-23T13:30')
  })

  it('proposes the next working morning of the zone', () => {
    expect(nextMorning(new Date('2026-11-20T23:30:00Z'), 'Europe/Berlin')).toBe('2026-11-23T09:00')
    expect(nextMorning(new Date('2026-11-23T08:00:00Z'), 'Europe/Berlin')).toBe('2026-11-24T09:00')
  })

  it('knows UTC', () => {
    expect(allZones().filter((zone) => zone === 'UTC')).toHaveLength(1)
    expect(allZones().length).toBeGreaterThan(300)
    expect(allZones()).toEqual(expect.arrayContaining(['Asia/Kathmandu', 'Asia/Kolkata', 'Europe/Kyiv']))
    for (const zone of allZones()) expect(isTimezone(zone)).toBe(true)
  })
})
