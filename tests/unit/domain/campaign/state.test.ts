import { describe, expect, it } from 'vitest'
import { refusedAct } from '@/domain/campaign/refused-act'
import { ACTS, CAMPAIGN_STATUSES, canMove, NEXT, statusesBefore } from '@/domain/campaign/state'

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
    const refusal = refusedAct({ id: '1', name: 'Spring', status: 'completed' }, 'resume')
    expect(refusal.message).toBe(
      `Can't resume "Spring": it is completed, and a completed campaign becomes running only by a retry of failed emails. Nothing was changed. Duplicate it to send something again.`,
    )
    expect(refusal.details).toEqual({ campaignId: '1', from: 'completed', to: 'running' })
  })

  it('are left by acts along drawn moves alone, but for a start that is planned anew', () => {
    const moves = Object.values(ACTS).flatMap(({ from, to }) => from.map((status) => [status, to] as const))
    for (const [from, to] of moves) expect(from === to || canMove(from, to), `${from} -> ${to}`).toBe(true)
    expect(moves.filter(([from, to]) => from === to)).toEqual([['scheduled', 'scheduled']])
  })
})
