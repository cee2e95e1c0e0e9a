import { describe, expect, it } from 'vitest'
import { isPublicAddress } from '@/lead-sources/http/public-lookup'
import { Pace } from '@/lead-sources/http/rate-limiter'

const later = (ms: number) => performance.now() + ms

describe('the pace of requests', () => {
  it('lets through what the limit allows, and makes the next wait for its turn', async () => {
    const pace = new Pace('Source', [{ requests: 3, seconds: 1 }])
    const from = performance.now()
    for (let i = 0; i < 3; i++) await pace.take(later(0), undefined)
    await pace.take(later(5_000), undefined)
    expect(performance.now() - from).toBeGreaterThan(900)
  })

  it('refuses when there is no turn in time, and says when there is one', async () => {
    const pace = new Pace('Source', [
      { requests: 10, seconds: 1 },
      { requests: 2, seconds: 60 },
    ])
    for (let i = 0; i < 2; i++) await pace.take(later(0), undefined)
    const refusal = await pace.take(later(1_000), undefined).catch((error) => error)
    expect(refusal).toMatchObject({ kind: 'rate' })
    expect(refusal.retryAfterMs).toBeGreaterThan(30_000)
  })

  it('stays closed as long as the source said, and takes what it says of its limits', async () => {
    const pace = new Pace('Source', [{ requests: 1, seconds: 60 }])
    pace.close(200)
    const from = performance.now()
    await pace.take(later(1_000), undefined)
    expect(performance.now() - from).toBeGreaterThan(190)
    pace.learn({ requests: 3, seconds: 60 })
    await pace.take(later(0), undefined)
    await expect(pace.take(later(-1), AbortSignal.abort())).resolves.toBeUndefined()
    await expect(pace.take(later(100), undefined)).rejects.toMatchObject({ kind: 'rate' })
  })
})

describe('public addresses', () => {
  it.each(['1.1.1.1', '93.184.216.34', '2606:4700::1111', '::ffff:8.8.8.8'])('%s is one', (address) => {
    expect(isPublicAddress(address)).toBe(true)
  })
  it.each([
    '127.0.0.1',
    '127.8.8.8',
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '192.0.2.1',
    '198.18.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:127.0.0.1',
    '::ffff:10.0.0.1',
    'fc00::1',
    'fd12::1',
    'fe80::1',
    'ff02::1',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    '2001:db8::1',
  ])('%s is none', (address) => {
    expect(isPublicAddress(address)).toBe(false)
  })
})
