import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { retryUntilDeadline } from '@/lib/retry'
import { createLogger } from '@/log'

const deps = {
  clock: { now: () => new Date(), realNow: () => new Date(), speed: 1, simulated: false, stop: () => undefined },
  log: createLogger({ name: 'test', level: 'silent', readable: false }),
}

describe('retry until a deadline', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  /** Fails `failures` times, then returns how often it was called. */
  function failing(failures: number, error = new Error('The database is away')) {
    let calls = 0
    return async () => {
      if (++calls <= failures) throw error
      return calls
    }
  }

  it('repeats what fails, after 100 ms and then twice as long each time', async () => {
    const result = retryUntilDeadline(deps, { forMs: 10_000 }, failing(2))
    await vi.advanceTimersByTimeAsync(299)
    let done = false
    void result.then(() => (done = true))
    await vi.advanceTimersByTimeAsync(0)
    expect(done).toBe(false)
    await vi.advanceTimersByTimeAsync(1)
    expect(await result).toBe(3)
  })

  it('throws the last error once the time is over', async () => {
    const result = retryUntilDeadline(deps, { forMs: 250 }, failing(Number.POSITIVE_INFINITY)).catch((error) => error)
    await vi.advanceTimersByTimeAsync(300)
    expect(await result).toEqual(new Error('The database is away'))
    expect(vi.getTimerCount()).toBe(0)
  })

  it('throws an error that is not transient at once', async () => {
    const error = new Error('23505')
    await expect(retryUntilDeadline(deps, { forMs: 10_000, isTransient: () => false }, failing(1, error))).rejects.toBe(
      error,
    )
    expect(vi.getTimerCount()).toBe(0)
  })
})
