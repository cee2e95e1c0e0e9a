import { describe, expect, it } from 'vitest'
import type { Progress } from '@/components/campaigns/api-types'
import type { WhyFacts } from '@/components/campaigns/detail/why/why-facts'
import { whySentence } from '@/components/campaigns/detail/why/why-sentence'
import { EMPTY_LEDGER, type Ledger } from '@/domain/campaign/progress'
import type { Decision } from '@/domain/delivery/decide'
import { NO_ANSWERS } from './no-answers'

const NOW = new Date('2026-11-23T10:00:00Z')
const UNMADE = { reason: 'No value for city.', count: 1, lead: 'Ada Lead3' }

type Change = Partial<WhyFacts['campaign']> & {
  ledger?: Partial<Ledger>
  failures?: Progress['failures']
  decision?: Decision
}

function why({ ledger, failures = [], decision, ...campaign }: Change) {
  const next = decision ? { id: 'e1', at: NOW, stepNumber: 2, leadId: 'l1', leadName: 'Nordwind', decision } : null
  const status = campaign.status ?? 'running'
  const progress: Progress = {
    status,
    statusReason: null,
    timezone: 'UTC',
    ledger: { ...EMPTY_LEDGER, ...ledger },
    steps: [],
    days: [],
    next,
    expectedEnd: null,
    endIsAbout: false,
    answers: NO_ANSWERS,
    assumed: 0,
    heldMissing: 0,
    leads: 0,
    waiting: [],
    failures,
    mailboxes: [],
    sentLastHour: 0,
    generation: null,
    asOf: NOW,
  }
  const facts = { type: 'outreach' as const, statusReason: null, timezone: 'UTC', scheduledStartAt: null, ...campaign }
  return whySentence({ campaign: { ...facts, status }, progress, mailboxes: [], workerAlive: true, now: NOW })
}

describe('emails that failed', () => {
  it('are named with a lead and the reason while the others leave, and lead to their list', () => {
    const { reason, link } = why({ ledger: { pending: 2, failed: 1 }, failures: [UNMADE], decision: { kind: 'send' } })
    expect(reason).toBe('2 emails wait. 1 email failed: Ada Lead3: No value for city.')
    expect(link).toBe('failed')
  })

  it('are named once all is done', () => {
    const failures = [{ ...UNMADE, count: 3 }]
    const { reason, link } = why({ status: 'completed', ledger: { planned: 73, sent: 70, failed: 3 }, failures })
    expect(reason).toBe(
      '70 of 73 emails were sent. 3 failed and can be retried. Ada Lead3 and 2 more: No value for city.',
    )
    expect(link).toBe('failed')
  })
})

it('leads to the template for which a campaign was paused', () => {
  expect(why({ status: 'paused', templateAtFault: { name: 'Touch 3' } }).link).toBe('template')
  expect(why({ status: 'paused' }).link).toBeNull()
})

it('says that the postal address is missing, and where to enter it', () => {
  const decision: Decision = { kind: 'wait', reason: 'no_postal_address', detail: 'Every email carries it.' }
  expect(why({ ledger: { pending: 1 }, decision })).toMatchObject({
    fact: 'Nothing leaves: your postal address is missing.',
    reason: 'Every email carries it. Enter it, and sending goes on by itself.',
    link: 'settings',
  })
})
