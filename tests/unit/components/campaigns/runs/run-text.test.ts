import { describe, expect, it } from 'vitest'
import type { SourceYield } from '@/components/campaigns/api-types'
import { broughtWords, doubtWords, effortWords, runLook } from '@/components/campaigns/runs/run-text'
import { foundTotal, yieldSegments } from '@/components/campaigns/runs/yield-segments'
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

describe('runs in words', () => {
  it('writes out a sum that is what was found', () => {
    const one = yields({ found: 20, added: 9, duplicate: 4, invalid: 3, suppressed: 1, overCap: 3 })
    expect(yieldSegments(one).reduce((sum, { count }) => sum + count, 0)).toBe(foundTotal(one).count)
    expect(yieldSegments(one).map(({ label }) => label)).toEqual([
      'added',
      'duplicate',
      'invalid',
      'suppressed',
      'over the limit',
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
