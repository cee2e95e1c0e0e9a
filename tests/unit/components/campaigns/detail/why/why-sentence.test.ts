import { describe, expect, it } from 'vitest'
import type { Progress } from '@/components/campaigns/api-types'
import type { WhyFacts } from '@/components/campaigns/detail/why/why-facts'
import { whySentence } from '@/components/campaigns/detail/why/why-sentence'
import { EMPTY_LEDGER, type Ledger } from '@/domain/campaign/progress'
import type { Decision } from '@/domain/delivery/decide'
import { NO_ANSWERS } from './no-answers'

const SUNDAY = new Date('2026-11-22T10:00:00Z')
const MONDAY_NINE = new Date('2026-11-23T08:00:00Z')

const ledger = (counts: Partial<Ledger>): Ledger => {
  const planned = Object.values(counts).reduce((sum, count) => sum + count, 0)
  return { ...EMPTY_LEDGER, ...counts, planned }
}

const box = {
  id: 'm1',
  timezone: 'Europe/Berlin',
  windowDays: [1, 2, 3, 4, 5],
  windowStartMinute: 540,
  windowEndMinute: 1020,
  holidays: [],
}

const today = {
  id: 'm1',
  name: 'Sales',
  fromEmail: 'sales@nexa.example',
  sentToday: 0,
  dailyLimit: 60,
  capacity: { perDay: 60, setBy: 'limit' as const, fitting: null },
  growsTo: null as number | null,
  health: 'ready' as const,
  healthReason: null,
  firstStepsPausedUntil: null,
}

const nextEmail = (decision: Decision, at = MONDAY_NINE): NonNullable<Progress['next']> => ({
  id: 'e1',
  at,
  stepNumber: 2,
  leadId: 'l1',
  leadName: 'Nordwind GmbH',
  decision,
})

const notDue: Decision = { kind: 'wait', reason: 'not_due', detail: 'It is not due yet.' }

type Change = {
  status?: WhyFacts['campaign']['status']
  statusReason?: string
  scheduledStartAt?: Date
  ledger?: Ledger
  progress?: Partial<Progress>
  workerAlive?: boolean | null
  now?: Date
}

function why(change: Change) {
  const { status = 'running', statusReason = null, scheduledStartAt = null, now = SUNDAY, workerAlive = true } = change
  const campaign = { type: 'outreach' as const, status, statusReason, timezone: 'Europe/Berlin', scheduledStartAt }
  const progress: Progress = {
    status,
    statusReason,
    timezone: 'Europe/Berlin',
    ledger: change.ledger ?? ledger({ sent: 10, pending: 48 }),
    steps: [],
    days: [],
    next: null,
    expectedEnd: null,
    endIsAbout: false,
    waiting: [],
    failures: [],
    mailboxes: [today],
    answers: NO_ANSWERS,
    assumed: 0,
    heldMissing: 0,
    leads: 0,
    sentLastHour: 0,
    generation: null,
    asOf: now,
    ...change.progress,
  }
  return whySentence({ campaign, progress, mailboxes: [box], workerAlive, now })
}

