import fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  IMPORT_STATUSES,
  isOpen,
  isUnderWay,
  KEPT_DAYS,
  NEXT,
  rollbackRefusal,
  rollbackUntil,
  statusesBefore,
} from '@/domain/lead-import/state'

const status = fc.constantFrom(...IMPORT_STATUSES)

it('comes to an end: no move leads back to a status of before', () => {
  const reached = (from: (typeof IMPORT_STATUSES)[number]): Set<string> =>
    new Set(NEXT[from].flatMap((next) => [next, ...reached(next)]))
  for (const one of IMPORT_STATUSES) expect(reached(one).has(one)).toBe(false)
  expect(NEXT.rolled_back).toEqual([])
})

it('says from where a status is reached as the table does', () => {
  fc.assert(
    fc.property(status, status, (from, to) => {
      expect(statusesBefore(to).includes(from)).toBe((NEXT[from] as readonly string[]).includes(to))
    }),
  )
})

it('is rolled back once it has ended, has brought somebody, and for so many days', () => {
  const now = new Date('2026-03-02T09:00:00Z')
  fc.assert(
    fc.property(
      status,
      fc.nat(2),
      fc.nat(2),
      fc.integer({ min: 0, max: 2 * KEPT_DAYS }),
      (one, added, existing, days) => {
        const finishedAt = isOpen(one) && one !== 'rolling_back' ? null : new Date(now.getTime() - days * 86_400_000)
        const may = rollbackRefusal({ status: one, added, existing, finishedAt }, now) === null
        expect(may).toBe(['done', 'failed', 'cancelled'].includes(one) && added + existing > 0 && days < KEPT_DAYS)
        if (may && finishedAt) expect(rollbackUntil(finishedAt).getTime()).toBeGreaterThan(now.getTime())
      },
    ),
  )
})

it('is under way where it can still be cancelled, and open where somebody has work with it', () => {
  for (const one of IMPORT_STATUSES) {
    expect(isUnderWay(one)).toBe(statusesBefore('cancelled').includes(one))
    expect(isOpen(one)).toBe(isUnderWay(one) || one === 'rolling_back')
  }
})
