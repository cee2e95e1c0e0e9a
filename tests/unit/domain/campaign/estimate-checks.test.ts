import { expect, it } from 'vitest'
import { withEstimate } from '@/domain/campaign/estimate-checks'
import type { Check } from '@/domain/campaign/preflight'
import { describeCheck, summarizeChecks } from '@/domain/campaign/preflight-text'

const READY: Check[] = [{ subject: 'criteria', level: 'ok', kind: 'criteria_ready', cap: 100, fix: null }]

it('is not all clear where a source says that nobody fits', () => {
  const checks = withEstimate(READY, [
    { source: 'apollo', total: 0, problem: null },
    { source: 'hunter', total: 12, problem: null },
  ])
  expect(summarizeChecks(READY)).toBe('all clear')
  expect(summarizeChecks(checks)).toBe('1 to look at')
  expect(checks.map(describeCheck).at(-1)).toEqual({
    title: 'Nobody fits at Apollo',
    detail: 'Take a criterion away, or widen one.',
  })
})

it('says nothing of sources that do not count before a run, or could not be asked', () => {
  expect(
    withEstimate(READY, [
      { source: 'google_places', total: null, problem: null },
      { source: 'apollo', total: 0, problem: 'The key was refused' },
    ]),
  ).toEqual(READY)
})
