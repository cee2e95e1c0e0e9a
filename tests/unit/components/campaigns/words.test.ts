import { describe, expect, it } from 'vitest'
import { emailTime, emailWhy } from '@/components/campaigns/detail/emails/email-text'
import { gapWords, headline } from '@/components/campaigns/detail/headline'
import { liveWords } from '@/components/campaigns/detail/live'
import { localWords } from '@/components/campaigns/detail/progress/activity-items'
import { nextEmailWords } from '@/components/campaigns/detail/progress/next-text'
import { spanWords } from '@/components/campaigns/detail/progress/span-text'
import { resumeSentence } from '@/components/campaigns/dialogs/resume-sentence'
import { nextWords, rowFacts } from '@/components/campaigns/list/describe-row'
import { statusWords } from '@/components/campaigns/status/campaign-status'
import { reasonWords } from '@/components/campaigns/status/reason-text'
import { durationWords, windowWords } from '@/components/time/time-text'
import { EMPTY_LEDGER } from '@/domain/campaign/progress'

const NOW = new Date('2026-11-23T10:00:00Z')
const EARLIER = new Date('2026-11-23T08:00:00Z')
const LATER = new Date('2026-11-24T08:00:00Z')

describe('durations and windows', () => {
  it('says the two largest units', () => {
    expect([30, 90, 7_500, 86_400, 90_061].map(durationWords)).toEqual([
      'less than a minute',
      '1 min',
      '2 h 5 min',
      '1 d',
      '1 d 1 h',
    ])
  })

  it('leaves out a smaller unit that does not follow at once', () => {
    expect(durationWords(86_400 + 120)).toBe('1 d')
  })

  it('shortens weekdays in a row and lists others', () => {
    const window = (windowDays: number[], from = 540, to = 1020) =>
      windowWords({ windowDays, windowStartMinute: from, windowEndMinute: to })
    expect(window([5, 1, 2, 3, 4])).toBe('Mon–Fri 09:00–17:00')
    expect(window([1, 3])).toBe('Mon, Wed 09:00–17:00')
    expect(window([1, 2, 3, 4, 5, 6, 7], 0, 1440)).toBe('at any time')
    expect(window([6, 7], 0, 1440)).toBe('Sat, Sun')
  })

  it('names a span of days in the campaign zone, not in that of this machine', () => {
    const at = (iso: string) => new Date(iso)
    expect(spanWords(at('2026-11-19T08:00:00Z'), at('2026-11-24T08:00:00Z'), 'Europe/Berlin')).toBe('19–24 Nov')
    expect(spanWords(at('2026-11-30T08:00:00Z'), at('2026-12-02T08:00:00Z'), 'Europe/Berlin')).toBe('30 Nov–2 Dec')
    expect(spanWords(at('2026-11-19T23:30:00Z'), at('2026-11-20T01:00:00Z'), 'Europe/Berlin')).toBe('Fri 20 Nov')
  })
})

describe('the list', () => {
  const row = {
    id: 'c1',
    name: 'Spring',
    type: 'outreach' as const,
    status: 'running' as const,
    statusReason: null,
    timezone: 'Europe/Berlin',
    sequenceName: 'Three touches',
    leads: 412,
    ledger: EMPTY_LEDGER,
    nextMailAt: LATER,
    scheduledStartAt: null,
    completedAt: null,
    pausedAt: null,
    createdAt: EARLIER,
    contacted: 0,
    replied: 0,
    bounced: 0,
    unsubscribed: 0,
    generation: null,
  }

  it('says what a campaign sends and to how many', () => {
    expect(rowFacts(row)).toBe('Three touches · 412 leads')
    expect(rowFacts({ ...row, sequenceName: null, leads: 0, status: 'draft' })).toBe('No sequence yet')
  })

  it('names what comes first of a campaign that finds leads and writes to them', () => {
    const generation = { found: 9, added: 7, duplicate: 2, nextRunAt: EARLIER, runs: 2, cap: 50 }
    const automated = { ...row, type: 'fully_automated' as const, generation }
    expect(rowFacts(automated)).toBe('Three touches · 2 runs')
    expect(nextWords(automated, new Date('2026-11-23T07:00:00Z'))).toEqual({
      at: EARLIER,
      text: '',
      note: 'run · Europe/Berlin',
    })
    const later = { ...automated, generation: { ...generation, nextRunAt: null } }
    expect(nextWords(later, NOW)).toEqual({ at: LATER, text: '', note: 'email · Europe/Berlin' })
    const found = { ...row, type: 'lead_generation' as const, sequenceName: null, nextMailAt: null, generation }
    expect(rowFacts({ ...found, generation: { ...generation, runs: 0 } })).toBe('No run yet')
    expect(nextWords(found, NOW)).toEqual({ at: null, text: 'Due now', note: 'Europe/Berlin' })
  })

  it('never shows a past time as the next email', () => {
    expect(nextWords({ ...row, nextMailAt: EARLIER }, NOW)).toEqual({
      at: null,
      text: 'Due now',
      note: 'Europe/Berlin',
    })
    expect(nextWords(row, NOW).at).toEqual(LATER)
  })

  it('says since when it is paused and when it ended', () => {
    expect(nextWords({ ...row, status: 'paused', pausedAt: EARLIER }, NOW).note).toBe('paused 2 h ago')
    expect(nextWords({ ...row, status: 'completed', completedAt: EARLIER }, NOW).note).toBe('ended Mon 23 Nov')
  })

  it('puts the reason behind the status', () => {
    expect(statusWords({ status: 'paused', statusReason: 'bounce rate 6 %' })).toBe('Paused: bounce rate 6 %')
    expect(statusWords({ status: 'draft', statusReason: 'The scheduled start was refused: ...' })).toBe(
      'Draft: start refused',
    )
  })
})

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

