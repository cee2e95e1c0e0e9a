import { describe, expect, it } from 'vitest'
import { stepErrors, toChange, valuesOf } from '@/components/campaigns/change/change-values'
import { effectDays, effectLines } from '@/components/campaigns/change/effect-text'
import type { ChangeEffect } from '@/domain/campaign/changes/effect'

const campaign = {
  steps: [0, 3].map((daysAfterPrevious, i) => ({
    ...{ stepNumber: i + 1, templateId: `t${i}`, templateName: `T${i}`, subject: 'S' },
    ...{ daysAfterPrevious, replyInThread: false },
  })),
}

describe('the form of a change', () => {
  it('is no change as it begins', () => {
    expect(toChange(valuesOf(campaign))).toBeNull()
  })

  it('says the whole sequence where a part of it is otherwise, and nothing of what stays', () => {
    const values = valuesOf(campaign)
    const [first, second] = values.steps
    if (!first || !second) throw new Error('The campaign has two steps')
    expect(toChange({ ...values, steps: [first, { ...second, days: '5' }] })).toEqual({
      steps: [
        { was: 1, templateId: 't0', daysAfterPrevious: 0, replyInThread: false },
        { was: 2, templateId: 't1', daysAfterPrevious: 5, replyInThread: false },
      ],
      base: values.base,
    })
    const lead = { id: 'l', name: 'Ada', email: 'ada@x.example' }
    expect(toChange({ ...values, takeOut: [lead], batchIds: ['b'] })).toEqual({
      takeOutLeadIds: ['l'],
      addBatchIds: ['b'],
    })
  })

  it('begins with what a proposal would have otherwise', () => {
    const values = valuesOf(campaign, { putBackLeadIds: ['l'] })
    expect(toChange(values)).toEqual({ putBackLeadIds: ['l'] })
  })

  it('speaks of the sequence as it was opened, or as a proposal says it was', () => {
    const base = [{ templateId: 't9', daysAfterPrevious: 0, replyInThread: false }]
    const values = valuesOf(campaign, { base, steps: [{ ...base[0], templateId: 't8', was: 1 } as never] })
    expect(toChange(values)).toMatchObject({ base, steps: [{ was: 1, templateId: 't8' }] })
  })

  it('wants a template and a whole number of days for each step but the first', () => {
    const values = valuesOf(campaign)
    const more = (days: string, templateId = 't1') => ({
      key: 'new',
      was: null,
      templateId,
      days,
      replyInThread: false,
    })
    const errorOf = (step: ReturnType<typeof more>) => stepErrors({ steps: [...values.steps, step] }).new
    expect([more('2'), more('365')].map(errorOf)).toEqual([undefined, undefined])
    const wrong = ['0', '366', '1.5', '', 'x'].map((days) => errorOf(more(days)))
    expect(new Set(wrong)).toEqual(new Set(['A whole number from 1 to 365.']))
    expect(errorOf(more('2', ''))).toBe('Choose a template.')
  })
})

describe('the days of an effect', () => {
  it('begin with the first on which something differs, for both sides alike', () => {
    const days: ChangeEffect['days'] = [
      { day: '2026-03-02', before: { 1: 4 }, after: { 1: 4 } },
      { day: '2026-03-04', before: { 2: 4 }, after: {} },
      { day: '2026-03-06', before: {}, after: { 2: 4 } },
      { day: '2026-06-01', before: { 3: 4 }, after: { 3: 4 } },
    ]
    const { before, after, steps, later } = effectDays({ days })
    const view = (side: typeof before) => side.map(({ day, total }) => [day, total])
    expect([view(before), view(after), steps, later]).toEqual([
      [
        ['2026-03-04', 4],
        ['2026-03-06', 0],
      ],
      [
        ['2026-03-04', 0],
        ['2026-03-06', 4],
      ],
      [2],
      4,
    ])
  })
})

describe('the numbers of an effect', () => {
  it('say how far emails of other campaigns were laid out, where that is not to the end', () => {
    const none = { emails: 0, leads: 0, firstAt: null, lastAt: null }
    const effect: ChangeEffect = {
      ...{
        timezone: 'UTC',
        retimed: none,
        reworded: 0,
        added: none,
        removed: none,
        returned: none,
        stay: 1,
        stayOut: 0,
      },
      ...{ leftOut: [], editedSteps: [], days: [], mark: '', othersUntil: null },
    }
    expect(effectLines(effect).map(({ term }) => term)).toEqual(['Stay as they are'])
    const lines = effectLines({ ...effect, othersUntil: new Date('2026-03-04T09:00:00Z') })
    expect(lines.map(({ term }) => term)).toEqual(['Stay as they are', 'Other campaigns'])
  })
})
