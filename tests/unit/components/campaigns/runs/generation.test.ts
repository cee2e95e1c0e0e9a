import { describe, expect, it } from 'vitest'
import type { Generation, RunView, SourceYield } from '@/components/campaigns/api-types'
import { launchWords, startedWords } from '@/components/campaigns/dialogs/launch-text'
import { resumeSentence } from '@/components/campaigns/dialogs/resume-sentence'
import { stopQuestion, stopSentences } from '@/components/campaigns/dialogs/stop-text'
import { estimateWords, placeWords, sampleName } from '@/components/campaigns/editor/steps/estimate-text'
import { broughtWords, doubtWords, effortWords, runLook } from '@/components/campaigns/runs/run-text'
import { foundTotal, yieldSegments } from '@/components/campaigns/runs/yield-segments'
import {
  amountWords,
  delayWords,
  outreachWords,
  recurrenceWords,
  sourceWords,
} from '@/components/campaigns/status/plan-text'
import { dayOf, endOfDay } from '@/components/time/local-time'
import { EMPTY_LEDGER } from '@/domain/campaign/progress'
import { EMPTY_YIELD, type Yield } from '@/domain/lead-generation/yield'

const yields = (counts: Partial<Yield>): Yield => ({ ...EMPTY_YIELD, ...counts })

const ofSource = (change: Partial<SourceYield>): SourceYield => ({
  ...EMPTY_YIELD,
  source: 'apollo',
  label: 'Apollo',
  status: 'completed',
  cap: 100,
  failure: null,
  ...change,
})

const failure = { kind: 'bad_key', message: 'It does not know this key.' }

describe('the plan of runs in words', () => {
  it('names sources and the most that they bring together', () => {
    expect(sourceWords(['apollo'])).toBe('Apollo')
    expect(sourceWords(['apollo', 'google_places', 'hunter'])).toBe('Apollo, Google Places and Hunter')
    expect(amountWords({ leadSources: ['apollo', 'hunter'], maxResultsPerRun: 1500 })).toBe(
      'up to 3,000 leads per run: 1,500 from each of 2 sources',
    )
    expect(amountWords({ leadSources: ['hunter'], maxResultsPerRun: 100 })).toBe('up to 100 leads per run')
    expect(amountWords({ leadSources: [], maxResultsPerRun: 100 })).toBe('not settled yet')
  })

  it('says how often and until when, in the campaign zone', () => {
    const endDate = endOfDay('2026-12-04', 'Europe/Berlin')
    const daily = { isRecurring: true, recurringInterval: 'daily', endDate, timezone: 'Europe/Berlin' } as const
    expect(recurrenceWords(daily)).toBe('every day until Fri 4 Dec')
    expect(recurrenceWords({ ...daily, endDate: null })).toBe('every day, without an end')
    expect(recurrenceWords({ ...daily, isRecurring: false })).toBe('once')
  })

  it('keeps the day on which it ends, whatever the zone of this machine', () => {
    for (const zone of ['Europe/Berlin', 'Asia/Kathmandu', 'America/Los_Angeles']) {
      expect(dayOf(endOfDay('2026-03-29', zone) as Date, zone)).toBe('2026-03-29')
    }
    expect(endOfDay('no day', 'UTC')).toBeNull()
  })

  it('says what is planned after each run before there is anything to count', () => {
    expect(delayWords(0)).toBe('as soon as the run has ended')
    const steps = [{ daysAfterPrevious: 0 }, { daysAfterPrevious: 2 }, { daysAfterPrevious: 3 }]
    const words = outreachWords({ outreachDelayDays: 1, steps, mailboxes: 2 })
    expect(words[0]).toContain('get their first email 1 day after the run')
    expect(words[1]).toBe('Then they get step 2 after 2 days and step 3 after 5 days.')
    expect(outreachWords({ outreachDelayDays: 0, steps: steps.slice(0, 1), mailboxes: 1 })).toHaveLength(2)
  })

  it('puts the count into the button that starts it', () => {
    const plan = {
      leadSources: ['apollo', 'hunter'] as const,
      maxResultsPerRun: 50,
      isRecurring: true,
      recurringInterval: 'weekly' as const,
      endDate: null,
      outreachDelayDays: 0,
    }
    const campaign = { id: 'c', name: 'Dentists', timezone: 'UTC', type: 'lead_generation' as const }
    const launch = { campaign, emails: 0, leads: 0, mailboxes: [], firstAt: null, plan }
    expect(launchWords('Start', launch)).toBe('Start: up to 100 leads per run')
    expect(launchWords('Schedule', { ...launch, plan: { ...plan, isRecurring: false } })).toBe(
      'Schedule: up to 100 leads',
    )
    expect(launchWords('Start', { ...launch, plan: { ...plan, leadSources: [] } })).toBe('Start')
    expect(startedWords('outreach', { emailsScheduled: 36, leadsTargeted: 12 })).toBe(
      'Started. 36 emails planned for 12 leads.',
    )
    expect(startedWords('lead_generation', { emailsScheduled: 0, leadsTargeted: 0 })).toContain('The first run begins')
  })

  it('says how many would be found, and what is free to know of them', () => {
    expect(estimateWords({ total: 1240, unit: 'people' })).toBe('1,240 people fit')
    expect(estimateWords({ total: 1, unit: 'companies' })).toBe('1 company fits')
    expect(estimateWords({ total: 0, unit: 'people' })).toContain('Nobody fits')
    expect(estimateWords({ total: null, unit: 'people' })).toBe('It does not say how many before a run.')
    const sample = {
      sourceRef: 'p1',
      companyName: 'Nexa',
      contactName: null,
      firstName: 'Jo',
      lastName: null,
      jobTitle: null,
      phone: null,
      website: null,
      industry: null,
      city: 'Kiel',
      country: 'DE',
      linkedinUrl: null,
    }
    expect(sampleName(sample)).toBe('Jo')
    expect(sampleName({ ...sample, firstName: null })).toBe('Nexa')
    expect(placeWords(sample)).toBe('Kiel, Germany')
    expect(placeWords({ ...sample, city: null, country: null })).toBeNull()
  })
})

