import { describe, expect, it } from 'vitest'
import type { Preflight } from '@/components/campaigns/api-types'
import { openStep, stepLabel } from '@/components/campaigns/editor/draft/draft-steps'
import { mayLaunch, stepStates } from '@/components/campaigns/editor/draft/step-states'

describe('steps', () => {
  const states = (...facts: Parameters<typeof stepStates>) => Object.fromEntries(stepStates(...facts))
  const preflight: Preflight = {
    ready: false,
    leads: 0,
    emails: 0,
    leftOut: [],
    checks: [
      { subject: 'leads', level: 'block', kind: 'no_batch', fix: null },
      { subject: 'sequence', level: 'ok', kind: 'sequence_ready', steps: 3, name: null, fix: null },
      { subject: 'mailboxes', level: 'warn', kind: 'mailbox_stopped', address: 'a@b.example', reason: null, fix: null },
      { subject: 'postal_address', level: 'block', kind: 'no_postal_address', fix: null },
    ],
  }

  it('marks no error on a step nobody has been to', () => {
    expect(states('outreach', preflight, {}, new Set())).toEqual({
      leads: 'todo',
      sequence: 'done',
      mailboxes: 'todo',
      review: 'todo',
    })
  })

  it('marks what blocks the start once the person was there, and everything on review', () => {
    expect(states('outreach', preflight, {}, new Set(['leads'])).leads).toBe('error')
    expect(states('outreach', preflight, {}, new Set(['review']))).toEqual({
      leads: 'error',
      sequence: 'done',
      mailboxes: 'done',
      review: 'error',
    })
  })

  it('lets a batch that is in use be scheduled, but not started', () => {
    const busy: Preflight['checks'][number] = {
      subject: 'batches',
      level: 'block',
      kind: 'batch_busy',
      batch: 'A',
      holder: 'B',
      fix: null,
    }
    expect(mayLaunch({ ...preflight, checks: [busy] }, true)).toBe(true)
    expect(mayLaunch({ ...preflight, checks: [busy] }, false)).toBe(false)
    expect(mayLaunch(preflight, true)).toBe(false)
  })

  it('knows the steps of each type, and opens the first where the address names none of them', () => {
    expect(Object.keys(states('lead_generation', undefined, {}, new Set()))).toEqual(['sources', 'amount', 'review'])
    expect(openStep('lead_generation', 'mailboxes')).toBe('sources')
    expect(openStep('fully_automated', 'mailboxes')).toBe('mailboxes')
    expect(openStep('outreach', null)).toBe('leads')
    expect(stepLabel('outreach', 'mailboxes')).toBe('Mailboxes & schedule')
    expect(stepLabel('fully_automated', 'mailboxes')).toBe('Mailboxes')
  })

  it('marks what is missing at the sources on their step, and calls the amount done only once it was seen', () => {
    const checks: Preflight['checks'] = [
      { subject: 'sources', level: 'block', kind: 'no_source', fix: null },
      { subject: 'recurrence', level: 'ok', kind: 'runs_once', fix: null },
    ]
    expect(states('lead_generation', { ...preflight, checks }, {}, new Set(['sources']))).toEqual({
      sources: 'error',
      amount: 'todo',
      review: 'todo',
    })
    expect(states('lead_generation', { ...preflight, checks }, {}, new Set(['review'])).amount).toBe('done')
    expect(states('fully_automated', undefined, { outreachDelayDays: 'no' }, new Set()).amount).toBe('error')
  })

  it('marks a field that cannot be saved at once', () => {
    expect(states('outreach', undefined, { dailyLimit: 'no' }, new Set()).mailboxes).toBe('error')
  })
})
