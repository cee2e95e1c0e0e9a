import { describe, expect, it } from 'vitest'
import { checkBase, editedSteps, type PresentStep } from '@/domain/campaign/changes/steps'
import { refusal } from '../../../../support/refusal'

const step = (templateId: string, daysAfterPrevious: number, replyInThread = false): PresentStep => ({
  ...{ templateId, daysAfterPrevious, replyInThread },
})
const [a, b, c] = [step('a', 0), step('b', 2), step('c', 3)]

describe('the sequence that a proposal is of', () => {
  const check = async (base: readonly PresentStep[] | undefined) => checkBase([a, b, c], base)

  it('is the one that is there, step by step', async () => {
    await check([{ ...a }, { ...b }, { ...c }])
    for (const other of [
      [a, b],
      [a, b, c, c],
      [a, c, b],
      [a, step('b', 4), c],
      [a, step('b', 2, true), c],
    ])
      expect(await refusal(check(other))).toMatchObject({ code: 'conflict' })
    expect(await refusal(check(undefined))).toMatchObject({ code: 'invalid_input' })
  })
})

describe('steps that were edited since they were planned', () => {
  const email = (number: number, templateId: string, status: 'pending' | 'sent' = 'pending') => ({
    ...{ step: number, templateId, status },
  })
  const kept = [a, b, c].map((one, i) => ({ ...one, was: i + 1 }))

  it('are those whose planned emails have another text, and get the one of the sequence', () => {
    const emails = [email(1, 'x', 'sent'), email(2, 'b'), email(3, 'old'), email(3, 'old')]
    expect(editedSteps(emails, { before: [a, b, c], after: kept })).toEqual([3])
  })

  it('are not those that get another text here, or go', () => {
    const emails = [email(2, 'old'), email(3, 'old')]
    const after = [
      { ...a, was: 1 },
      { ...step('new', 2), was: 2 },
    ]
    expect(editedSteps(emails, { before: [a, b, c], after })).toEqual([])
  })
})
