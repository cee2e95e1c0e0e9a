import { describe, expect, it } from 'vitest'
import { mailboxInput } from '@/domain/mailbox/mailbox-input'
import { isTimezone, zoneNamed } from '@/domain/time/timezone'
import { timezone } from '@/domain/time/timezone-input'

describe('a time zone', () => {
  it.each([
    ['Europe/Vienna', 'Europe/Vienna'],
    ['EUROPE/vienna', 'Europe/Vienna'],
    ['US/Eastern', 'America/New_York'],
    ['Asia/Katmandu', 'Asia/Kathmandu'],
    ['Asia/Kathmandu', 'Asia/Kathmandu'],
    ['Europe/Kiev', 'Europe/Kyiv'],
    ['America/Buenos_Aires', 'America/Argentina/Buenos_Aires'],
    ['utc', 'UTC'],
    ['Etc/GMT+3', 'Etc/GMT+3'],
  ])('may be written %s and is stored as %s', (written, zone) => {
    expect(zoneNamed(written)).toBe(zone)
    expect(timezone.parse(written)).toBe(zone)
  })

  it.each(['+02:00', '-0330', '+5', 'UTC+2', 'gmt -4', '−03:00'])('is no offset: %s', (written) => {
    expect(isTimezone(written)).toBe(false)
    expect(timezone.safeParse(written).error?.issues[0]?.message).toBe(
      'is an offset, which knows no summer time: name a place, such as Asia/Kolkata',
    )
  })

  it.each(['', 'Vienna', 'Mars/Olympus', 'Z'])('is known by its name: not %j', (written) => {
    expect(timezone.safeParse(written).error?.issues[0]?.message).toBe(
      'is not an IANA time zone, such as Europe/Berlin',
    )
  })
})

it('of a mailbox is read the same way', () => {
  const issues = mailboxInput.safeParse({ timezone: '-0330' }).error?.issues ?? []
  expect(issues.filter(({ path }) => path[0] === 'timezone').map(({ message }) => message)).toEqual([
    'is an offset, which knows no summer time: name a place, such as Asia/Kolkata',
  ])
})
