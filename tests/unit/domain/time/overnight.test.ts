import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mailboxInput } from '@/domain/mailbox/mailbox-input'
import { zoned } from '@/domain/time/local-time'
import { sameHoursElsewhere } from '@/domain/time/overnight'
import { alwaysOpen, isOpen } from '@/domain/time/window'

const WINTER = new Date('2026-12-01T12:00:00Z')
const hours = (timezone: string, start: number, end: number) => ({
  timezone,
  startMinute: start * 60,
  endMinute: end * 60,
})

describe('hours that pass midnight', () => {
  it('have others at a place where they do not', () => {
    expect(sameHoursElsewhere(hours('Europe/Berlin', 22, 6), WINTER)).toEqual(hours('America/New_York', 16, 24))
    expect(sameHoursElsewhere(hours('America/New_York', 20, 4), WINTER)).toEqual(hours('Asia/Tokyo', 10, 18))
    expect(sameHoursElsewhere(hours('Asia/Kolkata', 20.5, 2), WINTER)).toEqual(hours('America/New_York', 10, 15.5))
    // In summer New York is an hour nearer to Kolkata.
    const summer = new Date('2026-07-01T12:00:00Z')
    expect(sameHoursElsewhere(hours('Asia/Kolkata', 20.5, 2), summer)).toEqual(hours('America/New_York', 11, 16.5))
  })

  it('are refused as the window of a mailbox, with what to enter instead', () => {
    const night = { windowStartMinute: 22 * 60, windowEndMinute: 6 * 60, timezone: 'Europe/Berlin' }
    const mailbox = { name: 'Night', kind: 'environment', fromName: 'Ada', fromEmail: 'ada@nexa.example', ...night }
    const read = mailboxInput.safeParse(mailbox)
    expect(read.error?.issues).toEqual([
      expect.objectContaining({
        path: ['windowEndMinute'],
        message: expect.stringMatching(/by midnight .* 22:00 to 06:00 in Berlin is 16:00 to 24:00 in New York/),
      }),
    ])
  })

  it('have none when they are a whole day', () => {
    expect(sameHoursElsewhere(hours('Europe/Berlin', 9, 9), WINTER)).toBeNull()
  })

  it('have the same moments there, for any hours up to twelve', () => {
    const zone = fc.constantFrom('Asia/Kathmandu', 'Europe/Berlin', 'America/New_York', 'Pacific/Kiritimati', 'UTC')
    fc.assert(
      fc.property(zone, fc.nat(1439), fc.integer({ min: 1, max: 720 }), (timezone, startMinute, length) => {
        const endMinute = (startMinute + length) % 1440
        const there = sameHoursElsewhere({ timezone, startMinute, endMinute }, WINTER)
        if (!there) throw new Error('Nothing was found')
        expect(there.endMinute).toBeLessThanOrEqual(1440)
        for (let half = 0; half < 48; half++) {
          const at = new Date(WINTER.getTime() + half * 30 * 60_000)
          const { hour, minute } = zoned(at, timezone)
          const passed = (hour * 60 + minute - startMinute + 1440) % 1440
          expect(isOpen({ ...alwaysOpen(there.timezone), ...there }, at)).toBe(passed < length)
        }
      }),
      { numRuns: 200 },
    )
  })
})
