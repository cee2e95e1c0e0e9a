import { describe, expect, it } from 'vitest'
import type { Generation, Progress, RunView } from '@/components/campaigns/api-types'
import type { WhyFacts } from '@/components/campaigns/detail/why/why-facts'
import { whyGenerating } from '@/components/campaigns/detail/why/why-generating'
import { EMPTY_LEDGER, type Ledger } from '@/domain/campaign/progress'
import { EMPTY_YIELD } from '@/domain/lead-generation/yield'
import { NO_ANSWERS } from './no-answers'

const NOW = new Date('2026-11-23T10:00:00Z')
const TOMORROW = new Date('2026-11-24T08:00:00Z')

const run = (change: Partial<RunView> = {}): RunView => ({
  id: 'r1',
  campaignId: 'c1',
  status: 'completed',
  dueAt: NOW,
  missedRuns: 0,
  startedAt: NOW,
  finishedAt: NOW,
  failure: null,
  batch: null,
  outreachAt: null,
  plannedAt: null,
  sources: [],
  totals: { ...EMPTY_YIELD, found: 120, added: 87, duplicate: 33 },
  ...change,
})

const source = (change: Partial<RunView['sources'][number]> = {}): RunView['sources'][number] => ({
  ...EMPTY_YIELD,
  source: 'apollo',
  label: 'Apollo',
  status: 'running',
  cap: 100,
  found: 40,
  failure: null,
  ...change,
})

type Change = {
  type?: WhyFacts['campaign']['type']
  status?: WhyFacts['campaign']['status']
  statusReason?: string
  scheduledStartAt?: Date
  generation?: Partial<Generation>
  ledger?: Partial<Ledger>
  next?: Progress['next']
  workerAlive?: boolean
}

function why(change: Change) {
  const { type = 'lead_generation', status = 'running', statusReason = null, scheduledStartAt = null } = change
  const generation: Generation = {
    nextRunAt: TOMORROW,
    endDate: null,
    runs: 1,
    running: null,
    last: null,
    totals: { ...EMPTY_YIELD, found: 120, added: 87, duplicate: 33 },
    bySource: [],
    upcoming: [],
    ...change.generation,
  }
  const progress: Progress = {
    status,
    statusReason,
    timezone: 'Europe/Berlin',
    ledger: { ...EMPTY_LEDGER, ...change.ledger },
    steps: [],
    days: [],
    next: change.next ?? null,
    expectedEnd: null,
    endIsAbout: false,
    waiting: [],
    failures: [],
    mailboxes: [],
    answers: NO_ANSWERS,
    assumed: 0,
    heldMissing: 0,
    leads: 0,
    sentLastHour: 0,
    generation,
    asOf: NOW,
  }
  const campaign = { type, status, statusReason, timezone: 'Europe/Berlin', scheduledStartAt }
  const facts = { campaign, progress, mailboxes: [], workerAlive: change.workerAlive ?? true, now: NOW }
  return whyGenerating(facts, generation)
}

describe('why nothing is happening, in a campaign that finds leads', () => {
  it('names the next run in the zone of the campaign, and what the last one brought', () => {
    expect(why({ generation: { last: run() } })).toEqual({
      tone: 'info',
      fact: 'Next run Tue 24 Nov 09:00 Europe/Berlin.',
      reason: 'The last one: it added 87 of 120 leads found.',
      link: 'runs',
    })
  })

  it('never names a run that is due already as one to come', () => {
    expect(why({ generation: { nextRunAt: NOW } }).fact).toBe('The next run begins within a minute.')
  })

  it('shows how far a run has come, source by source', () => {
    const running = run({
      status: 'running',
      sources: [source(), source({ source: 'hunter', label: 'Hunter', found: 3 })],
    })
    expect(why({ generation: { running } })).toMatchObject({
      tone: 'sent',
      fact: 'A run is under way.',
      reason: 'Apollo 40 of at most 100, Hunter 3 of at most 100.',
    })
  })

  it('says in its own words which source failed, and leads to its key', () => {
    const failure = { kind: 'bad_key', message: 'It does not know this key' }
    const last = run({ sources: [source({ failure, status: 'failed' })] })
    expect(why({ generation: { last } })).toMatchObject({ tone: 'held', link: 'sources' })
    expect(why({ generation: { last } }).reason).toContain('Apollo: It does not know this key.')
  })

  it('keeps saying which sources failed after the end', () => {
    const failure = { kind: 'bad_key', message: 'It does not know this key' }
    const failed = (label: string) => source({ label, failure, status: 'failed' })
    const last = run({ sources: [source(), failed('Google Places'), failed('Hunter')] })
    expect(why({ status: 'completed', generation: { last } })).toEqual({
      tone: 'held',
      fact: 'Nothing is left to do, but 2 sources failed.',
      reason: '1 run added 87 leads. Google Places: It does not know this key. Hunter: It does not know this key.',
      link: 'runs',
    })
    expect(why({ status: 'completed', generation: { last, runs: 3 } }).fact).toContain(
      '2 sources failed in the last run.',
    )
  })

  it('leads to the sources when the campaign failed with its run', () => {
    const failure = { kind: 'bad_key', message: 'It does not know this key' }
    const last = run({ status: 'failed', sources: [source({ failure, status: 'failed' })] })
    const { reason, link, tone } = why({ status: 'failed', statusReason: 'Its run failed', generation: { last } })
    expect(reason).toBe('Its run failed. Fix the cause, then resume; a run that failed is made again.')
    expect([link, tone]).toEqual(['sources', 'failed'])
  })

  it('names the batch whose emails come next, when no run is due any more', () => {
    const upcoming = [{ runId: 'r1', batchName: 'Dentists 23 Nov', leads: 87, outreachAt: TOMORROW }]
    const { fact, reason } = why({ type: 'fully_automated', generation: { nextRunAt: null, upcoming } })
    expect(fact).toBe('No further run is due.')
    expect(reason).toContain('The 87 leads of “Dentists 23 Nov” get their first email Tue 24 Nov 09:00 Europe/Berlin')
  })

  it('answers for the emails first while there are some, and adds the next run', () => {
    const decision = { kind: 'wait', reason: 'not_due', detail: 'It is not due yet.' } as const
    const next = { id: 'e1', at: TOMORROW, stepNumber: 1, leadId: 'l1', leadName: 'Nordwind', decision }
    const { fact, reason } = why({ type: 'fully_automated', ledger: { planned: 5, pending: 5 }, next })
    expect(fact).toBe('Nothing leaves before Tue 24 Nov 09:00 Europe/Berlin.')
    expect(reason).toContain('Next run Tue 24 Nov 09:00 Europe/Berlin.')
  })

  it('says of each other state what happens', () => {
    expect(why({ status: 'paused' }).fact).toBe('No source is asked: the campaign is paused.')
    expect(why({ status: 'paused', type: 'fully_automated' }).fact).toContain('and no email leaves')
    expect(why({ status: 'scheduled', scheduledStartAt: TOMORROW }).fact).toBe(
      'The first run begins Tue 24 Nov 09:00 Europe/Berlin.',
    )
    expect(why({ status: 'completed' })).toMatchObject({ tone: 'sent', reason: '1 run added 87 leads.' })
    expect(why({ status: 'completed', statusReason: 'Stopped' }).fact).toContain('was stopped')
    expect(why({ workerAlive: false })).toMatchObject({ tone: 'failed', fact: 'Nothing happens: no worker is alive.' })
    expect(why({ generation: { nextRunAt: null } }).reason).toBe('The campaign completes within a minute.')
  })
})
