import { describe, expect, it } from 'vitest'
import { batchOf, loopOf, nothing, start, together } from './loop-parts'

describe('claiming ahead', () => {
  it('takes emails for connections that are about to come free, as soon as a claim takes before they are', async () => {
    const { loop, time } = loopOf()
    const [first, second] = [batchOf(10), batchOf(10)]
    const recorded = (one: typeof first) => together(one.batch.dispatched[0]?.outcome.then(() => nothing))
    loop.track({ ...first.batch, markedAt: start }, recorded(first))
    expect([loop.batchSize(), loop.claimsAhead()]).toEqual([0, false])
    time.passedMs = 40
    first.end()
    await loop.untilConnectionsFree()
    // The claim takes 8 ms, of which the mean takes an eighth.
    time.passedMs = 48
    loop.track({ ...second.batch, markedAt: start + 48 }, recorded(second))
    expect([loop.batchSize(), loop.claimsAhead()]).toEqual([0, false])
    time.passedMs = 48 + 38
    expect([loop.batchSize(), loop.claimsAhead()]).toEqual([0, false])
    time.passedMs = 48 + 39
    expect([loop.batchSize(), loop.claimsAhead()]).toEqual([10, true])
    await loop.untilConnectionsFree()
    expect(loop.allRecorded()).toBe(false)
    second.end()
    await loop.untilAllRecorded()
    expect([loop.batchSize(), loop.claimsAhead()]).toEqual([10, false])
  })

  it('takes none ahead at a pace, and none where a server takes long', async () => {
    for (const [minGapSeconds, tookMs] of [
      [60, 40],
      [0, 501],
    ] as const) {
      const { loop, time } = loopOf({ minGapSeconds })
      const [first, second] = [batchOf(10), batchOf(10)]
      loop.track(first.batch, together(first.batch.dispatched[0]?.outcome.then(() => nothing)))
      time.passedMs = tookMs
      first.end()
      await loop.untilAllRecorded()
      loop.track(second.batch, together(second.batch.dispatched[0]?.outcome.then(() => nothing)))
      time.passedMs = 2 * tookMs
      expect(loop.claimsAhead()).toBe(false)
      second.end()
      await loop.untilAllRecorded()
    }
  })
})
