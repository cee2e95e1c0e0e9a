import { describe, expect, it } from 'vitest'
import { capacityOf } from '@/domain/campaign/daily-capacity'
import { leavingByDay } from '@/domain/campaign/forecast'
import { type PlanInput, planCampaign } from '@/domain/campaign/schedule'
import { alwaysOpen, type SendingWindow } from '@/domain/time/window'

const HOUR_MS = 3_600_000
const BERLIN = 'Europe/Berlin'
const office: SendingWindow = {
  timezone: BERLIN,
  days: [1, 2, 3, 4, 5],
  startMinute: 540,
  endMinute: 1020,
  holidays: [],
}
const daily = (steps: number) =>
  Array.from({ length: steps }, (_, i) => ({ stepNumber: i + 1, templateId: 't', daysAfterPrevious: i === 0 ? 0 : 1 }))
const plan = (
  leadCount: number,
  box: { window: SendingWindow; gap: number; jitter?: number },
  input: Partial<PlanInput>,
) =>
  planCampaign({
    start: new Date('2026-11-30T08:00:00Z'),
    timezone: BERLIN,
    steps: daily(1),
    dailyLimit: null,
    mailboxes: [
      {
        id: 'm',
        window: box.window,
        dailyLimit: 200,
        planned: new Map(),
        pace: { minGapSeconds: box.gap, gapJitterSeconds: box.jitter ?? 0, booked: [] },
      },
    ],
    ...input,
    leadCount,
  })
describe('what a mailbox sends on a day', () => {
  it.each([
    [
      { dailyLimit: 200, minGapSeconds: 1800, gapJitterSeconds: 0 },
      { perDay: 16, setBy: 'gap', fitting: 16 },
    ],
    [
      { dailyLimit: null, minGapSeconds: 60, gapJitterSeconds: 30 },
      { perDay: 384, setBy: 'gap', fitting: 384 },
    ],
    [
      { dailyLimit: 16, minGapSeconds: 1800, gapJitterSeconds: 0 },
      { perDay: 16, setBy: 'limit', fitting: 16 },
    ],
    [
      { dailyLimit: 50, minGapSeconds: 0, gapJitterSeconds: 90 },
      { perDay: 50, setBy: 'limit', fitting: null },
    ],
    [
      { dailyLimit: null, minGapSeconds: 0, gapJitterSeconds: 0 },
      { perDay: null, setBy: null, fitting: null },
    ],
  ])('from 9 to 17, with %o', (pace, capacity) => {
    expect(capacityOf({ ...pace, windowStartMinute: 540, windowEndMinute: 1020 })).toEqual(capacity)
  })

  it('is one where the window is shorter than the gap', () => {
    const pace = { dailyLimit: null, minGapSeconds: 3600, gapJitterSeconds: 3600 }
    expect(capacityOf({ ...pace, windowStartMinute: 540, windowEndMinute: 541 }).perDay).toBe(1)
  })
})

describe('the plan of a mailbox that keeps a gap', () => {
  it('fills each day to the last email that fits: 100 leads, 3 steps, 16 a day', () => {
    const { days, lastOfDay, lastAt } = leavingByDay(
      plan(100, { window: office, gap: 1800 }, { steps: daily(3) }),
      BERLIN,
    )
    expect(Math.max(...days.map(({ total }) => total))).toBe(16)
    expect(days[0]).toEqual({ day: '2026-11-30', total: 16, byStep: { 1: 16 } })
    expect(lastOfDay['2026-11-30']).toEqual(new Date('2026-11-30T15:30:00Z'))
    expect(days.reduce((sum, { total }) => sum + total, 0)).toBe(300)
    expect(days.length).toBeGreaterThanOrEqual(19)
    expect(lastAt).toEqual(lastOfDay[days.at(-1)?.day ?? ''])
  })

  it('an hour with a gap of two minutes holds 30 a day, so that 200 emails take at least 7 days', () => {
    const window = { ...office, endMinute: 600 }
    const { days } = leavingByDay(plan(100, { window, gap: 120 }, { steps: daily(2) }), BERLIN)
    expect(Math.max(...days.map(({ total }) => total))).toBe(30)
    expect(days.length).toBeGreaterThanOrEqual(7)
  })

  it('one minute on Mondays with a gap of a minute is one email a Monday: 200 weeks for 100 leads with 2 steps', () => {
    const window = { ...office, days: [1], endMinute: 541 }
    const { days } = leavingByDay(plan(100, { window, gap: 60 }, { steps: daily(2) }), BERLIN)
    expect(days).toHaveLength(200)
    expect(new Set(days.map(({ total }) => total))).toEqual(new Set([1]))
    expect(days.at(-1)?.day).toBe('2030-09-23')
  })

  it('refuses, in plain words, what gaps and windows would draw out over more than ten years', () => {
    const window = { ...office, days: [1], endMinute: 541 }
    expect(() => plan(600, { window, gap: 60 }, {})).toThrow(
      'Limits, gaps and windows leave too little room for so many leads: the campaign would take more than ten years.',
    )
  })

  it.each([
    ['a day of 23 hours', '2026-03-29T00:00:00Z', 18],
    ['a day of 24 hours', '2026-03-30T00:00:00Z', 24],
    ['a day of 25 hours', '2026-10-25T00:00:00Z', 30],
  ])('%s: a window from 1 to 5 holds %s', (_title, day, emails) => {
    const window: SendingWindow = {
      timezone: BERLIN,
      days: [1, 2, 3, 4, 5, 6, 7],
      startMinute: 60,
      endMinute: 300,
      holidays: [],
    }
    const start = new Date(Date.parse(day) - 2 * HOUR_MS)
    const { days } = leavingByDay(plan(100, { window, gap: 600 }, { start }), BERLIN)
    expect(days[0]).toEqual({ day: day.slice(0, 10), total: emails, byStep: { 1: emails } })
  })

  it('goes on at midnight where the window never closes, with what the day of the start could not hold', () => {
    const slices = plan(200, { window: alwaysOpen(BERLIN), gap: 600 }, { start: new Date('2026-11-30T21:00:00Z') })
    const { days, lastOfDay } = leavingByDay(slices, BERLIN)
    expect(days.map(({ day, total }) => [day, total])).toEqual([
      ['2026-11-30', 12],
      ['2026-12-01', 144],
      ['2026-12-02', 44],
    ])
    expect(lastOfDay['2026-11-30']).toEqual(new Date('2026-11-30T22:50:00Z'))
  })

  it('shares leads out by what comes first, gap or limit', () => {
    const box = { window: office, dailyLimit: 200, planned: new Map() }
    const slices = planCampaign({
      start: new Date('2026-11-30T08:00:00Z'),
      timezone: BERLIN,
      steps: daily(1),
      leadCount: 66,
      dailyLimit: null,
      mailboxes: [
        { ...box, id: 'slow', pace: { minGapSeconds: 1800, gapJitterSeconds: 0, booked: [] } },
        { ...box, id: 'limited', dailyLimit: 50 },
      ],
    })
    expect(leavingByDay(slices, BERLIN).days).toEqual([{ day: '2026-11-30', total: 66, byStep: { 1: 66 } }])
  })
})
