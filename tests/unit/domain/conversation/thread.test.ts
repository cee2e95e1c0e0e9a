import { describe, expect, it } from 'vitest'
import { childThreadIndex, referenceChain, threadHeaders } from '@/domain/conversation/thread'

const id = (n: number) => `<m${n}@nexa.example>`
const at = { seconds: Date.UTC(2026, 11, 14, 9) / 1000, random: 0x5a }

describe('headers of the next email in a conversation', () => {
  it('answers the last message and names the whole chain, both ids of ours', () => {
    const headers = threadHeaders(
      [
        { messageId: id(1), providerMessageId: '<p1@eu-west-1.amazonses.com>' },
        { messageId: '<reply@nordwind.example>', references: [id(1)] },
        { messageId: id(2), providerMessageId: '<p2@eu-west-1.amazonses.com>' },
      ],
      at,
    )
    expect(headers).toEqual({
      inReplyTo: '<p2@eu-west-1.amazonses.com>',
      references: [
        '<p1@eu-west-1.amazonses.com>',
        id(1),
        '<reply@nordwind.example>',
        id(2),
        '<p2@eu-west-1.amazonses.com>',
      ],
      threadIndex: null,
    })
  })

  it('names ours once where the provider kept it', () => {
    expect(
      referenceChain([
        { messageId: id(1), providerMessageId: id(1) },
        { messageId: id(2), providerMessageId: null },
      ]),
    ).toEqual([id(1), id(2)])
  })

  it('keeps the first and the latest 19 of a long chain', () => {
    const chain = referenceChain(Array.from({ length: 30 }, (_, n) => ({ messageId: id(n) })))
    expect(chain).toEqual([id(0), ...Array.from({ length: 19 }, (_, n) => id(n + 11))])
  })

  it('keeps 20 whole', () => {
    const messages = Array.from({ length: 20 }, (_, n) => ({ messageId: id(n) }))
    expect(referenceChain(messages)).toEqual(messages.map(({ messageId }) => messageId))
  })

  it('has nothing to answer in an empty conversation', () => {
    expect(threadHeaders([], at)).toEqual({ inReplyTo: null, references: [], threadIndex: null })
  })
})

// Six bytes of the time at which the thread began, and a GUID.
const header = [0x01, 0xdc, 0x6c, 0xd8, 0x86, 0xa0, ...Array.from({ length: 16 }, (_, n) => n)]
const base64 = (bytes: number[]) => btoa(String.fromCharCode(...bytes))
const bytesOf = (text: string) => [...atob(text)].map((letter) => letter.charCodeAt(0))
const begun = Date.UTC(2025, 11, 14, 9, 3, 34) / 1000

describe('Thread-Index', () => {
  it('adds a child block of five bytes that tells the time since the header', () => {
    const child = bytesOf(childThreadIndex(base64(header), { seconds: begun + 3_600, random: 0x5a }) ?? '')
    // An hour in units of 2^18 ticks of 100 ns: 137329; the header's own time is cut to 2^16 ticks.
    expect(child.slice(0, 22)).toEqual(header)
    const stamp = ((child[22] ?? 0) << 24) | ((child[23] ?? 0) << 16) | ((child[24] ?? 0) << 8) | (child[25] ?? 0)
    expect(Math.abs(stamp - 137_329)).toBeLessThanOrEqual(40)
    expect(child.slice(26)).toEqual([0x5a])
  })

  it('tells longer times in units of 2^23 ticks, marked by the first bit', () => {
    const twoYears = 2 * 365 * 86_400
    const child = bytesOf(childThreadIndex(base64(header), { seconds: begun + twoYears, random: 1 }) ?? '')
    expect((child[22] ?? 0) & 0x80).toBe(0x80)
    const stamp =
      (((child[22] ?? 0) & 0x7f) << 24) | ((child[23] ?? 0) << 16) | ((child[24] ?? 0) << 8) | (child[25] ?? 0)
    expect(Math.abs(stamp - Math.floor((twoYears * 10_000_000) / 2 ** 23))).toBeLessThanOrEqual(2)
  })

  it('extends an index that has children', () => {
    const parent = base64([...header, 0, 2, 24, 113, 80])
    expect(bytesOf(childThreadIndex(parent, at) ?? '')).toHaveLength(32)
  })

  it.each(['', 'no base64!', base64([1, 2, 3]), base64([...header, 1]), 'A'.repeat(5_000)])(
    'makes none from %j',
    (parent) => {
      expect(childThreadIndex(parent, at)).toBeNull()
    },
  )

  it('is given only where a message of the conversation has one', () => {
    const withIndex = threadHeaders([{ messageId: id(1), threadIndex: base64(header) }, { messageId: id(2) }], at)
    expect(bytesOf(withIndex.threadIndex ?? '')).toHaveLength(27)
    expect(threadHeaders([{ messageId: id(1) }], at).threadIndex).toBeNull()
  })
})
