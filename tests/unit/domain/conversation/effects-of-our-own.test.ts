import { describe, expect, it } from 'vitest'
import type { Match } from '@/domain/conversation/match'
import { effectsOfAnswerByHand, effectsOfOwnCopy } from '@/domain/conversation/own'

const MATCH: Match = {
  by: 'address',
  email: {
    id: 'e1',
    leadId: 'l1',
    campaignId: 'c1',
    mailboxId: 'm1',
    messageIds: ['<e1@nexa.example>'],
    to: 'ute@nordwind.example',
    subject: 'A quieter warehouse',
    sentAt: new Date('2026-12-18T09:00:00Z'),
    isOpen: true,
  },
}
const STATE = {
  lead: { id: 'l1', email: 'ute@nordwind.example', status: 'contacted' as const },
  emailIsHeld: false,
  mailboxId: 'm1',
}

describe('what we have written ourselves', () => {
  it('a copy of ours resolves what is held, and nothing else', () => {
    const ours = { id: 'e1', messageIds: ['<e1@nexa.example>'] }
    expect(effectsOfOwnCopy({ ...ours, isHeld: true }, '<e1@nexa.example>')).toEqual([
      { do: 'resolve_held', emailId: 'e1', evidence: 'own_copy' },
    ])
    expect(effectsOfOwnCopy({ ...ours, isHeld: false }, '<e1@nexa.example>')).toEqual([])
    expect(effectsOfOwnCopy({ ...ours, isHeld: false }, null)).toEqual([])
    expect(effectsOfOwnCopy({ ...ours, isHeld: false }, '<p1@provider.example>')).toEqual([
      { do: 'learn_id', emailId: 'e1', messageId: '<p1@provider.example>' },
    ])
  })

  it('an answer by hand ends the sequence and is no reply of the lead', () => {
    expect(effectsOfAnswerByHand(MATCH, STATE)).toEqual([
      { do: 'skip_emails', leadId: 'l1', reason: 'answered_by_hand' },
    ])
    expect(effectsOfAnswerByHand(null, null)).toEqual([])
  })
})
