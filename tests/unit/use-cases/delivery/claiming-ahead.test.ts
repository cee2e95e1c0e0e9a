import { describe, expect, it } from 'vitest'
import { batchOf, loopOf, nothing, start, together } from './loop-parts'

describe('claiming ahead', () => {
  it('takes emails for connections that are about to come free, as soon as a claim takes before they are', async () => {
    const { loop, time } = loopOf()
    const [first, second] = [batchOf(10), batchOf(10)]
    const recorded = (one: typeof first) => together(one.batch.dispatched[0]?.outcome.then(() => nothing))
    loop.track({ ...first.batch, markedAt: start }, recorded(first))
    expect([loop.batchSize(), loop.soonFree()]).toEqual([0, 0])
    time.passedMs = 40
    first.end()
    await loop.untilConnectionsFree()
    // The claim takes 8 ms, of which the mean takes an eighth.
    time.passedMs = 48
    loop.track({ ...second.batch, markedAt: start + 48 }, recorded(second))
    expect([loop.batchSize(), loop.soonFree()]).toEqual([0, 0])
    time.passedMs = 48 + 37
    expect([loop.batchSize(), loop.soonFree()]).toEqual([0, 0])
    time.passedMs = 48 + 38
    expect([loop.batchSize(), loop.soonFree()]).toEqual([10, 10])
    await loop.untilConnectionsFree()
    expect(loop.allRecorded()).toBe(false)
    second.end()
    await loop.untilAllRecorded()
    expect([loop.batchSize(), loop.soonFree()]).toEqual([10, 0])
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
      expect(loop.soonFree()).toBe(0)
      second.end()
      await loop.untilAllRecorded()
    }
  })

  /** A loop whose connections were busy for 40 ms with the emails before, and whose next ones are on the wire since then. */
  async function busyLoop(connections = 10) {
    const { loop, time } = loopOf({ maxConnections: connections })
    const before = batchOf(connections)
    loop.track(before.batch, together(before.batch.dispatched[0]?.outcome.then(() => nothing)))
    time.passedMs = 40
    before.end()
    await loop.untilAllRecorded()
    const next = batchOf(connections)
    loop.track(next.batch, together(next.batch.dispatched[0]?.outcome.then(() => nothing)))
    return { loop, time, next }
  }

  it('counts on no connection that is in use for twice as long as others', async () => {
    const { loop, time, next } = await busyLoop()
    time.passedMs = 40 + 80
    expect(loop.batchSize()).toBe(10)
    time.passedMs = 40 + 81
    expect([loop.batchSize(), loop.soonFree()]).toEqual([0, 0])
    next.end()
    await loop.untilAllRecorded()
  })

  it('learns nothing from emails that were not begun', async () => {
    const { loop, time, next } = await busyLoop()
    time.passedMs = 41
    next.end({ kind: 'not_begun' })
    await loop.untilAllRecorded()
    const third = batchOf(10)
    loop.track(third.batch, together(third.batch.dispatched[0]?.outcome.then(() => nothing)))
    time.passedMs = 41 + 39
    expect(loop.batchSize()).toBe(0)
    third.end()
    await loop.untilAllRecorded()
  })

  it('leaves no more than twice as many emails as connections in doubt', async () => {
    const { loop, time, next } = await busyLoop()
    const further = batchOf(5)
    loop.track(further.batch, together(further.batch.dispatched[0]?.outcome.then(() => nothing)))
    time.passedMs = 40 + 40
    expect(loop.batchSize()).toBe(5)
    next.end()
    further.end()
    await loop.untilAllRecorded()
  })
})
