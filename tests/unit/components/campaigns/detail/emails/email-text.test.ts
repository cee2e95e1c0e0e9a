import { describe, expect, it } from 'vitest'
import { emailTime, emailWhy } from '@/components/campaigns/detail/emails/email-text'
import { reasonWords } from '@/components/campaigns/status/reason-text'

const NOW = new Date('2026-11-23T10:00:00Z')
const EARLIER = new Date('2026-11-23T08:00:00Z')
const LATER = new Date('2026-11-24T08:00:00Z')

describe('one email', () => {
  const email = { status: 'pending' as const, reason: null, scheduledFor: LATER, retryCount: 0, decision: null }

  it('says why not yet and when', () => {
    const decision = {
      kind: 'defer' as const,
      reason: 'pace' as const,
      until: LATER,
      detail: 'The mailbox keeps its pace.',
    }
    expect(emailWhy({ ...email, decision }, 'Europe/Berlin', NOW)).toBe(
      'The mailbox keeps its pace. Not before Tue 24 Nov 09:00 Europe/Berlin.',
    )
  })

  it('keeps the server answer of an earlier attempt in sight', () => {
    const decision = { kind: 'wait' as const, reason: 'not_due' as const, detail: 'It is not due yet.' }
    expect(emailWhy({ ...email, decision, retryCount: 2, reason: '451 Try later' }, 'UTC')).toBe(
      'Tried 2 times: 451 Try later',
    )
  })

  it('turns codes into words and leaves what a server said alone', () => {
    expect(reasonWords('previous_step_not_delivered')).toBe('The step before it was not delivered.')
    expect(reasonWords('550 5.1.1 No such user')).toBe('550 5.1.1 No such user')
    expect(reasonWords('toString')).toBe('toString')
  })

  it('shows the time that belongs to its state', () => {
    const times = { sentAt: EARLIER, failedAt: null, heldAt: null, scheduledFor: LATER }
    expect(emailTime({ ...times, status: 'sent' })).toEqual({ at: EARLIER, word: 'sent' })
    expect(emailTime({ ...times, status: 'pending' })).toEqual({ at: LATER, word: 'planned' })
  })
})
