import { describe, expect, it } from 'vitest'
import type { Progress } from '@/components/campaigns/api-types'
import type { WhyFacts } from '@/components/campaigns/detail/why/why-facts'
import { whySentence } from '@/components/campaigns/detail/why/why-sentence'
import { EMPTY_LEDGER } from '@/domain/campaign/progress'

const SUNDAY = new Date('2026-11-22T10:00:00Z')
const MONDAY_NINE = new Date('2026-11-23T08:00:00Z')
const timezone = 'Europe/Berlin'

const box: WhyFacts['mailboxes'][number] = {
  id: 'm1',
  timezone,
  windowDays: [1, 2, 3, 4, 5],
  windowStartMinute: 540,
  windowEndMinute: 1020,
  holidays: [],
}

const today: Progress['mailboxes'][number] = {
  id: 'm1',
  name: 'Sales',
  fromEmail: 'sales@nexa.example',
  sentToday: 0,
  dailyLimit: 60,
  capacity: { perDay: 60, setBy: 'limit', fitting: null },
  growsTo: null,
  health: 'ready',
  healthReason: null,
  firstStepsPausedUntil: null,
}

/** What is said while the next email is not due. */
function why(change: { pending?: number; today?: typeof today; box?: typeof box }) {
  const { pending = 48 } = change
  const next = { id: 'e1', at: MONDAY_NINE, stepNumber: 2, leadId: 'l1', leadName: 'Nordwind GmbH' }
  const progress: Progress = {
    status: 'running',
    statusReason: null,
    timezone,
    ledger: { ...EMPTY_LEDGER, planned: pending, pending },
    steps: [],
    days: [],
    next: { ...next, decision: { kind: 'wait', reason: 'not_due', detail: 'It is not due yet.' } },
    expectedEnd: null,
    endIsAbout: false,
    waiting: [],
    failures: [],
    mailboxes: [change.today ?? today],
    assumed: 0,
    heldMissing: 0,
    leads: 0,
    sentLastHour: 0,
    generation: null,
    answers: {
      replied: 0,
      bounced: 0,
      unsubscribed: 0,
      away: 0,
      contacted: 0,
      reading: { mailboxes: 1, read: 0, elsewhere: [], asOf: null },
    },
    asOf: SUNDAY,
  }
  const campaign = {
    type: 'outreach',
    status: 'running',
    statusReason: null,
    timezone,
    scheduledStartAt: null,
  } as const
  return whySentence({ campaign, progress, mailboxes: [change.box ?? box], workerAlive: true, now: SUNDAY })
}

describe('a running campaign', () => {
  it('says that more leave on later days while a mailbox ramps up', () => {
    const young = { ...today, dailyLimit: 10, capacity: { ...today.capacity, perDay: 10 }, growsTo: 60 }
    const { reason } = why({ pending: 11, today: young })
    expect(reason).toContain('At most 10 leave today, and more on each sending day: a mailbox ramps up.')
    const few = why({ pending: 10, today: young })
    expect(few.reason).not.toContain('ramps up')
  })

  it.each([
    ['stopped' as const, 'Fix the mailbox, and follow-ups leave by themselves.'],
    ['cooling_down' as const, 'It is tried again by itself.'],
  ])('says why answers cannot be read while reading is %s, and what follows', (health, follows) => {
    const unread = {
      ...box,
      fromEmail: 'sales@nexa.example',
      reader: { health, healthReason: 'IMAP is switched off', isTriedAgain: false },
    }
    const said = why({ box: unread })
    expect(said.reason).toContain(
      `Answers to sales@nexa.example cannot be read, so follow-ups wait. IMAP is switched off. ${follows}`,
    )
    expect(said).toMatchObject({ tone: 'held', link: 'mailboxes' })
    const read = { ...unread, reader: { health: 'ready' as const, healthReason: null, isTriedAgain: true } }
    expect(why({ box: read }).reason).not.toContain('cannot be read')
  })
})
