import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type PlanInput,
  type PlanMailbox,
  type PlanSlice,
  type PlanStep,
  planCampaign,
} from '@/domain/campaign/schedule'
import type { SendingWindow } from '@/domain/campaign/window'
import { addDays, instantAt, wallClock } from '../support/wall-clock'

// `PLANS=10000 SEED=7 npx vitest run tests/unit/plan-properties.test.ts` looks further.
const PLANS = Number(process.env.PLANS ?? 2_500)
const SEED = Number(process.env.SEED ?? 20_261_124)
const QUARTER_MS = 900_000
const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000

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

// ---- the same rules once more, slowly, with the platform's clocks instead of Temporal -------------------------------

function open({ timezone, days, holidays, startMinute, endMinute }: SendingWindow, at: Date): boolean {
  const { date, weekday, ms } = wallClock(at, timezone)
  const inHours = ms >= startMinute * MINUTE_MS && ms < endMinute * MINUTE_MS
  return inHours && days.includes(weekday) && !holidays.includes(date)
}

/** Looks at every quarter of an hour: windows of these plans open on one, and so do clock changes. */
function opening(window: SendingWindow, from: Date): Date {
  if (open(window, from)) return from
  let at = (Math.floor(from.getTime() / QUARTER_MS) + 1) * QUARTER_MS
  for (;;) {
    const { date, weekday, ms } = wallClock(new Date(at), window.timezone)
    const closed = !window.days.includes(weekday) || window.holidays.includes(date)
    if (!closed && open(window, new Date(at))) return new Date(at)
    // A closed day may be left in larger steps, until three hours before its end.
    at += closed && ms < 21 * HOUR_MS ? 2 * HOUR_MS : QUARTER_MS
  }
}

function timesOf(start: Date, zone: string, window: SendingWindow, steps: readonly PlanStep[]): Date[] {
  const first = opening(window, start)
  const times = [first]
  let atLeast = 0
  for (const { daysAfterPrevious } of steps.slice(1)) {
    const date = addDays(wallClock(times.at(-1) ?? first, zone).date, daysAfterPrevious)
    const wanted = instantAt(date, Math.max(wallClock(first, zone).ms, atLeast), zone)
    const due = opening(window, wanted)
    atLeast = due > wanted ? wallClock(due, zone).ms : 0
    times.push(due)
  }
  return times
}

/** The days on which leads of a mailbox may start, with the times of their steps and the dates against whose limits they count. */
function* startDays({ start, timezone, steps }: PlanInput, { window }: PlanMailbox) {
  const dayOf = (first: Date) => {
    const times = timesOf(first, timezone, window, steps)
    const dates = (zone: string) => times.map((at) => wallClock(at, zone).date)
    return { times, ofMailbox: dates(window.timezone), ofCampaign: dates(timezone) }
  }
  const begin = wallClock(start, window.timezone)
  const wholeDay = window.startMinute === 0 && window.endMinute === 1440
  const first = dayOf(start)
  yield first
  for (let date = addDays(begin.date, 1); ; date = addDays(date, 1)) {
    if (date <= (first.ofMailbox[0] ?? '')) continue
    const at = opening(window, instantAt(date, wholeDay ? begin.ms : 0, window.timezone))
    if (wallClock(at, window.timezone).date === date) yield dayOf(at)
  }
}

/** Lead by lead: each gets the first day on which every one of its steps has room. */
function planSlowly(input: PlanInput, shares: readonly number[]) {
  const ofCampaign = new Map<string, number>()
  const leads: { mailboxId: string; times: Date[] }[] = []
  const fits = (dates: string[], counts: ReadonlyMap<string, number>, limit: number | null) =>
    limit === null ||
    dates.every((date) => (counts.get(date) ?? 0) + dates.filter((other) => other === date).length <= limit)
  const book = (dates: string[], counts: Map<string, number>) => {
    for (const date of dates) counts.set(date, (counts.get(date) ?? 0) + 1)
  }
  input.mailboxes.forEach((mailbox, index) => {
    const ofMailbox = new Map(mailbox.planned)
    const hasRoom = (day: { ofMailbox: string[]; ofCampaign: string[] }) =>
      fits(day.ofMailbox, ofMailbox, mailbox.dailyLimit) && fits(day.ofCampaign, ofCampaign, input.dailyLimit)
    let left = shares[index] ?? 0
    for (const day of startDays(input, mailbox)) {
      for (; left > 0 && hasRoom(day); left--) {
        book(day.ofMailbox, ofMailbox)
        book(day.ofCampaign, ofCampaign)
        leads.push({ mailboxId: mailbox.id, times: day.times })
      }
      if (left === 0) break
    }
  })
  return leads
}

