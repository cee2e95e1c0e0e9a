import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addLeftOut, isUndoable, LEADS_PER_STEP, type LeftOut, UNDO_DAYS } from '@/domain/lists/mass-act'
import { DAY_MS } from '@/domain/time/duration'

const sumOf = (leftOut: LeftOut) => Object.values(leftOut).reduce((sum, count) => sum + count, 0)
const counts: fc.Arbitrary<LeftOut> = fc.dictionary(
  fc.constantFrom('already', 'sending', 'held_reply', 'no_match', 'gone', 'changed_since'),
  fc.nat(LEADS_PER_STEP),
)

describe('leads that are left out', () => {
  it('are counted by reason over all steps, and none is lost', () => {
    fc.assert(
      fc.property(counts, counts, (one, other) => {
        expect(sumOf(addLeftOut(one, other))).toBe(sumOf(one) + sumOf(other))
      }),
    )
  })
})

describe('an act can be taken back', () => {
  const endedAt = new Date('2026-03-01T09:00:00Z')
  const act = { kind: 'status', choice: { status: 'interested' }, state: 'done', changed: 1, emailsSkipped: 0 } as const

  it('for 30 days after its end, whether it came to it or not', () => {
    for (const state of ['done', 'stopped', 'failed'] as const)
      for (const [ms, undoable] of [
        [0, true],
        [UNDO_DAYS * DAY_MS - 1, true],
        [UNDO_DAYS * DAY_MS, false],
      ] as const)
        expect([state, ms, isUndoable({ ...act, state, endedAt }, new Date(endedAt.getTime() + ms))]).toEqual([
          state,
          ms,
          undoable,
        ])
  })

  it('but not while it is at work, nor where it has changed nobody, skipped emails, or said no for somebody', () => {
    const no = { ...act, endedAt }
    expect(isUndoable({ ...no, state: 'working', endedAt: null }, endedAt)).toBe(false)
    expect(isUndoable({ ...no, changed: 0 }, endedAt)).toBe(false)
    expect(isUndoable({ ...no, emailsSkipped: 1 }, endedAt)).toBe(false)
    expect(isUndoable({ ...no, choice: { status: 'unsubscribed' } }, endedAt)).toBe(false)
    for (const kind of ['suppress', 'delete', 'undo'] as const) expect(isUndoable({ ...no, kind }, endedAt)).toBe(false)
    for (const kind of ['batch', 'leave'] as const)
      expect(isUndoable({ ...no, kind, choice: { batchId: 'b' } }, endedAt)).toBe(true)
  })
})
