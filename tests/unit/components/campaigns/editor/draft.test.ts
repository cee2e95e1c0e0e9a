import { describe, expect, it } from 'vitest'
import type { Forecast, Preflight } from '@/components/campaigns/api-types'
import { openStep, stepLabel } from '@/components/campaigns/editor/draft/draft-steps'
import { errorsOf } from '@/components/campaigns/editor/draft/draft-values'
import { dailyCapacity, paceWords } from '@/components/campaigns/editor/draft/pace'
import {
  canSend,
  hasUnsaved,
  isCurrent,
  NOTHING_TO_SAVE,
  nextSaving,
  type Saving,
} from '@/components/campaigns/editor/draft/saving'
import { mayLaunch, stepStates } from '@/components/campaigns/editor/draft/step-states'
import { forecastDays } from '@/components/campaigns/editor/steps/forecast-days'
import { allZones, localOf, momentOf, nextMorning } from '@/components/time/local-time'
import { sendingMailboxes } from '@/domain/campaign/sending-mailboxes'
import { isTimezone } from '@/domain/time/timezone'

describe('saving as it goes', () => {
  const changed = (saving: Saving, patch: Parameters<typeof errorsOf>[0]) =>
    nextSaving(saving, { kind: 'changed', patch, errors: errorsOf(patch) })

  it('gathers changes, the later of one field winning', () => {
    const saving = changed(changed(changed(NOTHING_TO_SAVE, { name: 'A' }), { dailyLimit: 5 }), { name: 'B' })
    expect(saving.waiting).toEqual({ name: 'B', dailyLimit: 5 })
    expect(canSend(saving)).toBe(true)
  })

  it('puts back what a failed request carried, under what was changed meanwhile', () => {
    const sent = nextSaving(changed(NOTHING_TO_SAVE, { name: 'A', dailyLimit: 5 }), { kind: 'sent' })
    const failed = nextSaving(changed(sent, { name: 'B' }), { kind: 'failed', message: 'away' })
    expect(failed.waiting).toEqual({ name: 'B', dailyLimit: 5 })
    expect(failed.failure).toBe('away')
    expect(hasUnsaved(failed)).toBe(true)
  })

  it('sends one request at a time', () => {
    const sent = nextSaving(changed(NOTHING_TO_SAVE, { name: 'A' }), { kind: 'sent' })
    expect(canSend(changed(sent, { name: 'B' }))).toBe(false)
  })

  it('keeps back what cannot be saved, and does not call it saved', () => {
    const saving = changed(NOTHING_TO_SAVE, { name: '  ' })
    expect(saving.waiting).toEqual({})
    expect(saving.invalid.name).toBe('A campaign needs a name of at most 120 characters.')
    expect(hasUnsaved(saving)).toBe(true)
    expect(
      hasUnsaved(nextSaving(nextSaving(changed(saving, { name: 'A' }), { kind: 'sent' }), { kind: 'saved', at: 1 })),
    ).toBe(false)
  })

  it('calls counts outdated by a change of the plan until they come anew, but not by a change of the name', () => {
    const save = (patch: Parameters<typeof errorsOf>[0]) =>
      nextSaving(nextSaving(changed(NOTHING_TO_SAVE, patch), { kind: 'sent' }), { kind: 'saved', at: 50 })
    expect(isCurrent(changed(NOTHING_TO_SAVE, { name: 'A' }), 10)).toBe(true)
    expect(isCurrent(save({ name: 'A' }), 10)).toBe(true)
    expect(isCurrent(changed(NOTHING_TO_SAVE, { batchIds: [] }), 10)).toBe(false)
    expect(isCurrent(save({ batchIds: [] }), 10)).toBe(false)
    expect(isCurrent(save({ batchIds: [] }), 60)).toBe(true)
  })

  it('refuses limits that are no whole number from 1', () => {
    for (const dailyLimit of [0, 1.5, Number.NaN, 100_001])
      expect(errorsOf({ dailyLimit })).toHaveProperty('dailyLimit')
    expect(errorsOf({ dailyLimit: null })).toEqual({})
  })
})

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

