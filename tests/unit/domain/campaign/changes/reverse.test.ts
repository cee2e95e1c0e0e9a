import { describe, expect, it } from 'vitest'
import { type MadeChange, reverseOf } from '@/domain/campaign/changes/reverse'
import type { PresentStep, ProposedStep } from '@/domain/campaign/changes/steps'

const step = (templateId: string, daysAfterPrevious: number): PresentStep => ({
  templateId,
  daysAfterPrevious,
  replyInThread: false,
})
const was = (one: PresentStep, number: number | null): ProposedStep => ({ ...one, was: number })
const [a, b, c, x] = [step('a', 0), step('b', 2), step('c', 3), step('x', 4)]
const made = (version: number, change: Partial<MadeChange>): MadeChange => ({
  ...{ version, steps: null, takeOutLeadIds: [], putBackLeadIds: [], addBatchIds: [], addMailboxIds: [] },
  ...change,
})
const now = (present: PresentStep[], reached = 1, addedLeadIds: string[] = []) => ({ present, reached, addedLeadIds })

describe('the reverse of a change', () => {
  const waited = made(2, { steps: { before: [a, b, c], after: [was(a, 1), was(step('b', 5), 2), was(c, 3)] } })

  it('gives a wait back', () => {
    const { change, stays } = reverseOf(waited, [], now([a, step('b', 5), c]))
    expect([change.steps, stays]).toEqual([[was(a, 1), was(b, 2), was(c, 3)], []])
  })

  it('leaves what was changed once more, and says so', () => {
    const again = made(3, {
      steps: { before: [a, step('b', 5), c], after: [was(a, 1), was(step('b', 9), 2), was(c, 3)] },
    })
    expect(reverseOf(waited, [again], now([a, step('b', 9), c]))).toEqual({
      change: {},
      stays: ['The wait of step 2 stays: it was changed once more.'],
    })
  })

  it('takes a step out that was added, unless somebody has got it', () => {
    const added = made(2, { steps: { before: [a, b], after: [was(a, 1), was(x, null), was(b, 2)] } })
    expect(reverseOf(added, [], now([a, x, b], 1)).change.steps).toEqual([was(a, 1), was(b, 3)])
    expect(reverseOf(added, [], now([a, x, b], 2))).toEqual({
      change: {},
      stays: ['Step 2 stays: leads have got it, or a later one.'],
    })
  })

  it('follows steps that were moved since then', () => {
    const inserted = made(3, {
      steps: { before: [a, step('b', 5), c], after: [was(a, 1), was(x, null), was(step('b', 5), 2), was(c, 3)] },
    })
    const { change } = reverseOf(waited, [inserted], now([a, x, step('b', 5), c]))
    expect(change.steps).toEqual([was(a, 1), was(x, 2), was(b, 3), was(c, 4)])
  })

  it('puts a step back that was taken out, behind the one that it followed', () => {
    const removed = made(2, { steps: { before: [a, b, c], after: [was(a, 1), was(c, 3)] } })
    expect(reverseOf(removed, [], now([a, c], 1)).change.steps).toEqual([was(a, 1), was(b, null), was(c, 2)])
    expect(reverseOf(removed, [], now([a, c], 2)).stays).toEqual([
      'Step 2 of before stays out: leads have got a later one.',
    ])
  })

  it('puts leads back that were taken out, and takes those out that came with a batch', () => {
    expect(reverseOf(made(2, { takeOutLeadIds: ['l'] }), [], now([a])).change).toEqual({ putBackLeadIds: ['l'] })
    expect(reverseOf(made(2, { putBackLeadIds: ['l'] }), [], now([a])).change).toEqual({ takeOutLeadIds: ['l'] })
    const batch = reverseOf(made(2, { addBatchIds: ['b'] }), [], now([a], 1, ['m', 'n']))
    expect([batch.change, batch.stays.length]).toEqual([{ takeOutLeadIds: ['m', 'n'] }, 1])
  })
})
