import { describe, expect, it } from 'vitest'
import { firstStepsPausedUntil, type MailboxHour } from '@/domain/delivery/bounce-rate'

const now = new Date('2026-03-02T09:30:00Z')
const hour = (at: string, emails: number, bounces: number): MailboxHour => ({ hour: new Date(at), emails, bounces })

describe('the bounce rate of a mailbox', () => {
  it.each([
    ['nothing was sent', [], null],
    ['19 emails, all of which bounced', [hour('2026-03-02T09:00:00Z', 19, 19)], null],
    ['exactly 5 %', [hour('2026-03-02T09:00:00Z', 20, 1)], null],
    ['more than 5 % of 20', [hour('2026-03-02T09:00:00Z', 20, 2)], '2026-03-03T09:00:00Z'],
    ['more than a day ago', [hour('2026-03-01T09:00:00Z', 40, 40)], null],
    [
      'over several hours: until the rate is down without the oldest',
      [hour('2026-03-02T09:00:00Z', 30, 1), hour('2026-03-01T20:00:00Z', 10, 5), hour('2026-03-01T12:00:00Z', 5, 0)],
      '2026-03-02T20:00:00Z',
    ],
    [
      'until too few are left to judge by',
      [hour('2026-03-01T20:00:00Z', 15, 2), hour('2026-03-02T09:00:00Z', 10, 5)],
      '2026-03-02T20:00:00Z',
    ],
  ])('%s', (_title, hours, until) => {
    expect(firstStepsPausedUntil(hours, now)).toEqual(until && new Date(until))
  })
})