describe('the head and the aside of a campaign', () => {
  it('says how far apart the steps are', () => {
    const steps = (...days: number[]) => days.map((daysAfterPrevious) => ({ daysAfterPrevious }))
    expect(gapWords(steps(0))).toBeNull()
    expect(gapWords(steps(0, 1, 1))).toBe('1 day apart')
    expect(gapWords(steps(0, 1, 3))).toBe('1 to 3 days apart')
  })

  it('tells what is sent, to whom, since when', () => {
    expect(
      headline(
        {
          type: 'outreach',
          leadSources: [],
          maxResultsPerRun: null,
          isRecurring: false,
          recurringInterval: null,
          useWorkflow: false,
          workflow: null,
          emailTemplate: { id: 't', name: 'Hello' },
          steps: [
            {
              stepNumber: 1,
              daysAfterPrevious: 0,
              replyInThread: false,
              templateId: 't',
              templateName: 'Hello',
              subject: 'Hi',
            },
          ],
          batches: [{ id: 'b', name: 'A', startedAt: EARLIER, completedAt: null }],
          totalLeadsTargeted: 12,
          actualStartedAt: EARLIER,
          scheduledStartAt: null,
          completedAt: null,
          status: 'running',
          timezone: 'Europe/Berlin',
        },
        NOW,
      ),
    ).toBe('Template “Hello” · 1 batch, 12 leads · started Mon 23 Nov 09:00 Europe/Berlin')
  })

  it('tells what is looked for, how much and how often', () => {
    const campaign = {
      type: 'lead_generation' as const,
      leadSources: ['apollo' as const, 'hunter' as const],
      maxResultsPerRun: 100,
      isRecurring: true,
      recurringInterval: 'weekly' as const,
      useWorkflow: true,
      workflow: null,
      emailTemplate: null,
      steps: [],
      batches: [],
      totalLeadsTargeted: 0,
      actualStartedAt: EARLIER,
      scheduledStartAt: null,
      completedAt: null,
      status: 'running' as const,
      timezone: 'Europe/Berlin',
    }
    expect(headline(campaign, NOW)).toBe(
      'Apollo and Hunter · up to 200 leads per run: 100 from each of 2 sources · every week · started Mon 23 Nov 09:00 Europe/Berlin',
    )
  })

  it('gives no time for an email that no clock will release', () => {
    const next = {
      id: 'e',
      at: EARLIER,
      stepNumber: 1,
      leadId: 'l',
      leadName: 'Nordwind',
      decision: { kind: 'wait' as const, reason: 'mailbox_stopped' as const, detail: 'stopped' },
    }
    expect(nextEmailWords('running', next)).toEqual({ at: null, word: 'waiting', note: 'step 1 to Nordwind' })
    expect(nextEmailWords('paused', next).word).toBe('after it is resumed')
  })

  it('is live, late or reconnecting by the age of its figures', () => {
    const at = (age: number, failing = false) =>
      liveWords({ updatedAt: 100_000, failing, everyMs: 2_000, now: 100_000 + age }).words
    expect(at(1_000)).toBe('Live')
    expect(at(12_000)).toBe('12 s ago')
    expect(at(1_000, true)).toBe('Reconnecting')
    expect(at(12_000, true)).toBe('Reconnecting, as of 12 s ago')
  })

  it('puts moments of events into the campaign zone', () => {
    expect(localWords('Scheduled to start at 2026-12-01T08:00:00.000Z', 'Europe/Berlin')).toBe(
      'Scheduled to start at Tue 1 Dec 09:00 Europe/Berlin',
    )
  })
})

describe('a resume', () => {
  const preview = {
    leadsShifted: 2,
    emailsShifted: 5,
    emailsUnchanged: 1,
    largestShiftSeconds: 7_200,
    nextAt: null,
    lastAt: null,
  }

  it('says how many emails of how many leads move, and by how much', () => {
    expect(resumeSentence({ campaignId: 'c', ...preview })).toBe(
      "5 emails of 2 leads move later, by up to 2 h. The days between a lead's steps are kept, and nothing leaves in a rush. 1 email stays as planned.",
    )
  })

  it('says when nothing moves, and when nothing is left', () => {
    const none = { ...preview, campaignId: 'c', emailsShifted: 0, leadsShifted: 0 }
    expect(resumeSentence({ ...none, emailsUnchanged: 3 })).toBe('Nothing is overdue: 3 emails stay planned as before.')
    expect(resumeSentence({ ...none, emailsUnchanged: 0 })).toBe('Nothing is left to send, so the campaign completes.')
  })
})
