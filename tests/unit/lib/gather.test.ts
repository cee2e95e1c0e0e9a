import { afterEach, describe, expect, it, vi } from 'vitest'
import { inGroups } from '@/lib/gather'

afterEach(() => {
  vi.useRealTimers()
})

describe('answers in groups', () => {
  const asked = (count: number) => Array.from({ length: count }, () => Promise.withResolvers<number>())
  const groupsOf = (answers: PromiseWithResolvers<number>[]) => inGroups(answers.map(({ promise }) => promise))

  it('come all together where they are there together', async () => {
    const answers = asked(10)
    const groups = groupsOf(answers)
    const first = groups.next()
    for (const [i, { resolve }] of answers.entries()) resolve(i)
    expect(await first).toEqual({ done: false, value: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] })
    expect(await groups.next()).toEqual({ done: true, value: undefined })
  })

  it('wait a moment for the last ones, no longer', async () => {
    vi.useFakeTimers()
    const answers = asked(20)
    const groups = groupsOf(answers)
    const first = groups.next()
    for (const [i, { resolve }] of answers.slice(0, 18).entries()) resolve(i)
    await vi.advanceTimersByTimeAsync(9)
    answers[18]?.resolve(18)
    await vi.advanceTimersByTimeAsync(1)
    expect((await first).value).toHaveLength(19)
    const last = groups.next()
    answers[19]?.resolve(19)
    expect((await last).value).toEqual([19])
  })

  it('never wait for the slowest', async () => {
    const answers = asked(4)
    const groups = groupsOf(answers)
    const first = groups.next()
    for (const i of [3, 0, 1]) answers[i]?.resolve(i)
    expect((await first).value).toEqual([3, 0, 1])
    const last = groups.next()
    answers[2]?.resolve(2)
    expect((await last).value).toEqual([2])
    expect((await groups.next()).done).toBe(true)
  })

  it('keep what comes while nobody takes them', async () => {
    const answers = asked(3)
    const groups = groupsOf(answers)
    const first = groups.next()
    answers[0]?.resolve(0)
    expect((await first).value).toEqual([0])
    answers[1]?.resolve(1)
    answers[2]?.resolve(2)
    await Promise.all(answers.map(({ promise }) => promise))
    expect((await groups.next()).value).toEqual([1, 2])
    expect((await groups.next()).done).toBe(true)
  })

  it('are none of none', async () => {
    expect((await inGroups([]).next()).done).toBe(true)
  })
})
