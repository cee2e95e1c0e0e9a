import { describe, expect, it } from 'vitest'
import { CAMPAIGN_STATUSES, canMove, illegalMove, NEXT, statusesBefore } from '@/domain/campaign/state'

describe('campaign states', () => {
  it('allow exactly the drawn moves', () => {
    const moves = CAMPAIGN_STATUSES.flatMap((from) =>
      CAMPAIGN_STATUSES.filter((to) => canMove(from, to)).map((to) => `${from} -> ${to}`),
    )
    expect(moves).toEqual([
      'draft -> scheduled',
      'draft -> running',
      'scheduled -> draft',
      'scheduled -> running',
      'scheduled -> completed',
      'running -> paused',
      'running -> completed',
      'running -> failed',
      'paused -> running',
      'paused -> completed',
      'completed -> running',
      'failed -> running',
      'failed -> completed',
    ])
    for (const to of CAMPAIGN_STATUSES) for (const from of statusesBefore(to)) expect(NEXT[from]).toContain(to)
  })

  it('refuse a move by naming both states', () => {
    const refusal = illegalMove({ id: '1', name: 'Spring' }, 'resume', 'completed', 'running')
    expect(refusal.message).toBe(
      `Can't resume "Spring": it is completed, and completed cannot become running. Nothing was changed.`,
    )
  })
})
