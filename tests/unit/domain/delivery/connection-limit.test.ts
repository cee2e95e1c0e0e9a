import { describe, expect, it } from 'vitest'
import { isSlowAnswer, limitInForce, slowedTo, storedLimit } from '@/domain/delivery/connection-limit'

const now = new Date('2026-03-02T09:00:00Z')
const MINUTE_MS = 60_000
const minutesLater = (minutes: number) => new Date(now.getTime() + minutes * MINUTE_MS)

describe('a limit of connections', () => {
  const limit = { to: 2, at: now, cause: 'refused' } as const
  const set = (maxConnections: number) => ({ ...storedLimit(limit), maxConnections })

  it('is in force for an hour, to the millisecond', () => {
    expect(limitInForce(set(10), now)).toEqual(limit)
    expect(limitInForce(set(10), new Date(minutesLater(60).getTime() - 1))).toEqual(limit)
    expect(limitInForce(set(10), minutesLater(60))).toBeNull()
  })

  it('of a clock that was ahead is none', () => {
    expect(limitInForce(set(10), minutesLater(-1))).toBeNull()
  })

  it('is none where no more are set, or none was found', () => {
    expect(limitInForce(set(3), now)).toEqual(limit)
    expect(limitInForce(set(2), now)).toBeNull()
    const none = { connectionLimit: null, connectionLimitAt: null, connectionLimitCause: null }
    expect(limitInForce({ ...none, maxConnections: 10 }, now)).toBeNull()
  })
})

describe('slow answers', () => {
  it('are those that take half of the deadline', () => {
    expect(isSlowAnswer(59_999, 120_000)).toBe(false)
    expect(isSlowAnswer(60_000, 120_000)).toBe(true)
  })

  it('halve the connections once there were as many in a row as are used, down to one', () => {
    expect(slowedTo(9, 10)).toBeNull()
    expect([slowedTo(10, 10), slowedTo(5, 5), slowedTo(3, 3), slowedTo(2, 2), slowedTo(1, 1)]).toEqual([
      5,
      3,
      2,
      1,
      null,
    ])
  })
})
