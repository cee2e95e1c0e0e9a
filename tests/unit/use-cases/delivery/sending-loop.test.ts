import { describe, expect, it } from 'vitest'
import type { RecordedGroup } from '@/use-cases/delivery/record-results'
import { batchOf, loopOf, none, nothing, start, together } from './loop-parts'

describe('the loop of a send job', () => {
  it('stops on command, when the worker ends, and when its time is used up', () => {
    const stopped = loopOf().loop
    expect(stopped.shouldStop()).toBe(false)
    stopped.stop()
    expect(stopped.shouldStop()).toBe(true)

    const controller = new AbortController()
    const ended = loopOf({ signal: controller.signal }).loop
    expect(ended.shouldStop()).toBe(false)
    controller.abort()
    expect(ended.shouldStop()).toBe(true)

    const { loop, time } = loopOf()
    time.passedMs = 44_999
    expect(loop.shouldStop()).toBe(false)
    time.passedMs = 45_000
    expect(loop.shouldStop()).toBe(true)
  })

  it('stops at a failure, and reports the first one', () => {
    const { loop } = loopOf()
    loop.fail('first')
    loop.fail('second')
    expect(loop.shouldStop()).toBe(true)
    expect(loop.total.failure).toBe('first')
  })

  it('adds up what was recorded, and stops where the mailbox failed', async () => {
    const { loop } = loopOf()
    loop.track(batchOf(3).batch, together({ sent: 2, other: 1, mustStop: false }))
    loop.track(batchOf(1).batch, together({ sent: 0, other: 1, mustStop: true }))
    expect(loop.allRecorded()).toBe(false)
    await loop.untilAllRecorded()
    expect(loop.total).toEqual({ sent: 2, other: 2, failure: undefined })
    expect(loop.shouldStop()).toBe(true)
  })

  it('counts a batch that could not be recorded as a failure, and does not wait for it for ever', async () => {
    const { loop } = loopOf()
    loop.track(batchOf(2).batch, together(Promise.reject(new Error('The database is away'))))
    await loop.untilAllRecorded()
    expect(loop.total).toEqual({ sent: 0, other: 0, failure: new Error('The database is away') })
  })

  it('takes as many emails as connections are free, and waits until nine in ten are', async () => {
    const { loop } = loopOf()
    expect(loop.batchSize()).toBe(10)
    const [most, some] = [batchOf(8), batchOf(2)]
    loop.track(most.batch, together(most.batch.dispatched[0]?.outcome.then(() => nothing)))
    expect(loop.batchSize()).toBe(2)
    loop.track(some.batch, together(some.batch.dispatched[0]?.outcome.then(() => nothing)))
    expect(loop.batchSize()).toBe(0)
    let free = false
    const waiting = loop.untilConnectionsFree().then(() => (free = true))
    most.end()
    await most.batch.dispatched[0]?.outcome
    await new Promise(setImmediate)
    expect([loop.batchSize(), free]).toEqual([8, false])
    some.end()
    await waiting
    expect(loop.batchSize()).toBe(10)
  })

  it('waits while twice as many emails as connections would be in doubt', async () => {
    const { loop } = loopOf()
    const recorded = Promise.withResolvers<typeof nothing>()
    const batch = batchOf(11)
    loop.track(batch.batch, together(recorded.promise))
    batch.end()
    let free = false
    const waiting = loop.untilConnectionsFree().then(() => (free = true))
    await new Promise(setImmediate)
    expect([loop.batchSize(), free]).toEqual([9, false])
    recorded.resolve(nothing)
    await waiting
    expect(loop.allRecorded()).toBe(true)
  })

  it('waits while the emails of batches that are not recorded take as much memory as the buffer may', async () => {
    const { loop } = loopOf()
    const [first, second] = [Promise.withResolvers<typeof nothing>(), Promise.withResolvers<typeof nothing>()]
    for (const { promise } of [first, second]) {
      const batch = batchOf(1, loop.bufferBytes / 2)
      loop.track(batch.batch, together(promise))
      batch.end()
    }
    let free = false
    const waiting = loop.untilConnectionsFree().then(() => (free = true))
    await new Promise(setImmediate)
    expect([loop.batchSize(), free]).toEqual([10, false])
    first.resolve(nothing)
    await waiting
    expect(loop.allRecorded()).toBe(false)
    second.resolve(nothing)
    await loop.untilAllRecorded()
  })

  it('takes what is free after a moment where the rest is slow, and waits while none is', async () => {
    const { loop } = loopOf({ maxConnections: 5 })
    const [quick, slow, slower] = [batchOf(3), batchOf(1), batchOf(1)]
    for (const { batch } of [quick, slow, slower])
      loop.track(batch, together(batch.dispatched[0]?.outcome.then(() => nothing)))
    let free = false
    const waiting = loop.untilConnectionsFree().then(() => (free = true))
    await new Promise(setImmediate)
    expect([loop.batchSize(), free]).toEqual([0, false])
    quick.end()
    await waiting
    expect(loop.batchSize()).toBe(3)
    expect(loop.allRecorded()).toBe(false)
  })

  it('counts emails as recorded group by group', async () => {
    const { loop } = loopOf()
    const last = Promise.withResolvers<RecordedGroup>()
    async function* groups() {
      yield { sent: 4, other: 0, mustStop: false }
      yield await last.promise
    }
    const batch = batchOf(10)
    loop.track(batch.batch, groups())
    loop.track(batchOf(0).batch, together(undefined))
    batch.end()
    // Ten free connections beside ten unrecorded emails are as many in doubt as may be, beside six they are fewer.
    await loop.untilConnectionsFree()
    expect(loop.total).toEqual({ sent: 4, other: 0, failure: undefined })
    expect(loop.allRecorded()).toBe(false)
    last.resolve({ sent: 5, other: 1, mustStop: false })
    await loop.untilAllRecorded()
    expect(loop.total).toEqual({ sent: 9, other: 1, failure: undefined })
  })

  it('goes on past its time while an email that began before is on the wire, at a pace as well', async () => {
    for (const minGapSeconds of [0, 60]) {
      const { loop, time } = loopOf({ minGapSeconds })
      const [early, late] = [Promise.withResolvers<RecordedGroup>(), Promise.withResolvers<RecordedGroup>()]
      loop.track(batchOf(1).batch, together(early.promise))
      time.passedMs = 45_000
      expect(loop.shouldStop()).toBe(false)
      loop.track(batchOf(1).batch, together(late.promise))
      const paced = loop.keepPace(new Date(start + 46_000))
      time.passedMs = 46_000
      await paced
      expect(loop.shouldStop()).toBe(false)
      early.resolve({ sent: 1, other: 0, mustStop: false })
      await expect.poll(() => loop.shouldStop()).toBe(true)
      late.resolve({ sent: 1, other: 0, mustStop: false })
      await loop.untilAllRecorded()
      expect(loop.total.sent).toBe(2)
    }
  })

  it('sends one by one at a pace', () => {
    const { loop } = loopOf({ minGapSeconds: 60 })
    expect([loop.batchSize(), loop.bufferSize]).toEqual([1, 1])
    expect(loopOf().loop.bufferSize).toBe(20)
  })

  it('is idle after one look that found nothing, and after six batches in a row without progress', () => {
    const { loop } = loopOf()
    loop.noteRound({ batch: null, madeProgress: true })
    expect(loop.isIdle()).toBe(false)
    loop.noteRound({ batch: null, madeProgress: false })
    expect(loop.isIdle()).toBe(true)

    const rounds = Array.from({ length: 6 }, (_, round) => {
      if (round === 0) loop.noteRound({ batch: none, madeProgress: true })
      loop.noteRound({ batch: none, madeProgress: false })
      return loop.isIdle()
    })
    expect(rounds).toEqual([false, false, false, false, false, true])
  })

  it('goes on at once where nothing keeps it, and leaves a long or late wait to the next tick', async () => {
    const at = (ms: number) => new Date(start + ms)
    const { loop, time } = loopOf({ minGapSeconds: 60 })
    await loop.keepPace(null)
    await loop.keepPace(at(0))
    expect(loop.shouldStop()).toBe(false)
    time.passedMs = 30_000
    await loop.keepPace(at(30_000 + 15_001))
    expect(loop.shouldStop()).toBe(true)

    const long = loopOf({ minGapSeconds: 60 }).loop
    await long.keepPace(at(40_001))
    expect(long.shouldStop()).toBe(true)
  })
})
