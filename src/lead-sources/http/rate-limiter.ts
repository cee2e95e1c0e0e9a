import { setTimeout as sleep } from 'node:timers/promises'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { SourceError } from '../types'

/** Requests allowed in a span of seconds. */
export type RateLimit = { requests: number; seconds: number }

/**
 * Keeps one kind of request under its limits, and paused for as long as the source demands. Counts in this process: workers on
 * other machines are held back by the source's own 429, which pauses each of them.
 */
export class RateLimiter {
  private readonly limiters: RateLimiterMemory[]
  private pausedUntil = 0

  constructor(
    private readonly label: string,
    limits: readonly RateLimit[],
  ) {
    this.limiters = limits.map(
      ({ requests, seconds }) => new RateLimiterMemory({ points: requests, duration: seconds }),
    )
  }

  /** Waits for a turn. @throws {SourceError} `rate` when there is none before `deadline` (of `performance.now()`). */
  async acquire(deadline: number, signal: AbortSignal | undefined): Promise<void> {
    for (let wait = await this.tryAcquire(); wait > 0; wait = await this.tryAcquire()) {
      if (performance.now() + wait > deadline) {
        throw new SourceError('rate', `${this.label} asks for slower requests. It is asked again later.`, wait)
      }
      await sleep(wait, undefined, { signal }).catch(() => undefined)
      signal?.throwIfAborted()
    }
  }

  /** Lets no request through before `ms` are over; an earlier, longer pause stays. */
  pause(ms: number): void {
    this.pausedUntil = Math.max(this.pausedUntil, performance.now() + ms)
  }

  /** Replaces the limit of the same span: plans differ, and the source knows its own. */
  setLimit({ requests, seconds }: RateLimit): void {
    for (const limiter of this.limiters) if (limiter.duration === seconds) limiter.points = requests
  }

  /** Takes a turn and returns 0, or returns the milliseconds until there may be one. */
  private async tryAcquire(): Promise<number> {
    const paused = Math.ceil(this.pausedUntil - performance.now())
    if (paused > 0) return paused
    for (const limiter of this.limiters) {
      try {
        await limiter.consume('all')
      } catch (refusal) {
        if (refusal instanceof RateLimiterRes) return Math.max(1, refusal.msBeforeNext)
        throw refusal
      }
    }
    return 0
  }
}
