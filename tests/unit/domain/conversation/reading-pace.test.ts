import { expect, test } from 'vitest'
import { nextReadAt, troubleAfter } from '@/domain/conversation/reading-pace'

const NOW = new Date('2026-12-18T09:00:00Z')
const inSeconds = (at: Date | null) => at && (at.getTime() - NOW.getTime()) / 1000

test('a mailbox is read again in two to five minutes', () => {
  expect(inSeconds(nextReadAt(NOW, 0))).toBe(120)
  expect(inSeconds(nextReadAt(NOW, 0.5))).toBe(210)
  expect(inSeconds(nextReadAt(NOW, 1))).toBe(300)
})

test('after a failure it is tried again in two seconds, later each time, and in five minutes at most', () => {
  const waits = [0, 1, 2, 5, 13, 1000].map((troubleCount) =>
    inSeconds(troubleAfter('passing', 'Lost.', { troubleCount, realNow: NOW }).nextReadAt),
  )
  expect(waits).toEqual([2, 3, 4.5, 15.188, 300, 300])
})

test('a refused sign-in is not tried again by itself', () => {
  expect(troubleAfter('sign_in', 'Refused.', { troubleCount: 0, realNow: NOW })).toEqual({
    health: 'stopped',
    healthReason: 'Refused.',
    troubleCount: 1,
    nextReadAt: null,
    readAt: null,
  })
})
