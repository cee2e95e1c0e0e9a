import { describe, expect, it } from 'vitest'
import { COMPLETED_BECAUSE } from '@/domain/campaign/completion'
import { heldInWords, WORKER_GONE } from '@/domain/delivery/held'

describe('what a campaign’s history says', () => {
  it('names why a campaign of each type has completed', () => {
    expect(COMPLETED_BECAUSE).toEqual({
      outreach: 'Completed: nothing is left to send',
      lead_generation: 'Completed: no further run is due',
      fully_automated: 'Completed: no further run is due, and nothing is left to send',
    })
  })

  it.each([
    [1, '1 email held: delivery unknown'],
    [2, '2 emails held: delivery unknown'],
  ])('counts %i held', (emails, words) => {
    expect(heldInWords(emails)).toBe(words)
  })

  it('says of a held mail what happened to its worker', () => {
    expect(WORKER_GONE).toBe('The worker stopped while this email was on the wire.')
  })
})