describe('runs in words', () => {
  it('writes out a sum that is what was found', () => {
    const one = yields({ found: 20, added: 9, duplicate: 4, invalid: 3, suppressed: 1, overCap: 3 })
    expect(yieldSegments(one).reduce((sum, { count }) => sum + count, 0)).toBe(foundTotal(one).count)
    expect(yieldSegments(one).map(({ label }) => label)).toEqual([
      'added',
      'duplicate',
      'invalid',
      'suppressed',
      'over the cap',
    ])
  })

  it('tells a run of which one source failed from a good one and from a failed one', () => {
    const sources = [ofSource({}), ofSource({ source: 'hunter', failure })]
    expect(runLook({ status: 'completed', sources })).toMatchObject({
      word: 'Completed, 1 source failed',
      tone: 'held',
    })
    expect(runLook({ status: 'completed', sources: [ofSource({})] })).toMatchObject({ word: 'Completed', tone: 'sent' })
    expect(runLook({ status: 'failed', sources })).toMatchObject({ word: 'Failed', tone: 'failed' })
  })

  it('says what is in doubt, and that it is not bought again', () => {
    expect(doubtWords(0)).toBeNull()
    expect(doubtWords(1, 10)).toContain('1 request in doubt: the answer was lost on the way, so up to 10 people may')
    expect(doubtWords(2)).toContain('They were not made again')
  })

  it('says what it took', () => {
    expect(effortWords({ requests: 1, credits: 0, seen: 0 })).toBe('1 request')
    expect(effortWords({ requests: 12, credits: 40.25, seen: 3 })).toBe(
      '12 requests, 40.3 credits, 3 known from before',
    )
    expect(broughtWords({ totals: yields({ found: 120, added: 87 }) })).toBe('It added 87 of 120 leads found.')
    expect(broughtWords({ totals: EMPTY_YIELD })).toBe('It found nobody.')
  })
})

describe('acts on campaigns that find leads', () => {
  const generation: Generation = {
    nextRunAt: new Date('2026-11-25T08:00:00Z'),
    endDate: null,
    runs: 2,
    running: null,
    last: null,
    totals: yields({ found: 50, added: 40, duplicate: 10 }),
    bySource: [],
    upcoming: [],
  }
  const emails = { ...EMPTY_LEDGER, planned: 30, sent: 10, pending: 20 }

  it('asks with the counts of both halves', () => {
    expect(stopQuestion('X', { ledger: EMPTY_LEDGER, generation })).toBe('Stop “X”? This cancels its runs to come.')
    expect(stopQuestion('X', { ledger: emails, generation })).toBe(
      'Stop “X”? This cancels 20 planned emails and cancels its runs to come.',
    )
    const running = { id: 'r' } as RunView
    expect(stopQuestion('X', { ledger: EMPTY_LEDGER, generation: { ...generation, running } })).toBe(
      'Stop “X”? This ends the run under way.',
    )
    expect(stopQuestion('X', { ledger: emails, generation: null })).toBe('Stop “X”? This cancels 20 planned emails.')
  })

  it('says what stays', () => {
    const upcoming = [{ runId: 'r', batchName: 'B', leads: 12, outreachAt: new Date() }]
    const words = stopSentences({ ledger: emails, generation: { ...generation, upcoming } })
    expect(words).toContain('10 emails already sent stay sent.')
    expect(words).toContain('40 leads that it found stay in their batches.')
    expect(words).toContain('12 leads found lately get no email from it.')
    expect(stopSentences({ ledger: EMPTY_LEDGER, generation: null })).toContain('It has not started')
  })

  it('does not say that a campaign completes while its runs go on', () => {
    const preview = {
      campaignId: 'c',
      leadsShifted: 0,
      emailsShifted: 0,
      emailsUnchanged: 0,
      largestShiftSeconds: 0,
      nextAt: null,
      lastAt: null,
    }
    expect(resumeSentence(preview)).toContain('the campaign completes')
    expect(resumeSentence(preview, true)).toBe(
      'Its runs go on as planned; those missed meanwhile are made up for by one.',
    )
    expect(resumeSentence({ ...preview, emailsUnchanged: 3 }, true)).toContain(
      '3 emails stay planned as before. Its runs',
    )
  })
})
