import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type PlanInput, type PlanSlice, planCampaign } from '@/domain/campaign/schedule'
import { leaveTimes } from '@/domain/campaign/slots'
import { meanGapMs } from '@/domain/delivery/pace'
import { closesAt, isOpen, type SendingWindow } from '@/domain/time/window'
import { instantAt, wallClock } from '../../../support/wall-clock'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const BERLIN = 'Europe/Berlin'
const NEVER = { from: null, sent: new Map<string, number>() }
const office: SendingWindow = {
  timezone: BERLIN,
  days: [1, 2, 3, 4, 5],
  startMinute: 540,
  endMinute: 1020,
  holidays: [],
}

/** When each email of the plan leaves, every gap at its usual length. */
const leaving = (slices: readonly PlanSlice[]) =>
  slices.flatMap(({ scheduledFor, fromRank, toRank, leavesEveryMs, mailboxId }) =>
    Array.from({ length: toRank - fromRank + 1 }, (_, i) => ({
      mailboxId,
      at: scheduledFor.getTime() + i * leavesEveryMs,
    })),
  )

describe('any plan of mailboxes that keep a gap', () => {
  const window = fc
    .record({
      timezone: fc.constantFrom(BERLIN, 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'UTC'),
      days: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
      from: fc.integer({ min: 0, max: 95 }),
      quarters: fc.integer({ min: 1, max: 96 }),
    })
    .map(
      ({ timezone, days, from, quarters }): SendingWindow => ({
        timezone,
        days,
        startMinute: from * 15,
        endMinute: Math.min(96, from + quarters) * 15,
        holidays: [],
      }),
    )
  // Around changes of clocks, and everywhere else.
  const start = fc.oneof(
    fc.date({ min: new Date('2026-01-01'), max: new Date('2027-12-31'), noInvalidDate: true }),
    fc
      .tuple(fc.constantFrom('2026-03-28', '2026-10-24', '2026-04-04', '2026-10-03'), fc.integer({ min: -36, max: 36 }))
      .map(([day, hours]) => new Date(Date.parse(day) + hours * HOUR_MS)),
  )
  const anyPaced = fc
    .record({
      start,
      timezone: fc.constantFrom(BERLIN, 'Asia/Kathmandu', 'America/New_York'),
      gaps: fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 4 }),
      leadCount: fc.integer({ min: 1, max: 40 }),
      dailyLimit: fc.option(fc.integer({ min: 4, max: 30 })),
      boxes: fc.array(
        fc.record({
          window,
          dailyLimit: fc.option(fc.integer({ min: 4, max: 40 })),
          minGapSeconds: fc.integer({ min: 1, max: 3600 }),
          gapJitterSeconds: fc.integer({ min: 0, max: 3600 }),
          due: fc.array(fc.integer({ min: -10, max: 200 }), { maxLength: 12 }),
        }),
        { minLength: 1, maxLength: 3 },
      ),
    })
    .map(
      ({ gaps, boxes, ...input }): PlanInput => ({
        ...input,
        steps: gaps.map((days, i) => ({
          stepNumber: i + 1,
          templateId: 't',
          daysAfterPrevious: i === 0 ? 0 : days + 1,
        })),
        mailboxes: boxes.map(({ due, window, dailyLimit, ...pace }, i) => {
          const times = due.map((hours) => new Date(input.start.getTime() + hours * HOUR_MS)).sort((a, b) => +a - +b)
          const booked = leaveTimes(times, { window, gapMs: meanGapMs(pace), dailyLimit: null }, NEVER)
          return { id: `m${i}`, window, dailyLimit, planned: new Map(), pace: { ...pace, booked } }
        }),
      }),
    )

  it('sends each email in the window, none within the gap of another, those that were booked before counted', () => {
    fc.assert(
      fc.property(anyPaced, (input) => {
        const emails = leaving(planCampaign(input))
        expect(emails).toHaveLength(input.leadCount * input.steps.length)
        for (const { id, window: open, pace } of input.mailboxes) {
          if (!pace) throw new Error('no pace')
          const own = emails.filter(({ mailboxId }) => mailboxId === id).map(({ at }) => at)
          for (const at of own) expect(isOpen(open, new Date(at))).toBe(true)
          const all = [...own, ...pace.booked.map(Number)].sort((a, b) => a - b)
          all.slice(1).forEach((at, i) => {
            const before = all[i] ?? 0
            const isNew = own.includes(at) || own.includes(before)
            if (isNew) expect(at - before).toBeGreaterThanOrEqual(meanGapMs(pace))
          })
        }
      }),
      { numRuns: 200 },
    )
  })

  it('keeps every limit by the day on which emails leave, and each lead its own time on each of its days', () => {
    fc.assert(
      fc.property(anyPaced, (input) => {
        const slices = planCampaign(input)
        const perDay = new Map<string, number>()
        for (const { mailboxId, at } of leaving(slices)) {
          const box = input.mailboxes.find(({ id }) => id === mailboxId)
          if (!box) throw new Error('unknown mailbox')
          for (const key of [
            `${mailboxId} ${wallClock(new Date(at), box.window.timezone).date}`,
            `campaign ${wallClock(new Date(at), input.timezone).date}`,
          ])
            perDay.set(key, (perDay.get(key) ?? 0) + 1)
        }
        for (const [key, emails] of perDay) {
          const box = input.mailboxes.find(({ id }) => key.startsWith(`${id} `))
          expect(emails).toBeLessThanOrEqual((box ? box.dailyLimit : input.dailyLimit) ?? Number.POSITIVE_INFINITY)
        }
        const steps = Map.groupBy(slices, ({ fromRank }) => fromRank)
        for (const own of steps.values()) {
          expect(own.map(({ stepNumber }) => stepNumber)).toEqual(input.steps.map(({ stepNumber }) => stepNumber))
          expect(new Set(own.map(({ toRank }) => toRank)).size).toBe(1)
          const days = own.map(({ scheduledFor }) => wallClock(scheduledFor, input.timezone).date)
          expect(days).toEqual([...new Set(days)].sort())
        }
      }),
      { numRuns: 200 },
    )
  })

  it('says when emails leave that are due together: each after the gap, on the days that the limit leaves room', () => {
    const due = Array.from({ length: 5 }, () => new Date('2026-11-30T15:00:00Z'))
    const outflow = { window: office, gapMs: 1_800_000, dailyLimit: 3 }
    const sent = new Map([['2026-11-30', 1]])
    const from = new Date('2026-11-30T15:10:00Z')
    expect(leaveTimes(due, outflow, { from, sent }).map((at) => at.toISOString().slice(5, 16))).toEqual([
      '11-30T15:10',
      '11-30T15:40',
      '12-01T08:00',
      '12-01T08:30',
      '12-01T09:00',
    ])
  })

  it('closes when the clocks show its end, or have skipped it, and at midnight at the latest', () => {
    fc.assert(
      fc.property(window, start, (open, at) => {
        const closes = closesAt(open, at)
        fc.pre(isOpen(open, at))
        expect(closes > at).toBe(true)
        expect(isOpen(open, new Date(closes.getTime() - 1))).toBe(true)
        const { date } = wallClock(at, open.timezone)
        const midnight = instantAt(date, 24 * HOUR_MS, open.timezone)
        expect(closes <= midnight).toBe(true)
        if (closes < midnight) expect(isOpen(open, closes)).toBe(false)
        for (let t = at.getTime(); t < closes.getTime(); t += 15 * MINUTE_MS)
          expect(isOpen(open, new Date(t))).toBe(true)
      }),
      { numRuns: 2000 },
    )
  })
})
