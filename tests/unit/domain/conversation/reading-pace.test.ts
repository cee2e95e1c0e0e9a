import { expect, test } from 'vitest'
import { isGivenUp, nextReadAt, troubleAfter } from '@/domain/conversation/reading-pace'

const NOW = new Date('2026-12-18T09:00:00Z')
const inSeconds = (at: Date | null) => at && (at.getTime() - NOW.getTime()) / 1000

test('a mailbox is read again in two to five minutes', () => {
  expect(inSeconds(nextReadAt(NOW, 0))).toBe(120)
  expect(inSeconds(nextReadAt(NOW, 0.5))).toBe(210)
  expect(inSeconds(nextReadAt(NOW, 1))).toBe(300)
})

test('after a failure it is tried again in two seconds, later each time, and in five minutes at most', () => {
  const waits = [0, 1, 2, 5, 13, 1000].map((troubleCount) =>
    inSeconds(troubleAfter('passing', 'Lost.', { troubleCount, stoppedFor: null, realNow: NOW }).nextReadAt),
  )
  expect(waits).toEqual([2, 3, 4.5, 15.188, 300, 300])
})

test('a refused sign-in is not tried again by itself', () => {
  expect(troubleAfter('sign_in', 'Refused.', { troubleCount: 0, stoppedFor: null, realNow: NOW })).toEqual({
    health: 'stopped',
    healthReason: 'Refused.',
    troubleCount: 1,
    nextReadAt: null,
    readAt: null,
  })
})

test('a sign-in that the provider refuses whatever the password is tried again every hour, and its reason stays meanwhile', () => {
  const off = troubleAfter('provider', 'IMAP is off.', { troubleCount: 3, stoppedFor: null, realNow: NOW })
  expect(off).toMatchObject({ health: 'stopped', healthReason: 'IMAP is off.', troubleCount: 4 })
  expect(inSeconds(off.nextReadAt)).toBe(3600)
  const lost = troubleAfter('passing', 'Lost.', { troubleCount: 4, stoppedFor: 'IMAP is off.', realNow: NOW })
  expect(lost).toMatchObject({ health: 'stopped', healthReason: 'IMAP is off.' })
  expect(lost.nextReadAt).not.toBeNull()
})

test('what a server refuses is given up after an hour, what it puts off after three days; a folder that it forbids at once', () => {
  const givenUp = (what: 'message' | 'folder', kind: Parameters<typeof isGivenUp>[1], minutes: number) =>
    isGivenUp(what, kind, { since: NOW, realNow: new Date(NOW.getTime() + minutes * 60_000) })
  for (const what of ['message', 'folder'] as const) {
    expect([givenUp(what, 'broken', 59), givenUp(what, 'broken', 60)]).toEqual([false, true])
    expect([givenUp(what, 'put_off', 4319), givenUp(what, 'put_off', 4320)]).toEqual([false, true])
  }
  expect([givenUp('message', 'message', 59), givenUp('message', 'message', 60)]).toEqual([false, true])
  expect(givenUp('folder', 'message', 0)).toBe(true)
})
