import fc from 'fast-check'
import type { PlanInput, PlanMailbox } from '@/domain/campaign/schedule'
import { addDays, wallClock } from '../wall-clock'

const MINUTE_MS = 60_000

const ZONES = [
  'Australia/Lord_Howe', // changes by half an hour
  'Asia/Kathmandu', // UTC+5:45
  'America/Sao_Paulo', // changed at midnight, and no longer does
  'Pacific/Apia', // had no 30 December 2011
  'America/New_York',
  'Europe/Berlin',
  'UTC',
]
// Days around which clocks changed somewhere.
const CHANGES = [
  '2011-12-29',
  '2017-10-14',
  '2018-02-17',
  '2018-11-03',
  '2019-02-16',
  '2026-03-07',
  '2026-03-28',
  '2026-04-04',
  '2026-10-03',
  '2026-10-24',
  '2026-10-31',
]

const zone = fc.constantFrom(...ZONES)
const start = fc.oneof(
  fc.date({ min: new Date('2008-01-01'), max: new Date('2032-12-31'), noInvalidDate: true }),
  fc
    .tuple(fc.constantFrom(...CHANGES), fc.integer({ min: -72 * 60, max: 48 * 60 }))
    .map(([day, minutes]) => new Date(Date.parse(`${day}T12:00:00Z`) + minutes * MINUTE_MS)),
)
const steps = fc
  .array(fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 12 })), { minLength: 1, maxLength: 4 })
  .map((days) => days.map((daysAfterPrevious, i) => ({ stepNumber: i + 1, templateId: `t${i}`, daysAfterPrevious })))
const hours = fc.oneof(
  fc.constant([0, 1440] as const),
  fc.constant([540, 1020] as const),
  fc
    .tuple(fc.integer({ min: 0, max: 95 }), fc.integer({ min: 1, max: 96 }))
    .filter(([from, to]) => from < to)
    .map(([from, to]) => [from * 15, to * 15] as const),
)
const mailboxes = fc.array(
  fc.record({
    timezone: zone,
    days: fc.oneof(
      fc.constant([1, 2, 3, 4, 5]),
      fc.constant([1, 2, 3, 4, 5, 6, 7]),
      fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 7 }),
    ),
    hours,
    holidays: fc.uniqueArray(fc.integer({ min: 0, max: 30 }), { maxLength: 4 }),
    dailyLimit: fc.option(fc.integer({ min: 4, max: 40 })),
    booked: fc.array(fc.tuple(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 1, max: 45 })), { maxLength: 6 }),
  }),
  { minLength: 1, maxLength: 3 },
)
/** Anything that a person could set up. */
export const anyPlan: fc.Arbitrary<PlanInput> = fc
  .record({
    start,
    timezone: zone,
    steps,
    leadCount: fc.integer({ min: 0, max: 50 }),
    boxes: mailboxes,
    dailyLimit: fc.option(fc.integer({ min: 5, max: 60 })),
  })
  .map(({ boxes, ...input }) => ({
    ...input,
    mailboxes: boxes.map(
      ({ timezone, days, hours: [startMinute, endMinute], holidays, dailyLimit, booked }, i): PlanMailbox => {
        const today = wallClock(input.start, timezone).date
        return {
          id: `m${i}`,
          window: { timezone, days, startMinute, endMinute, holidays: holidays.map((day) => addDays(today, day)) },
          dailyLimit,
          planned: new Map(booked.map(([day, emails]) => [addDays(today, day), emails])),
        }
      },
    ),
  }))