// ---- plans -----------------------------------------------------------------------------------------------------------

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
const plan: fc.Arbitrary<PlanInput> = fc
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
          planned: new Map(booked.map(([day, mails]) => [addDays(today, day), mails])),
        }
      },
    ),
  }))

/** Leads of each mailbox, found in the plan itself. */
const sharesIn = (slices: readonly PlanSlice[], input: PlanInput) =>
  input.mailboxes.map(({ id }) =>
    slices
      .filter((slice) => slice.mailboxId === id && slice.stepNumber === 1)
      .reduce((sum, { fromRank, toRank }) => sum + toRank - fromRank + 1, 0),
  )

function byLead(slices: readonly PlanSlice[], input: PlanInput) {
  const leads = Array.from({ length: input.leadCount }, () => ({ mailboxes: new Set<string>(), times: [] as Date[] }))
  for (const { fromRank, toRank, mailboxId, stepNumber, scheduledFor } of slices) {
    for (let rank = fromRank; rank <= toRank; rank++) {
      const lead = leads[rank - 1]
      if (!lead || lead.times[stepNumber - 1]) throw new Error(`Lead ${rank} gets step ${stepNumber} twice, or is none`)
      lead.mailboxes.add(mailboxId)
      lead.times[stepNumber - 1] = scheduledFor
    }
  }
  return leads
}

describe(`${PLANS.toLocaleString('en')} plans`, () => {
  it('keep every window, limit, order and gap, give each lead one mailbox and each step once, as early as there is room', () => {
    const seen = { plans: 0, mails: 0, cohorts: 0, outsideWindow: 0, overLimit: 0, outOfOrder: 0 }
    fc.assert(
      fc.property(plan, (input) => {
        const slices = planCampaign(input)
        const leads = byLead(slices, input)
        const perDay = new Map<string, number>()
        const count = (key: string, mails = 1) => perDay.set(key, (perDay.get(key) ?? 0) + mails)
        const limits = new Map<string, number>()
        for (const { mailboxId, fromRank, toRank, scheduledFor } of slices) {
          const box = input.mailboxes.find(({ id }) => id === mailboxId)
          if (!box) throw new Error(`${mailboxId} is no mailbox of this campaign`)
          if (!open(box.window, scheduledFor)) seen.outsideWindow++
          const ofBox = `${mailboxId} ${wallClock(scheduledFor, box.window.timezone).date}`
          const ofCampaign = `campaign ${wallClock(scheduledFor, input.timezone).date}`
          if (box.dailyLimit !== null) {
            limits.set(ofBox, box.dailyLimit)
            if (!perDay.has(ofBox)) count(ofBox, box.planned.get(ofBox.split(' ')[1] ?? '') ?? 0)
            count(ofBox, toRank - fromRank + 1)
          }
          if (input.dailyLimit !== null) {
            limits.set(ofCampaign, input.dailyLimit)
            count(ofCampaign, toRank - fromRank + 1)
          }
        }
        for (const [key, limit] of limits) if ((perDay.get(key) ?? 0) > limit) seen.overLimit++
        for (const { mailboxes: boxes, times } of leads) {
          if (boxes.size !== 1 || times.length !== input.steps.length)
            throw new Error('A lead lacks a step or its mailbox')
          times.forEach((time, i) => {
            const before = times[i - 1]
            if (time < input.start || (before && time <= before)) seen.outOfOrder++
          })
        }
        const shares = sharesIn(slices, input)
        const largest = Math.max(1, ...input.mailboxes.map(({ dailyLimit }) => dailyLimit ?? 0))
        const weights = input.mailboxes.map(({ dailyLimit }) => dailyLimit ?? largest)
        const total = weights.reduce((sum, weight) => sum + weight, 0)
        shares.forEach((share, i) => {
          expect(Math.abs(share - (input.leadCount * (weights[i] ?? 0)) / total)).toBeLessThan(1)
        })
        const slowly = planSlowly(input, shares)
        expect(leads.map(({ mailboxes: boxes, times }) => ({ mailboxId: [...boxes][0], times }))).toEqual(slowly)
        seen.plans++
        seen.mails += leads.length * input.steps.length
        seen.cohorts += new Set(slices.map(({ fromRank }) => fromRank)).size
        expect(seen).toMatchObject({ outsideWindow: 0, overLimit: 0, outOfOrder: 0 })
      }),
      { numRuns: PLANS, seed: SEED },
    )
    console.info(JSON.stringify(seen))
  }, 600_000)
})
