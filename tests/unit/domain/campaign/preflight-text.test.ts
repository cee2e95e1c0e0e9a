import { describe, expect, it } from 'vitest'
import { askedSources, blockingChecks, type Check } from '@/domain/campaign/preflight'
import { describeCheck, summarizeChecks } from '@/domain/campaign/preflight-text'

const LEFT_OUT = [
  { reason: 'not_interested', count: 2 },
  { reason: 'suppressed', count: 1 },
]

describe('the words of a pre-flight check', () => {
  it.each<[Check, string, string | null]>([
    [
      { subject: 'leads', level: 'ok', kind: 'leads_ready', leads: 1, batches: 2, leftOut: LEFT_OUT, fix: null },
      '1 lead from 2 batches',
      '3 left out: 2 not interested, 1 suppressed',
    ],
    [
      {
        subject: 'leads',
        level: 'warn',
        kind: 'emailed_before',
        leads: 5,
        last: { campaign: 'My first outreach', leads: 5 },
        fix: null,
      },
      '5 leads were emailed before by "My first outreach"',
      'They get this campaign, too. It can leave them out.',
    ],
    [
      {
        subject: 'leads',
        level: 'warn',
        kind: 'emailed_before',
        leads: 12,
        last: { campaign: 'B', leads: 7 },
        fix: null,
      },
      '12 leads were emailed before, 7 of them last by "B"',
      'They get this campaign, too. It can leave them out.',
    ],
    [
      { subject: 'leads', level: 'warn', kind: 'emailed_before', leads: 1, last: null, fix: null },
      '1 lead was emailed before',
      'They get this campaign, too. It can leave them out.',
    ],
    [
      { subject: 'leads', level: 'block', kind: 'no_lead', leftOut: [], fix: { kind: 'edit_step', step: 'leads' } },
      'No lead can be emailed',
      'The batches are empty.',
    ],
    [
      { subject: 'mailboxes', level: 'ok', kind: 'mailboxes_ready', addresses: ['a@x.io', 'b@x.io'], fix: null },
      '2 mailboxes',
      'a@x.io, b@x.io',
    ],
    [
      {
        subject: 'sources',
        level: 'warn',
        kind: 'sources_unusable',
        missing: ['apollo'],
        usable: ['hunter'],
        fix: { kind: 'lead_sources' },
      },
      'Apollo: switched off or without a key',
      'Runs use Hunter alone.',
    ],
    [
      {
        subject: 'variables',
        level: 'block',
        kind: 'missing_variable',
        variable: 'city',
        step: 2,
        leads: 1_200,
        fix: { kind: 'edit_template', templateId: 't' },
      },
      '"city" in step 2 is missing for 1,200 leads',
      'Give it a fallback, as in {{ city | default: "..." }}, or fill it in.',
    ],
    [
      {
        subject: 'pace',
        level: 'warn',
        kind: 'gap_sets_pace',
        address: 'a@x.io',
        perDay: 1,
        leads: 100,
        steps: 2,
        days: 200,
        weeks: 200,
        fix: { kind: 'mailboxes' },
      },
      'The gap sets the pace: 1 per day',
      '100 leads with 2 steps take about 200 days on which a@x.io sends, 1 on each, so about 200 weeks.',
    ],
    [
      { subject: 'recurrence', level: 'ok', kind: 'recurs', interval: 'every_2_days', endless: true, fix: null },
      'Runs every 2 days',
      'Without an end date it runs until somebody stops it.',
    ],
  ])('%o', (check, title, detail) => {
    expect(describeCheck(check)).toEqual({ title, detail })
  })
})

describe('what blocks a start', () => {
  const busy: Check = { subject: 'batches', level: 'block', kind: 'batch_busy', batch: 'A', holder: 'B', fix: null }
  const stopped: Check = {
    subject: 'mailboxes',
    level: 'warn',
    kind: 'mailbox_stopped',
    address: 'a@x.io',
    reason: null,
    fix: null,
  }

  it('is every blocking check of a start now, and no warning', () => {
    expect(blockingChecks([busy, stopped])).toEqual([busy])
  })

  it('is no busy batch where the start is planned: it may be free by then', () => {
    expect(blockingChecks([busy, stopped], { scheduled: true })).toEqual([])
  })
})

describe('the checks together', () => {
  const ok: Check = { subject: 'recurrence', level: 'ok', kind: 'runs_once', fix: null }
  const idle: Check = {
    subject: 'criteria',
    level: 'warn',
    kind: 'criteria_empty',
    sources: ['google_places', 'hunter'],
    fix: { kind: 'edit_step', step: 'sources' },
  }
  const block: Check = { subject: 'leads', level: 'block', kind: 'no_batch', fix: null }

  it('are all clear only without a warning', () => {
    expect(summarizeChecks([ok])).toBe('all clear')
    expect(summarizeChecks([ok, idle])).toBe('1 to look at')
    expect(summarizeChecks([ok, idle, block])).toBe('1 to fix')
  })

  it('leave out sources that a run asks for nothing, or cannot ask', () => {
    expect(askedSources(['apollo', 'google_places', 'hunter'], [ok, idle])).toEqual(['apollo'])
    const missing: Check = {
      subject: 'sources',
      level: 'warn',
      kind: 'sources_unusable',
      missing: ['apollo'],
      usable: ['hunter'],
      fix: null,
    }
    expect(askedSources(['apollo', 'hunter'], [missing])).toEqual(['hunter'])
    expect(askedSources(['apollo', 'hunter'], [ok])).toEqual(['apollo', 'hunter'])
  })
})
