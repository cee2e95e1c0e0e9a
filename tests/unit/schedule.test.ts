import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import { planCampaign, shareOut, stepTimes } from '@/domain/campaign/schedule'
import { ALWAYS_OPEN, isOpen, localDate, nextDayOpening, nextOpening, type SendingWindow } from '@/domain/campaign/window'

const ZONES = ['UTC', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'America/Sao_Paulo', 'Pacific/Apia']
const zone = fc.constantFrom(...ZONES)
const start = fc.date({ min: new Date('2010-01-01'), max: new Date('2030-12-31'), noInvalidDate: true })
const window = fc
  .record({
    timezone: zone,
    days: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 7 }),
    hours: fc.tuple(fc.integer({ min: 0, max: 22 }), fc.integer({ min: 1, max: 23 })),
  })
  .map(({ timezone, days, hours: [a, b] }): SendingWindow => {
    const startMinute = Math.min(a, b - 1) * 60
    return { timezone, days, startMinute, endMinute: startMinute + Math.max(1, b - Math.min(a, b - 1)) * 60, holidays: [] }
  })
const steps = fc
  .array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 6 })
  .map((days) => days.map((daysAfterPrevious, i) => ({ stepNumber: i + 1, templateId: `t${i}`, daysAfterPrevious })))

const local = (at: Date | undefined, timezone: string) =>
  Temporal.Instant.fromEpochMilliseconds(at?.getTime() ?? 0).toZonedDateTimeISO(timezone)
const at = (text: string, timezone: string) => new Date(Temporal.PlainDateTime.from(text).toZonedDateTime(timezone).epochMilliseconds)
const daily = (n: number) => Array.from({ length: n }, (_, i) => ({ stepNumber: i + 1, templateId: 't', daysAfterPrevious: 1 }))

