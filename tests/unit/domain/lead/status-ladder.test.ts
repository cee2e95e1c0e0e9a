import { describe, expect, it } from 'vitest'
import { LEAD_STATUSES, type LeadStatus } from '@/domain/lead/status'
import { STATUS_LADDER } from '@/domain/lead/status-ladder'

const FOLLOWS_EMAILS: readonly LeadStatus[] = ['new', 'contacted', 'follow_up_1', 'follow_up_2']

describe('the ladder of lead statuses', () => {
  it('has a rung for the first, the second, and every later step', () => {
    const rungs = STATUS_LADDER.flatMap(({ when, to }) => (when === 'address_invalid' ? [] : [{ ...when, to }]))
    expect(rungs).toEqual([
      { sentStep: 1, to: 'contacted' },
      { sentStep: 2, to: 'follow_up_1' },
      { sentStep: 3, orLater: true, to: 'follow_up_2' },
    ])
  })

  it('leads up only, from every rung below', () => {
    for (const { from } of STATUS_LADDER) expect(from).toEqual(LEAD_STATUSES.slice(0, from.length))
    for (const { when, from, to } of STATUS_LADDER) {
      if (when !== 'address_invalid') expect(from).toEqual(FOLLOWS_EMAILS.slice(0, FOLLOWS_EMAILS.indexOf(to)))
    }
  })

  it('asks first whether the address exists, and never changes what a person or a reply has set', () => {
    expect(STATUS_LADDER[0]).toEqual({ when: 'address_invalid', from: FOLLOWS_EMAILS, to: 'invalid' })
    expect(STATUS_LADDER.flatMap(({ from }) => from).filter((status) => !FOLLOWS_EMAILS.includes(status))).toEqual([])
  })
})
