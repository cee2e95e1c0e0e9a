import { describe, expect, it } from 'vitest'
import { gapWords, headline } from '@/components/campaigns/detail/headline'
import { hasLiveFigures, liveWords } from '@/components/campaigns/detail/live'
import { localWords } from '@/components/campaigns/detail/progress/activity-items'
import { lastEmailWords, nextEmailWords } from '@/components/campaigns/detail/progress/next-text'
import { EMPTY_LEDGER } from '@/domain/campaign/progress'
import { leadCriteria } from '@/domain/lead-generation/criteria-input'

const NOW = new Date('2026-11-23T10:00:00Z')
const EARLIER = new Date('2026-11-23T08:00:00Z')

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
          leadCriteria: leadCriteria.parse({}),
          maxResultsPerRun: null,
          isRecurring: false,
          recurringInterval: null,
          useWorkflow: false,
          workflow: null,
          changedFrom: null,
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
      leadCriteria: leadCriteria.parse({ apollo: { keywords: 'dental' }, hunter: { domains: ['nexa.example'] } }),
      maxResultsPerRun: 100,
      isRecurring: true,
      recurringInterval: 'weekly' as const,
      useWorkflow: true,
      workflow: null,
      changedFrom: null,
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
    // A source that the criteria ask for nothing brings nobody.
    const apolloAlone = leadCriteria.parse({ apollo: { keywords: 'dental' } })
    expect(headline({ ...campaign, leadCriteria: apolloAlone }, NOW)).toContain('· up to 100 leads per run ·')
  })

  it('says what a sequence came from that was changed, and whose emails it has where it came from nowhere', () => {
    const campaign = {
      type: 'outreach' as const,
      leadSources: [],
      leadCriteria: leadCriteria.parse({}),
      maxResultsPerRun: null,
      isRecurring: false,
      recurringInterval: null,
      useWorkflow: true,
      workflow: null,
      changedFrom: null as string | null,
      emailTemplate: null,
      steps: [0, 4].map((daysAfterPrevious, index) => ({
        stepNumber: index + 1,
        daysAfterPrevious,
        replyInThread: false,
        templateId: 't',
        templateName: 'Hello',
        subject: 'Hi',
      })),
      batches: [],
      totalLeadsTargeted: 0,
      actualStartedAt: null,
      scheduledStartAt: null,
      completedAt: null,
      status: 'running' as const,
      timezone: 'Europe/Berlin',
    }
    expect(headline(campaign, NOW)).toBe('Own emails · 2 steps, 4 days apart')
    expect(headline({ ...campaign, changedFrom: 'Three touches' }, NOW)).toBe(
      'Sequence “Three touches”, changed · 2 steps, 4 days apart',
    )
    expect(headline({ ...campaign, changedFrom: '' }, NOW)).toBe('Own emails, changed · 2 steps, 4 days apart')
    expect(headline({ ...campaign, steps: [] }, NOW)).toBe('')
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
    const why = { tone: 'info', fact: '' } as const
    expect(nextEmailWords('running', next, why)).toEqual({ at: null, word: 'waiting', note: 'step 1 to Nordwind' })
    expect(nextEmailWords('paused', next, why).word).toBe('after it is resumed')
  })

  it('takes the reason of the banner, and promises no time while nothing leaves', () => {
    const decision = { kind: 'send' as const }
    const next = { id: 'e', at: EARLIER, stepNumber: 1, leadId: 'l', leadName: 'Nordwind', decision }
    const sending = { tone: 'sent', fact: 'Emails are leaving now.' } as const
    const dead = { tone: 'failed', fact: 'Nothing leaves: no worker is alive.' } as const
    expect(nextEmailWords('running', next, sending)).toMatchObject({ word: 'leaving now' })
    expect(nextEmailWords('running', next, dead)).toEqual({ at: null, word: 'waiting', note: dead.fact })
    const progress = { expectedEnd: NOW, asOf: NOW, ledger: { ...EMPTY_LEDGER, pending: 90 }, sentLastHour: 60 }
    expect(lastEmailWords(progress, sending)).toEqual({
      at: new Date(NOW.getTime() + 90 * 60_000),
      word: '',
      note: 'about then, at this pace',
    })
    const later = { ...progress, expectedEnd: new Date(NOW.getTime() + 1) }
    expect(lastEmailWords(later, sending)?.note).toBe('if nothing changes')
    expect(lastEmailWords({ ...later, endIsAbout: true }, sending)?.note).toBe('about then: the gap sets the pace')
    expect(lastEmailWords({ ...progress, sentLastHour: 0 }, sending)).toMatchObject({ at: null, word: 'not known' })
    expect(lastEmailWords(progress, dead)).toEqual({ at: null, word: 'not known', note: 'while nothing leaves' })
  })

  it('has no live figures once it has ended', () => {
    expect([hasLiveFigures('running'), hasLiveFigures('paused'), hasLiveFigures('completed')]).toEqual([
      true,
      true,
      false,
    ])
  })

  it('is live, late or reconnecting by the age of its figures', () => {
    const at = (age: number, failing = false, isTold = false) =>
      liveWords({ updatedAt: 100_000, failing, everyMs: 2_000, isTold, now: 100_000 + age }).words
    expect(at(1_000)).toBe('Live')
    expect(at(12_000)).toBe('12 s ago')
    expect(at(12_000, false, true)).toBe('Live')
    expect(at(12_000, true, true)).toBe('Reconnecting')
    expect(at(1_000, true)).toBe('Reconnecting')
    expect(at(12_000, true)).toBe('Reconnecting, as of 12 s ago')
  })

  it('puts moments of events into the campaign zone', () => {
    expect(localWords('Scheduled to start at 2026-12-01T08:00:00.000Z', 'Europe/Berlin')).toBe(
      'Scheduled to start at Tue 1 Dec 09:00 Europe/Berlin',
    )
  })
})