describe('the planner', () => {
  it('plans nothing outside the window, no step before the one in front, and never less than the wanted days apart', () => {
    fc.assert(
      fc.property(start, zone, window, steps, (from, timezone, open, sequence) => {
        const times = stepTimes(from, timezone, open, sequence)
        expect(times).toHaveLength(sequence.length)
        times.forEach((time, i) => {
          expect(isOpen(open, time)).toBe(true)
          expect(time >= from).toBe(true)
          const previous = times[i - 1]
          const step = sequence[i]
          if (!previous || !step) return
          const gap = local(previous, timezone).toPlainDate().until(local(time, timezone).toPlainDate()).days
          expect(gap).toBeGreaterThanOrEqual(step.daysAfterPrevious)
        })
      }),
      { numRuns: 3000 },
    )
  })

  it('keeps the local time over clock changes when the window is always open', () => {
    fc.assert(
      fc.property(start, zone, steps, (from, timezone, sequence) => {
        const times = stepTimes(from, timezone, ALWAYS_OPEN(timezone), sequence)
        const wanted = local(times[0], timezone).toPlainTime()
        for (const time of times) {
          const day = local(time, timezone).toPlainDate()
          // Where the wanted time does not exist that day, Temporal's forward move is the definition.
          expect(time.getTime()).toBe(day.toZonedDateTime({ timeZone: timezone, plainTime: wanted }).epochMilliseconds)
        }
      }),
      { numRuns: 3000 },
    )
  })

  it.each([
    ['Europe/Berlin', '2026-03-28T10:00', 23],
    ['Europe/Berlin', '2026-10-24T10:00', 25],
    ['Australia/Lord_Howe', '2026-10-03T10:00', 23.5],
    ['Asia/Kathmandu', '2026-03-28T10:00', 24],
  ])('%s: 10:00 stays 10:00 from %s to the next day, %d hours later', (timezone, from, hours) => {
    const [first, second] = stepTimes(at(from, timezone), timezone, ALWAYS_OPEN(timezone), daily(2))
    expect(local(second, timezone).toPlainTime().toString()).toBe('10:00:00')
    expect(((second?.getTime() ?? 0) - (first?.getTime() ?? 0)) / 3_600_000).toBe(hours)
  })

  it('moves a time in the gap forward, takes the first of an overlap, and returns to the wanted time afterwards', () => {
    const berlin = 'Europe/Berlin'
    const spring = stepTimes(at('2026-03-28T02:30', berlin), berlin, ALWAYS_OPEN(berlin), daily(3))
    expect(spring.map((time) => local(time, berlin).toPlainTime().toString())).toEqual(['02:30:00', '03:30:00', '02:30:00'])
    const autumn = stepTimes(at('2026-10-24T02:30', berlin), berlin, ALWAYS_OPEN(berlin), daily(2))
    expect(local(autumn[1], berlin).offset).toBe('+02:00')
  })

  it('a Friday start with steps a day apart in a weekday window gives Friday, Monday, Tuesday', () => {
    const timezone = 'Europe/Berlin'
    const open = { timezone, days: [1, 2, 3, 4, 5], startMinute: 540, endMinute: 1020, holidays: [] }
    const times = stepTimes(at('2026-11-20T10:00', timezone), timezone, open, daily(3))
    expect(times.map((time) => local(time, timezone).toPlainDateTime().toString())).toEqual([
      '2026-11-20T10:00:00',
      '2026-11-23T09:00:00',
      '2026-11-24T10:00:00',
    ])
  })

  it('opens after holidays, and on the next day for what found the limit used up', () => {
    const open = { timezone: 'UTC', days: [1, 2, 3, 4, 5], startMinute: 540, endMinute: 1020, holidays: ['2026-12-25'] }
    expect(nextOpening(open, new Date('2026-12-24T17:00:00Z'))).toEqual(new Date('2026-12-28T09:00:00Z'))
    expect(nextOpening(open, new Date('2026-12-24T16:59:59Z'))).toEqual(new Date('2026-12-24T16:59:59Z'))
    expect(nextDayOpening(open, new Date('2026-12-23T10:00:00Z'))).toEqual(new Date('2026-12-24T09:00:00Z'))
    expect(() => nextOpening({ ...open, days: [] }, new Date())).toThrow('does not open within two years')
  })

  it('gives every lead every step once, all leads of a mailbox on one day, and one mailbox for all its steps', () => {
    const mailbox = fc.record({ window, dailyLimit: fc.option(fc.integer({ min: 1, max: 500 })) })
    fc.assert(
      fc.property(start, zone, steps, fc.integer({ min: 0, max: 2000 }), fc.array(mailbox, { minLength: 1, maxLength: 4 }), (from, timezone, sequence, leadCount, boxes) => {
        const mailboxes = boxes.map((box, i) => ({ ...box, id: `m${i}` }))
        const slices = planCampaign({ start: from, timezone, steps: sequence, leadCount, mailboxes })
        const planned = slices.reduce((sum, { fromRank, toRank }) => sum + toRank - fromRank + 1, 0)
        expect(planned).toBe(leadCount * sequence.length)
        for (const { stepNumber } of sequence) {
          const ranks = slices.filter((slice) => slice.stepNumber === stepNumber).sort((a, b) => a.fromRank - b.fromRank)
          expect(ranks.map(({ fromRank }) => fromRank)).toEqual([1, ...ranks.map(({ toRank }) => toRank + 1)].slice(0, ranks.length))
        }
        for (const { id } of mailboxes) {
          const own = slices.filter(({ mailboxId }) => mailboxId === id)
          expect(new Set(own.map(({ fromRank, toRank }) => `${fromRank}-${toRank}`)).size).toBeLessThanOrEqual(1)
        }
      }),
      { numRuns: 500 },
    )
  })

  it('shares leads out in proportion to the limits, to the last lead', () => {
    expect(shareOut(100, [{ dailyLimit: 60 }, { dailyLimit: 40 }])).toEqual([60, 40])
    expect(shareOut(10, [{ dailyLimit: null }, { dailyLimit: null }, { dailyLimit: null }])).toEqual([4, 3, 3])
    expect(shareOut(10, [{ dailyLimit: 30 }, { dailyLimit: null }])).toEqual([5, 5])
  })

  it('names the local day of an instant', () => {
    expect(localDate(new Date('2026-03-01T23:30:00Z'), 'Europe/Berlin')).toBe('2026-03-02')
    expect(localDate(new Date('2026-03-01T23:30:00Z'), 'America/New_York')).toBe('2026-03-01')
  })
})
