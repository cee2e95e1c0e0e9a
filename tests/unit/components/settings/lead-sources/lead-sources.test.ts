import { describe, expect, it } from 'vitest'
import { selectDays } from '@/components/settings/lead-sources/retention'
import { accountWords, isWithoutSources, stateWords } from '@/components/settings/lead-sources/source-text'

describe('the card of a lead source', () => {
  const works = { ok: true as const, plan: 'Basic', quotaLeft: 1240, quotaUnit: 'credits', renewsAt: null }

  it('says in a word how the source stands, the worst first', () => {
    const state = (change = {}) => stateWords({ keySet: true, enabled: true, testResult: works, ...change }).word
    expect(state({ keySet: false })).toBe('No key yet')
    expect(state({ enabled: false, testResult: { ok: false, problem: 'No.' } })).toBe('Does not work')
    expect(state({ enabled: false })).toBe('Switched off')
    expect(state({ testResult: null })).toBe('Not tested yet')
    expect(state()).toBe('Works')
  })

  it('hints at sample sources only where nothing can be found yet', () => {
    const none = { keySet: false, sample: false }
    expect(isWithoutSources([none, none])).toBe(true)
    expect(isWithoutSources([none, { ...none, keySet: true }])).toBe(false)
    expect(isWithoutSources([{ ...none, sample: true }])).toBe(false)
    expect(isWithoutSources([])).toBe(false)
  })

  it('says the plan and what is left, in the zone of the settings', () => {
    expect(accountWords(works, 'UTC')).toBe('The key works. Plan: Basic. 1,240 credits left.')
    const renewsAt = new Date('2026-12-01T23:30:00Z')
    expect(accountWords({ ...works, renewsAt }, 'Europe/Berlin')).toContain('1,240 credits left until Wed 2 Dec.')
    expect(accountWords({ ...works, plan: null, quotaLeft: null, quotaUnit: null }, 'UTC')).toBe(
      'The key works. It does not say how much is left.',
    )
  })

  it('takes whole days only', () => {
    expect(selectDays('30')).toEqual({ ok: true, days: 30 })
    for (const text of ['', '0', '1.5', '366', 'x']) expect(selectDays(text).ok).toBe(false)
  })
})
