import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { leaveWithin, type PlannedEmail, type Room } from '@/domain/campaign/changes/leaving'
import type { MailboxRoom } from '@/domain/campaign/changes/outflow'
import { localDate } from '@/domain/time/local-time'

const NOW = new Date('2026-03-02T09:00:00Z')
const DAY = 86_400_000
const window = { timezone: 'UTC', days: [1, 2, 3, 4, 5, 6, 7], startMinute: 0, endMinute: 1440, holidays: [] }
const roomOf = ({
  limit = null as number | null,
  own = null as number | null,
  booked = {} as Record<string, number>,
  box = {} as Partial<MailboxRoom>,
  isPaused = false,
} = {}): Room => ({
  now: NOW,
  mailboxes: new Map([
    ['m', { window, limit, gapMs: 0, freeAt: null, booked: new Map(Object.entries(booked)), ...box }],
  ]),
  campaignOf: () => ({ id: 'c', dailyLimit: own, timezone: 'UTC', booked: new Map(), isPaused }),
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
    expect(byDay([email('a', 1, -0.5), email('a', 2, 1), email('b', 1, 1)], roomOf())).toEqual({
      '2026-03-02': [1],
      '2026-03-03': [2, 1],
    })
  })

  it('is as much later as the first is overdue, after more than a day, or where its campaign was paused', () => {
    const leads = [email('a', 1, -3), email('a', 2, 1)]
    expect(byDay(leads, roomOf())).toEqual({ '2026-03-02': [1], '2026-03-06': [2] })
    const overdue = [email('a', 1, -0.5), email('a', 2, 3)]
    expect(byDay(overdue, roomOf({ isPaused: true }))).toEqual({ '2026-03-02': [1], '2026-03-05': [2] })
    expect(leave(overdue, roomOf({ isPaused: true })).at(-1)?.at).toEqual(new Date('2026-03-05T21:00:00Z'))
  })

  it('lets a follow-up that comes due later take the place of a first email that a limit has put off', () => {
    const emails = [email('a', 1, 0), email('b', 1, 0), email('c', 1, 0), email('d', 2, 1)]
    expect(byDay(emails, roomOf({ limit: 1 }))).toEqual({
      '2026-03-02': [1],
      '2026-03-03': [1],
      '2026-03-04': [2],
      '2026-03-05': [1],
    })
    const office = { window: { ...window, startMinute: 540, endMinute: 1020 } }
    expect(byDay(emails, roomOf({ limit: 1, box: office }))).toEqual({
      '2026-03-02': [1],
      '2026-03-03': [2],
      '2026-03-04': [1],
      '2026-03-05': [1],
    })
  })

  it('is one after the other where the mailbox keeps a gap, from when it is free, within the window', () => {
    const office = { ...window, startMinute: 540, endMinute: 600 }
    const box = { window: office, gapMs: 25 * 60_000, freeAt: new Date(NOW.getTime() + 20 * 60_000) }
    const emails = ['a', 'b', 'c', 'd', 'e'].map((lead) => email(lead, 1, 0))
    expect(leave(emails, roomOf({ box })).map(({ at }) => at.toISOString().slice(5, 16))).toEqual([
      ...['03-02T09:20', '03-02T09:45', '03-03T09:00', '03-03T09:25', '03-03T09:50'],
    ])
  })

  it('is a day after the last email to the lead at the earliest', () => {
    const contactedAt = new Date(NOW.getTime() - DAY / 2)
    const emails = [{ ...email('a', 2, 0), contactedAt }, email('a', 3, 2)]
    expect(leave(emails, roomOf()).map(({ at }) => at.toISOString().slice(5, 16))).toEqual([
      '03-02T21:00',
      '03-04T21:00',
    ])
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
