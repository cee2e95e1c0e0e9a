import { describe, expect, it } from 'vitest'
import { errorsOf } from '@/components/campaigns/editor/draft/draft-checks'
import {
  canSend,
  hasUnsaved,
  isCurrent,
  NOTHING_TO_SAVE,
  nextSaving,
  type Saving,
} from '@/components/campaigns/editor/draft/saving'

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
