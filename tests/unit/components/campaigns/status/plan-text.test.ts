import { describe, expect, it } from 'vitest'
import { launchWords, startedWords, whereWords } from '@/components/campaigns/dialogs/launch-text'
import { estimateWords, placeWords, sampleName } from '@/components/campaigns/editor/steps/estimate-text'
import {
  amountWords,
  delayWords,
  outreachWords,
  recurrenceWords,
  sourceWords,
} from '@/components/campaigns/status/plan-text'
import { dayOf, endOfDay } from '@/components/time/local-time'

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
    const launch = { campaign, emails: 0, leads: 0, mailboxes: [], realMailboxes: [], firstAt: null, plan }
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

  it('says before a start whether its emails really go out', () => {
    const campaign = { id: 'c', name: 'Spring', timezone: 'UTC', type: 'outreach' as const }
    const plan = {
      leadSources: [],
      maxResultsPerRun: 50,
      isRecurring: false,
      recurringInterval: null,
      endDate: null,
      outreachDelayDays: 0,
    }
    const mailboxes = ['sales@nexa.example', 'sam@nexa.dev']
    const launch = { campaign, emails: 23, leads: 23, mailboxes, realMailboxes: [], firstAt: null, plan }
    expect(whereWords(launch)).toBe('Its emails stay on this machine.')
    expect(whereWords({ ...launch, realMailboxes: mailboxes })).toBe('23 emails really go out.')
    expect(whereWords({ ...launch, realMailboxes: ['sam@nexa.dev'] })).toBe(
      'Emails from sam@nexa.dev really go out, all others stay on this machine.',
    )
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
