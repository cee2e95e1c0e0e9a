import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { leaveWithin, type PlannedEmail, type Room } from '@/domain/campaign/changes/leaving'
import { localDate } from '@/domain/time/local-time'

const NOW = new Date('2026-03-02T09:00:00Z')
const DAY = 86_400_000
const window = { timezone: 'UTC', days: [1, 2, 3, 4, 5, 6, 7], startMinute: 0, endMinute: 1440, holidays: [] }
const roomOf = ({
  limit = null as number | null,
  own = null as number | null,
  booked = {} as Record<string, number>,
} = {}): Room => ({
  now: NOW,
  mailboxes: new Map([['m', { window, limits: [limit], booked: new Map(Object.entries(booked)) }]]),
  campaignOf: () => ({ id: 'c', dailyLimit: own, timezone: 'UTC', booked: new Map() }),
})
const email = (leadId: string, step: number, days: number): PlannedEmail => ({
  ...{ leadId, mailboxId: 'm', step },
  dueAt: new Date(NOW.getTime() + days * DAY),
})

function leave(emails: readonly PlannedEmail[], room: Room) {
  const work = leaveWithin(emails, room)
  for (;;) {
    const piece = work.next()
    if (piece.done) return piece.value
  }
}
const byDay = (emails: readonly PlannedEmail[], room: Room) => {
  const days = Map.groupBy(leave(emails, room), ({ at }) => localDate(at, 'UTC'))
  return Object.fromEntries([...days].map(([day, left]) => [day, left.map((one) => one.email.step)]))
}

describe('when planned emails leave', () => {
  it('is when they are due without limits, and now where that is over', () => {
    expect(byDay([email('a', 1, -3), email('a', 2, 1), email('b', 1, 1)], roomOf())).toEqual({
      '2026-03-02': [1],
      '2026-03-03': [2, 1],
    })
  })

  it('is the next day with room beside what others have planned, later steps as much later', () => {
    const emails = ['a', 'b', 'c'].flatMap((lead) => [email(lead, 2, 0), email(lead, 3, 1)])
    expect(byDay(emails, roomOf({ limit: 2, booked: { '2026-03-02': 1, '2026-03-04': 1 } }))).toEqual({
      '2026-03-02': [2],
      '2026-03-03': [2, 2],
      '2026-03-04': [3],
      '2026-03-05': [3, 3],
    })
  })

  it('lets a follow-up go first that is due with a first email', () => {
    expect(byDay([email('a', 1, 0), email('b', 2, 0)], roomOf({ own: 1 }))).toEqual({
      '2026-03-02': [2],
      '2026-03-03': [1],
    })
  })

  const planned = fc
    .array(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 4 })), { maxLength: 20 })
    .map((leads) => leads.flatMap(([at, wait], i) => [email(`${i}`, 1, at), email(`${i}`, 2, at + 1 + wait)]))
  it('keeps all of them, none before it is due, and goes over no limit', () => {
    fc.assert(
      fc.property(planned, fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 }), (emails, limit, own) => {
        const left = leave(emails, roomOf({ limit, own }))
        expect(left.map((one) => one.email.step).toSorted()).toEqual(emails.map(({ step }) => step).toSorted())
        const times = (all: readonly Date[]) => all.map((at) => at.getTime()).toSorted((a, b) => a - b)
        const due = times(emails.map(({ dueAt }) => dueAt))
        for (const [i, at] of times(left.map((one) => one.at)).entries()) expect(at).toBeGreaterThanOrEqual(due[i] ?? 0)
        for (const day of Map.groupBy(left, ({ at }) => localDate(at, 'UTC')).values())
          expect(day.length).toBeLessThanOrEqual(Math.min(limit, own))
      }),
    )
  })
})
