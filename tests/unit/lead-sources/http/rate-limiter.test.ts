import { describe, expect, it } from 'vitest'
import { RateLimiter } from '@/lead-sources/http/rate-limiter'

const later = (ms: number) => performance.now() + ms

describe('a rate limiter', () => {
  it('lets through what the limit allows, and makes the next wait for its turn', async () => {
    const limiter = new RateLimiter('Source', [{ requests: 3, seconds: 1 }])
    const from = performance.now()
    for (let i = 0; i < 3; i++) await limiter.acquire(later(0), undefined)
    await limiter.acquire(later(60_000), undefined)
    expect(performance.now() - from).toBeGreaterThan(900)
  })

  it('refuses when there is no turn in time, and names the wait', async () => {
    const limiter = new RateLimiter('Source', [
      { requests: 10, seconds: 1 },
      { requests: 2, seconds: 60 },
    ])
    for (let i = 0; i < 2; i++) await limiter.acquire(later(0), undefined)
    const refusal = await limiter.acquire(later(1_000), undefined).catch((error) => error)
    expect(refusal).toMatchObject({ kind: 'rate' })
    expect(refusal.retryAfterMs).toBeGreaterThan(30_000)
  })

  it('stays paused as long as the source states, and takes over the limit that it states', async () => {
    const limiter = new RateLimiter('Source', [{ requests: 1, seconds: 60 }])
    limiter.pause(200)
    const from = performance.now()
    await limiter.acquire(later(60_000), undefined)
    expect(performance.now() - from).toBeGreaterThan(190)
    limiter.setLimit({ requests: 3, seconds: 60 })
    await limiter.acquire(later(0), undefined)
    await expect(limiter.acquire(later(-1), AbortSignal.abort())).resolves.toBeUndefined()
    await expect(limiter.acquire(later(100), undefined)).rejects.toMatchObject({ kind: 'rate' })
  })
})
