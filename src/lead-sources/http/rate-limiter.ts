import { setTimeout as sleep } from 'node:timers/promises'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { SourceError } from '../types'

/** Requests allowed in a span of seconds. */
export type Limit = { requests: number; seconds: number }

/**
 * Keeps one kind of request under its limits and closed for as long as the source said. Counts in this process: workers on
 * other machines are held back by the source's own 429, which closes it for each of them.
 */
export class Pace {
  private readonly limiters: RateLimiterMemory[]
  private closedUntil = 0

  constructor(
    private readonly label: string,
    limits: readonly Limit[],
  ) {
    this.limiters = limits.map(
      ({ requests, seconds }) => new RateLimiterMemory({ points: requests, duration: seconds }),
    )
  }

  /** Waits for a place. @throws {SourceError} `rate` when there is none before `deadline` (of `performance.now()`). */
  async take(deadline: number, signal: AbortSignal | undefined): Promise<void> {
    for (let wait = await this.wait(); wait > 0; wait = await this.wait()) {
      if (performance.now() + wait > deadline) {
        throw new SourceError('rate', `${this.label} asks for slower requests. It is asked again later.`, wait)
      }
      await sleep(wait, undefined, { signal }).catch(() => undefined)
      signal?.throwIfAborted()
    }
  }

  /** No request leaves before `ms` are over. */
  close(ms: number): void {
    this.closedUntil = Math.max(this.closedUntil, performance.now() + ms)
  }

  /** The source says what it allows in `seconds`; plans differ, and what it says is right. */
  learn({ requests, seconds }: Limit): void {
    for (const limiter of this.limiters) if (limiter.duration === seconds) limiter.points = requests
  }

  private async wait(): Promise<number> {
    const closed = Math.ceil(this.closedUntil - performance.now())
    if (closed > 0) return closed
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
