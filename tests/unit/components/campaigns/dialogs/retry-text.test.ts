import { describe, expect, it } from 'vitest'
import { leftOutSentence, retryTitle } from '@/components/campaigns/dialogs/retry-text'

const LEFT_OUT = [
  { reason: 'invalid', count: 1200 },
  { reason: 'not_interested', count: 1 },
]

describe('the question before a retry', () => {
  it('counts all while it is not known how many can be tried again, and when all can', () => {
    expect(retryTitle(2, undefined, [])).toBe('Try 2 failed emails again?')
    expect(retryTitle(1, 1, [])).toBe('Try 1 failed email again?')
  })

  it('says how many of them can be, and why the others cannot', () => {
    expect(retryTitle(2, 0, [{ reason: 'invalid', count: 2 }])).toBe('Retry 0 of 2 emails: 2 invalid')
    expect(retryTitle(1204, 3, LEFT_OUT)).toBe('Retry 3 of 1,204 emails: 1,200 invalid, 1 not interested')
  })

  it('says that those stay failed', () => {
    expect(leftOutSentence(LEFT_OUT)).toBe(
      'Left out, because they cannot be delivered: 1,200 invalid, 1 not interested. They stay failed, with their reasons.',
    )
  })
})