describe('a running campaign', () => {
  it('names the next opening while the sending window is closed', () => {
    const { fact, reason, tone } = why({ progress: { next: nextEmail(notDue) } })
    expect(fact).toBe('Nothing leaves before Mon 23 Nov 09:00 Europe/Berlin.')
    expect(reason).toBe('The sending window is closed (Mon–Fri 09:00–17:00).')
    expect(tone).toBe('info')
  })

  it('says which limit binds once more waits than a day takes', () => {
    const { reason } = why({ ledger: ledger({ pending: 61 }), progress: { next: nextEmail(notDue) } })
    expect(reason).toContain('Then at most 60 per day: the limit of 1 mailbox binds.')
    const paced = { ...today, capacity: { perDay: 16, setBy: 'gap' as const, fitting: 16 } }
    const gap = why({ ledger: ledger({ pending: 17 }), progress: { next: nextEmail(notDue), mailboxes: [paced] } })
    expect(gap.reason).toContain('Then at most 16 per day: the gap of 1 mailbox binds.')
  })

  it('says nothing of limits when one mailbox has none', () => {
    const mailboxes = [
      today,
      { ...today, id: 'm2', dailyLimit: null, capacity: { perDay: null, setBy: null, fitting: null } },
    ]
    const { reason } = why({ ledger: ledger({ pending: 500 }), progress: { next: nextEmail(notDue), mailboxes } })
    expect(reason).not.toContain('a day')
  })

  it('gives the recorded reason of an email that was put off', () => {
    const waiting = [{ reason: 'contacted_recently' as const, count: 3, until: MONDAY_NINE }]
    const { reason } = why({ progress: { next: nextEmail(notDue), waiting } })
    expect(reason).toBe('The lead got an email less than 24 hours before.')
  })

  it('names step and lead when the plan alone is the reason', () => {
    const now = new Date('2026-11-20T10:00:00Z')
    const { reason } = why({ progress: { next: nextEmail(notDue) }, now })
    expect(reason).toBe('Step 2 to Nordwind GmbH is planned for then.')
  })

  it('trusts the decision over the planned time when the email is overdue', () => {
    const next = nextEmail(
      { kind: 'defer', reason: 'window_closed', until: MONDAY_NINE, detail: 'The sending window is closed.' },
      new Date('2026-11-20T15:00:00Z'),
    )
    expect(why({ progress: { next } }).fact).toBe('Nothing leaves before Mon 23 Nov 09:00 Europe/Berlin.')
  })

  it('says that email is leaving, and how fast', () => {
    const { fact, reason, tone } = why({ progress: { next: nextEmail({ kind: 'send' }), sentLastHour: 12 } })
    expect([fact, reason, tone]).toEqual([
      'Emails are leaving now.',
      '48 emails wait. 12 sent in the last hour.',
      'sent',
    ])
  })

  it('does not claim that email is leaving when every limit of today is used up', () => {
    const { fact } = why({ progress: { next: nextEmail({ kind: 'send' }), mailboxes: [{ ...today, sentToday: 60 }] } })
    expect(fact).toBe("Today's limits are used up.")
  })

  it('puts a dead worker before everything else', () => {
    const { fact, reason, tone } = why({ progress: { next: nextEmail({ kind: 'send' }) }, workerAlive: false })
    expect([fact, tone]).toEqual(['Nothing leaves: no worker is alive.', 'failed'])
    expect(reason).toMatch(/^Start it: npm start,/)
  })

  it('leads to the mailboxes when the one it needs is stopped', () => {
    const decision: Decision = {
      kind: 'wait',
      reason: 'mailbox_stopped',
      detail: '535 Username and password not accepted',
    }
    expect(why({ progress: { next: nextEmail(decision) } })).toEqual({
      tone: 'failed',
      fact: 'Nothing leaves: the mailbox is stopped.',
      reason: '535 Username and password not accepted. Fix its settings, and sending goes on by itself.',
      link: 'mailboxes',
    })
  })

  it('names the stopped mailbox', () => {
    const decision: Decision = { kind: 'wait', reason: 'mailbox_stopped', detail: 'It refused the login.' }
    const mailboxes = [{ ...today, health: 'stopped' as const }]
    expect(why({ progress: { next: nextEmail(decision), mailboxes } }).fact).toBe(
      'Nothing leaves: mailbox sales@nexa.example is stopped.',
    )
  })

  it('mentions a stopped mailbox while another one sends', () => {
    const mailboxes = [today, { ...today, id: 'm2', fromEmail: 'old@nexa.example', health: 'stopped' as const }]
    const { reason, link, tone } = why({ progress: { next: nextEmail({ kind: 'send' }), mailboxes } })
    expect(reason).toContain('Emails from old@nexa.example wait: that mailbox is stopped.')
    expect([link, tone]).toEqual(['mailboxes', 'held'])
  })

  it('waits for a person when only held emails are left', () => {
    const { fact, link } = why({ ledger: ledger({ sent: 5, held: 2 }) })
    expect(fact).toBe('Nothing leaves until 2 emails are decided.')
    expect(link).toBe('held')
  })

  it('speaks of emails on the wire when nothing else is left', () => {
    expect(why({ ledger: ledger({ sent: 5, sending: 1 }) }).fact).toBe('The last 1 email is on the way.')
  })

  it('is about to complete when nothing is left', () => {
    expect(why({ ledger: ledger({ sent: 5 }) }).reason).toBe('The campaign completes within a minute.')
  })
})

describe('a campaign that does not run', () => {
  it('paused: says why, and how much waits', () => {
    expect(why({ status: 'paused', statusReason: 'bounce rate 6 %' }).reason).toBe(
      'Reason: bounce rate 6 %. 48 emails wait. Resume shows first what will move.',
    )
  })

  it('scheduled: says when it starts', () => {
    const { fact } = why({ status: 'scheduled', scheduledStartAt: MONDAY_NINE, ledger: EMPTY_LEDGER })
    expect(fact).toBe('Nothing leaves before Mon 23 Nov 09:00 Europe/Berlin.')
  })

  it('scheduled and due: says that the start is coming, or that nobody makes it', () => {
    const due = { status: 'scheduled', scheduledStartAt: SUNDAY, ledger: EMPTY_LEDGER, now: MONDAY_NINE } as const
    expect(why(due).fact).toBe('It is about to start.')
    expect(why({ ...due, workerAlive: false }).fact).toBe('Nothing leaves: no worker is alive.')
  })

  it('failed: gives the share, and what stays', () => {
    const { reason } = why({ status: 'failed', statusReason: '54 % of the emails failed (46 of 85)' })
    expect(reason).toBe(
      '54 % of the emails failed (46 of 85). 48 emails stay planned, and its batches are free. Fix the cause, then resume.',
    )
  })

  it('completed: counts, and offers the failed ones', () => {
    const { reason, tone } = why({ status: 'completed', ledger: ledger({ sent: 70, failed: 5 }) })
    expect(reason).toBe('70 of 75 emails were sent. 5 failed and can be retried.')
    expect(tone).toBe('sent')
  })

  it('stopped: says what was cancelled and what can still be decided', () => {
    const { fact, reason } = why({
      status: 'completed',
      statusReason: 'Stopped',
      ledger: ledger({ sent: 5, cancelled: 1, held: 2 }),
    })
    expect(fact).toBe('Nothing leaves any more: the campaign was stopped.')
    expect(reason).toBe('1 email that had not left was cancelled. 2 emails of unknown delivery can still be decided.')
  })
})
