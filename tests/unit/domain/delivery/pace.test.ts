import { describe, expect, it } from 'vitest'
import { isPaced, nextSendAt } from '@/domain/delivery/pace'

const now = new Date('2026-03-02T09:00:00Z')

describe('the pace of a mailbox', () => {
  it('is a minimum gap plus up to the jitter', () => {
    const pace = { minGapSeconds: 60, gapJitterSeconds: 30 }
    expect(isPaced(pace)).toBe(true)
    expect(nextSendAt(pace, now, 0)).toEqual(new Date('2026-03-02T09:01:00Z'))
    expect(nextSendAt(pace, now, 0.5)).toEqual(new Date('2026-03-02T09:01:15Z'))
  })

  it('is none without a gap, whatever the jitter', () => {
    expect(isPaced({ minGapSeconds: 0 })).toBe(false)
    expect(nextSendAt({ minGapSeconds: 0, gapJitterSeconds: 30 }, now, 0.9)).toBeNull()
  })
})
