import { afterEach, expect, it, vi } from 'vitest'
import { createTurns, inTurns } from '@/lib/turns'

afterEach(() => vi.useRealTimers())

it('a turn is over after 10 ms, and another begins once others have had theirs', async () => {
  vi.useFakeTimers({ toFake: ['performance'] })
  const turns = createTurns()
  vi.advanceTimersByTime(9)
  expect(turns.isOver()).toBe(false)
  vi.advanceTimersByTime(1)
  expect(turns.isOver()).toBe(true)
  let others = 0
  setImmediate(() => others++)
  await turns.pass()
  expect([others, turns.isOver()]).toEqual([1, false])
})

it('work in pieces is done to its end, with a turn for others wherever 10 ms are over', async () => {
  vi.useFakeTimers({ toFake: ['performance'] })
  let turns = 0
  const count = () => {
    turns++
    if (turns < 100) setImmediate(count)
  }
  setImmediate(count)
  function* work(): Generator<undefined, number> {
    for (let piece = 0; piece < 40; piece++) {
      vi.advanceTimersByTime(5)
      yield
    }
    return turns
  }
  expect(await inTurns(work())).toBe(20)
})