describe('local times', () => {
  it('reads a local time in its zone, across clock changes', () => {
    expect(momentOf('2026-11-23T09:00', 'Europe/Berlin')?.toISOString()).toBe('2026-11-23T08:00:00.000Z')
    expect(momentOf('2026-03-29T02:30', 'Europe/Berlin')?.toISOString()).toBe('2026-03-29T01:30:00.000Z')
    expect(momentOf('2026-10-25T02:30', 'Europe/Berlin')?.toISOString()).toBe('2026-10-25T00:30:00.000Z')
    expect(momentOf('soon', 'Europe/Berlin')).toBeNull()
  })

  it('writes a moment as inputs want it', () => {
    expect(localOf(new Date('2026-11-23T08:00:30Z'), 'Asia/Kolkata')).toBe('2026-11-23T13:30')
  })

  it('proposes the next working morning of the zone', () => {
    expect(nextMorning(new Date('2026-11-20T23:30:00Z'), 'Europe/Berlin')).toBe('2026-11-23T09:00')
    expect(nextMorning(new Date('2026-11-23T08:00:00Z'), 'Europe/Berlin')).toBe('2026-11-24T09:00')
  })

  it('knows UTC', () => {
    expect(allZones().filter((zone) => zone === 'UTC')).toHaveLength(1)
    expect(allZones().length).toBeGreaterThan(300)
    expect(allZones()).toEqual(expect.arrayContaining(['Asia/Kathmandu', 'Asia/Kolkata', 'Europe/Kyiv']))
    for (const zone of allZones()) expect(isTimezone(zone)).toBe(true)
  })
})

describe('the forecast', () => {
  const days: Forecast['days'] = [
    { day: '2026-11-19', total: 60, byStep: { 1: 60 } },
    { day: '2026-11-23', total: 120, byStep: { 2: 60, 3: 60 } },
  ]
  const weekdays = { windowDays: [1, 2, 3, 4, 5], holidays: ['2026-11-24'] }

  it('fills whole weeks, and says which days are closed', () => {
    const filled = forecastDays(days, [1, 2, 3], [weekdays])
    expect(filled).toHaveLength(7)
    expect(filled[0]).toEqual({ date: '2026-11-19', counts: [60, 0, 0] })
    expect(filled.filter(({ closed }) => closed).map(({ date }) => date)).toEqual([
      '2026-11-21',
      '2026-11-22',
      '2026-11-24',
    ])
    expect(filled[4]?.counts).toEqual([0, 60, 60])
  })

  it('calls a day open when one mailbox is', () => {
    const always = { windowDays: [1, 2, 3, 4, 5, 6, 7], holidays: [] }
    expect(forecastDays(days, [1], [weekdays, always]).some(({ closed }) => closed)).toBe(false)
  })

  it('is empty when nothing is planned', () => {
    expect(forecastDays([], [1], [weekdays])).toEqual([])
  })

  it('names the limit that makes leads start on different days', () => {
    const boxes = [{ dailyLimit: 60 }, { dailyLimit: 40 }]
    const spread = [
      { day: '2026-11-19', total: 100, byStep: { 1: 100 } },
      { day: '2026-11-20', total: 20, byStep: { 1: 20 } },
    ]
    const fits = 'Leads start on 2 different days, so that every step fits'
    expect(paceWords({ days: spread }, boxes, null)).toEqual({
      fact: '100 per day: the limit of 2 mailboxes',
      note: `${fits}.`,
    })
    expect(paceWords({ days: spread }, [{ dailyLimit: null }], 110)).toEqual({
      fact: "110 per day: the campaign's own limit",
      note: `${fits} beside the emails of other campaigns.`,
    })
  })

  it('says that no limit binds when all leads start together', () => {
    expect(paceWords({ days }, [{ dailyLimit: 200 }], null)).toEqual({
      fact: 'All leads start on the same day',
      note: '200 per day is the limit of 1 mailbox; the busiest day needs 120.',
    })
    expect(paceWords({ days }, [{ dailyLimit: null }], null).note).toBe('No daily limit; the busiest day needs 120.')
    expect(dailyCapacity([{ dailyLimit: 60 }, { dailyLimit: null }])).toBeNull()
  })

  it('sends from the first mailbox when none is chosen', () => {
    const all = [{ id: 'a' }, { id: 'b' }]
    expect(sendingMailboxes(all, [])).toEqual([{ id: 'a' }])
    expect(sendingMailboxes(all, ['b', 'gone'])).toEqual([{ id: 'b' }])
  })
})
