import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import { dueTimes, stepTimes } from '@/domain/campaign/due-times'
import { planCampaign, shareOut } from '@/domain/campaign/schedule'
import { localDate } from '@/domain/time/local-time'
import { alwaysOpen, isOpen, type SendingWindow } from '@/domain/time/window'

const ZONES = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'America/Sao_Paulo',
  'Pacific/Apia',
]
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
    return {
      timezone,
      days,
      startMinute,
      endMinute: startMinute + Math.max(1, b - Math.min(a, b - 1)) * 60,
      holidays: [],
    }
  })
const steps = fc
  .array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 6 })
  .map((days) => days.map((daysAfterPrevious, i) => ({ stepNumber: i + 1, templateId: `t${i}`, daysAfterPrevious })))

const local = (at: Date | undefined, timezone: string) =>
  Temporal.Instant.fromEpochMilliseconds(at?.getTime() ?? 0).toZonedDateTimeISO(timezone)
const at = (text: string, timezone: string) =>
  new Date(Temporal.PlainDateTime.from(text).toZonedDateTime(timezone).epochMilliseconds)
const daily = (n: number) =>
  Array.from({ length: n }, (_, i) => ({ stepNumber: i + 1, templateId: 't', daysAfterPrevious: 1 }))

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
        const times = stepTimes(from, timezone, alwaysOpen(timezone), sequence)
        // Step 1 is the start itself, also in the second pass of an hour that the clocks repeat.
        expect(times[0]).toEqual(from)
        const wanted = local(from, timezone).toPlainTime()
        for (const time of times.slice(1)) {
          const day = local(time, timezone).toPlainDate()
          // Where the wanted time does not exist that day, Temporal's forward move is the definition.
          expect(time.getTime()).toBe(day.toZonedDateTime({ timeZone: timezone, plainTime: wanted }).epochMilliseconds)
        }
      }),
      {
        numRuns: 3000,
        examples: [
          [new Date('2021-04-03T14:00:00Z'), 'Pacific/Apia', daily(2)],
          [new Date('2025-10-26T01:29:00Z'), 'Europe/Berlin', daily(2)],
        ],
      },
    )
  })

  it.each([
    ['Europe/Berlin', '2026-03-28T10:00', 23],
    ['Europe/Berlin', '2026-10-24T10:00', 25],
    ['Australia/Lord_Howe', '2026-10-03T10:00', 23.5],
    ['Asia/Kathmandu', '2026-03-28T10:00', 24],
  ])('%s: 10:00 stays 10:00 from %s to the next day, %d hours later', (timezone, from, hours) => {
    const [first, second] = stepTimes(at(from, timezone), timezone, alwaysOpen(timezone), daily(2))
    expect(local(second, timezone).toPlainTime().toString()).toBe('10:00:00')
    expect(((second?.getTime() ?? 0) - (first?.getTime() ?? 0)) / 3_600_000).toBe(hours)
  })

  it('moves a time in the gap forward, takes the first of an overlap, and returns to the wanted time afterwards', () => {
    const berlin = 'Europe/Berlin'
    const spring = stepTimes(at('2026-03-28T02:30', berlin), berlin, alwaysOpen(berlin), daily(3))
    expect(spring.map((time) => local(time, berlin).toPlainTime().toString())).toEqual([
      '02:30:00',
      '03:30:00',
      '02:30:00',
    ])
    const autumn = stepTimes(at('2026-10-24T02:30', berlin), berlin, alwaysOpen(berlin), daily(2))
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

  it('keeps a day between steps when the mailbox lives on the other side of the world', () => {
    const newYork = {
      timezone: 'America/New_York',
      days: [1, 2, 3, 4, 5],
      startMinute: 540,
      endMinute: 1020,
      holidays: [],
    }
    // 16:30 in New York; when its clocks change, the same time in Kathmandu is after closing there.
    const from = at('2026-03-06T16:30', newYork.timezone)
    const times = stepTimes(from, 'Asia/Kathmandu', newYork, daily(4))
    times.slice(1).forEach((time, i) => {
      expect(time.getTime() - (times[i]?.getTime() ?? 0)).toBeGreaterThanOrEqual(23 * 3_600_000)
    })
  })

  const mailbox = fc.record({
    window,
    dailyLimit: fc.option(fc.integer({ min: 5, max: 500 })),
    planned: fc.constant(new Map<string, number>()),
  })
  const boxes = fc
    .array(mailbox, { minLength: 1, maxLength: 4 })
    .map((all) => all.map((box, i) => ({ ...box, id: `m${i}` })))
  const limit = fc.option(fc.integer({ min: 20, max: 500 }))

  it('gives every lead every step exactly once, from one mailbox, under every limit, with its gaps kept', () => {
    fc.assert(
      fc.property(
        start,
        zone,
        steps,
        fc.integer({ min: 0, max: 200 }),
        boxes,
        limit,
        (from, timezone, sequence, leadCount, mailboxes, dailyLimit) => {
          const slices = planCampaign({ start: from, timezone, steps: sequence, leadCount, mailboxes, dailyLimit })
          for (const { stepNumber } of sequence) {
            const own = slices
              .filter((slice) => slice.stepNumber === stepNumber)
              .sort((a, b) => a.fromRank - b.fromRank)
            let next = 1
            for (const { fromRank, toRank } of own) {
              expect(fromRank).toBe(next)
              next = toRank + 1
            }
            expect(next).toBe(leadCount + 1)
          }
          const windowOf = (mailboxId?: string) =>
            mailboxes.find(({ id }) => id === mailboxId)?.window ?? alwaysOpen('UTC')
          const perDay = new Map<string, number>()
          const add = (key: string, emails: number) => perDay.set(key, (perDay.get(key) ?? 0) + emails)
          for (const { mailboxId, fromRank, toRank, scheduledFor } of slices) {
            const box = mailboxes.find(({ id }) => id === mailboxId)
            if (!box) throw new Error('unknown mailbox')
            expect(isOpen(box.window, scheduledFor)).toBe(true)
            add(`${mailboxId} ${localDate(scheduledFor, box.window.timezone)}`, toRank - fromRank + 1)
            add(`campaign ${localDate(scheduledFor, timezone)}`, toRank - fromRank + 1)
          }
          for (const [key, emails] of perDay) {
            const of = mailboxes.find(({ id }) => key.startsWith(`${id} `))
            expect(emails).toBeLessThanOrEqual((of ? of.dailyLimit : dailyLimit) ?? Number.POSITIVE_INFINITY)
          }
          for (const cohort of new Set(slices.map(({ fromRank }) => fromRank))) {
            const own = slices.filter(({ fromRank }) => fromRank === cohort)
            expect(new Set(own.map(({ mailboxId }) => mailboxId)).size).toBe(1)
            expect(own.map(({ scheduledFor }) => scheduledFor)).toEqual(
              dueTimes(own[0]?.scheduledFor ?? from, timezone, windowOf(own[0]?.mailboxId), sequence),
            )
          }
        },
      ),
      { numRuns: 200 },
    )
  })

  it('plans one cohort where capacity is enough, and counts what other campaigns have planned', () => {
    const box = { id: 'm', window: alwaysOpen('UTC'), dailyLimit: 50, planned: new Map([['2026-03-03', 20]]) }
    const plan = (leadCount: number) =>
      planCampaign({
        start: new Date('2026-03-02T10:00:00Z'),
        timezone: 'UTC',
        steps: daily(2),
        leadCount,
        mailboxes: [box],
        dailyLimit: null,
      })
    expect(plan(30).map(({ toRank, scheduledFor }) => [toRank, scheduledFor.toISOString().slice(0, 10)])).toEqual([
      [30, '2026-03-02'],
      [30, '2026-03-03'],
    ])
    // 50 fit on the 2nd, but only 30 of them could get step 2 on the 3rd; the other 30 start when both of their days have room.
    expect(
      plan(60).map(({ fromRank, toRank, stepNumber, scheduledFor }) => [
        stepNumber,
        fromRank,
        toRank,
        scheduledFor.toISOString().slice(0, 10),
      ]),
    ).toEqual([
      [1, 1, 30, '2026-03-02'],
      [2, 1, 30, '2026-03-03'],
      [1, 31, 60, '2026-03-04'],
      [2, 31, 60, '2026-03-05'],
    ])
  })

  it('refuses limits under which the campaign would take more than ten years', () => {
    const box = { id: 'm', window: alwaysOpen('UTC'), dailyLimit: 1, planned: new Map() }
    const input = {
      start: new Date('2026-03-02T10:00:00Z'),
      timezone: 'UTC',
      steps: daily(1),
      mailboxes: [box],
      dailyLimit: null,
    }
    expect(() => planCampaign({ ...input, leadCount: 5000 })).toThrow('more than ten years')
  })

  it('shares leads out in proportion to the limits, to the last lead', () => {
    expect(shareOut(100, [{ dailyLimit: 60 }, { dailyLimit: 40 }])).toEqual([60, 40])
    expect(shareOut(10, [{ dailyLimit: null }, { dailyLimit: null }, { dailyLimit: null }])).toEqual([4, 3, 3])
    expect(shareOut(10, [{ dailyLimit: 30 }, { dailyLimit: null }])).toEqual([5, 5])
  })
})
