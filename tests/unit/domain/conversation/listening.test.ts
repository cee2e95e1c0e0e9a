import { describe, expect, it } from 'vitest'
import { chooseListened, listenAgainMs, rearmMs } from '@/domain/conversation/listening'

const MINUTE = 60_000

describe('whom a worker listens to', () => {
  const candidate = (mailboxId: string, emails: number, isFree = true) => ({ mailboxId, emails, isFree })
  const chosen = (candidates: ReturnType<typeof candidate>[], limit: number, own: string[] = []) =>
    [...chooseListened(candidates, { own: new Set(own), limit })].sort()

  it('the busiest, up to its limit, and nobody else’s', () => {
    const all = [candidate('a', 500), candidate('b', 90, false), candidate('c', 40), candidate('d', 300)]
    expect(chosen(all, 2)).toEqual(['a', 'd'])
    expect(chosen(all, 10)).toEqual(['a', 'c', 'd'])
    expect(chosen(all, 0)).toEqual([])
  })

  it('its own give way to one that is busier, not to one that is as busy or a little more', () => {
    const own = candidate('own', 100, false)
    expect(chosen([own, candidate('a', 100)], 1, ['own'])).toEqual(['own'])
    expect(chosen([own, candidate('a', 120)], 1, ['own'])).toEqual(['own'])
    expect(chosen([own, candidate('a', 200)], 1, ['own'])).toEqual(['a'])
  })

  it('asks a server anew in five to nine minutes', () => {
    expect([rearmMs(0), rearmMs(0.5), rearmMs(0.999999)]).toEqual([5 * MINUTE, 7 * MINUTE, 9 * MINUTE])
  })

  it('after failures it waits a minute, doubling, half an hour at most', () => {
    expect([1, 2, 3, 6, 60].map(listenAgainMs)).toEqual([1, 2, 4, 30, 30].map((minutes) => minutes * MINUTE))
  })
})
