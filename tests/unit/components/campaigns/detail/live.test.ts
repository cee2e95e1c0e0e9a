import { describe, expect, it } from 'vitest'
import { activityMark, tabCounts } from '@/components/campaigns/detail/live'
import { EMPTY_LEDGER } from '@/domain/campaign/progress'

const ledger = { ...EMPTY_LEDGER, planned: 12, pending: 12 }
const progress = { status: 'running' as const, ledger, leads: 4, generation: null }

describe('what follows the figures that are read again and again', () => {
  it('counts on the tabs what was read last', () => {
    expect(tabCounts(progress)).toEqual({ emails: 12, leads: 4 })
  })

  it('has the activity read again after any change of a count or of the status, and only then', () => {
    const mark = activityMark(progress)
    expect(activityMark({ ...progress, ledger: { ...ledger } })).toBe(mark)
    expect(activityMark({ ...progress, status: 'paused' })).not.toBe(mark)
    for (const state of ['sent', 'failed', 'held', 'skipped'] as const) {
      expect(activityMark({ ...progress, ledger: { ...ledger, pending: 11, [state]: 1 } })).not.toBe(mark)
    }
  })
})
