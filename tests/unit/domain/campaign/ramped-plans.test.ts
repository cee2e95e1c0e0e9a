import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { planCampaign } from '@/domain/campaign/schedule'
import { leaveTimes } from '@/domain/campaign/slots'
import { dailyLimitOf, limitOn } from '@/domain/delivery/ramp'
import { localDate } from '@/domain/time/local-time'
import { alwaysOpen } from '@/domain/time/window'

const START = new Date('2026-03-02T09:00:00Z')
const FROM = '2026-03-02'
const steps = (...days: number[]) =>
  days.map((daysAfterPrevious, i) => ({ stepNumber: i + 1, templateId: `t${i}`, daysAfterPrevious }))
const window = alwaysOpen('UTC')
const ramped = (dailyLimit: number, start: number, step: number) => ({ dailyLimit, ramp: { start, step, from: FROM } })
const limitOf = ({ dailyLimit, ramp }: ReturnType<typeof ramped>) => dailyLimitOf(dailyLimit, ramp, window)
const perDay = (slices: ReturnType<typeof planCampaign>, timezone = 'UTC') => {
  const days = new Map<string, number>()
  for (const { scheduledFor, fromRank, toRank } of slices) {
    const day = localDate(scheduledFor, timezone)
    days.set(day, (days.get(day) ?? 0) + toRank - fromRank + 1)
  }
  return Object.fromEntries([...days].toSorted())
}
const plan = (mailboxes: Parameters<typeof planCampaign>[0]['mailboxes'], leadCount: number, sequence = steps(0)) =>
  planCampaign({ start: START, timezone: 'UTC', steps: sequence, leadCount, mailboxes, dailyLimit: null })

describe('a plan of a mailbox that ramps up', () => {
  it('begins with few and grows with it, up to the daily limit', () => {
    const mailbox = { id: 'a', window, ...ramped(5, 1, 2), planned: new Map() }
    expect(perDay(plan([mailbox], 16))).toEqual({
      '2026-03-02': 1,
      '2026-03-03': 3,
      '2026-03-04': 5,
      '2026-03-05': 5,
      '2026-03-06': 2,
    })
  })

  it('starts a cohort only where every step of it fits, what others have planned counted', () => {
    const mailbox = { id: 'a', window, ...ramped(4, 1, 1), planned: new Map([['2026-03-03', 1]]) }
    // One more on the second day, whose follow-up takes a place of the third.
    expect(perDay(plan([mailbox], 4, steps(0, 1)))).toEqual({
      '2026-03-02': 1,
      '2026-03-03': 1,
      '2026-03-04': 3,
      '2026-03-05': 3,
    })
  })

  it('shares leads out by what the mailboxes send on the day of the start', () => {
    const young = { id: 'young', window, ...ramped(100, 10, 10), planned: new Map() }
    const old = { id: 'old', window, dailyLimit: 30, planned: new Map() }
    const slices = plan([young, old], 40)
    const leads = (id: string) =>
      slices
        .filter(({ mailboxId }) => mailboxId === id)
        .reduce((sum, { fromRank, toRank }) => sum + toRank - fromRank + 1, 0)
    expect([leads('young'), leads('old')]).toEqual([10, 30])
  })

  it('never has a day over what the mailbox may send on it', () => {
    const any = fc.record({
      limit: fc.integer({ min: 1, max: 30 }),
      start: fc.integer({ min: 1, max: 30 }),
      step: fc.integer({ min: 1, max: 9 }),
      leads: fc.integer({ min: 1, max: 120 }),
      days: fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 3 }),
      gap: fc.constantFrom(0, 600),
    })
    fc.assert(
      fc.property(any, ({ limit, start, step, leads, days, gap }) => {
        const limits = ramped(limit, start, step)
        const pace = gap > 0 ? { pace: { minGapSeconds: gap, gapJitterSeconds: 0, booked: [] } } : {}
        const slices = plan([{ id: 'a', window, ...limits, planned: new Map(), ...pace }], leads, steps(0, ...days))
        for (const [day, emails] of Object.entries(perDay(slices)))
          expect(emails).toBeLessThanOrEqual(limitOn(limitOf(limits), day) ?? 0)
        expect(slices.reduce((sum, { fromRank, toRank }) => sum + toRank - fromRank + 1, 0)).toBe(
          leads * (days.length + 1),
        )
      }),
      { numRuns: 200 },
    )
  })

  it('tells when what waits will leave: as many on each day as it may send', () => {
    const due = Array.from({ length: 7 }, () => START)
    const outflow = { window, gapMs: 60_000, dailyLimit: limitOf(ramped(4, 1, 1)) }
    const days = leaveTimes(due, outflow, { from: null, sent: new Map([[FROM, 1]]) }).map((at) => localDate(at, 'UTC'))
    expect(days).toEqual([
      '2026-03-03',
      '2026-03-03',
      '2026-03-04',
      '2026-03-04',
      '2026-03-04',
      '2026-03-05',
      '2026-03-05',
    ])
  })
})
