import { expect, it } from 'vitest'
import { limitWords, rampWords, readingWords } from '@/components/settings/mailboxes/mailbox-text'

it('says how many connections are used of those that are set, and why', () => {
  expect(limitWords({ to: 2, cause: 'refused' }, 10)).toBe(
    'The server lets us open 2 of 10 connections. Emails leave over those.',
  )
  expect(limitWords({ to: 5, cause: 'slow' }, 10)).toBe(
    'The server is slow to answer, so emails leave over 5 of 10 connections.',
  )
})

it('says that replies are not read, when they were last, or that reading stopped', () => {
  const lastReadAt = new Date('2026-03-02T14:02:00Z')
  type Reader = NonNullable<Parameters<typeof readingWords>[0]>
  const wordOf = (reader: Omit<Reader, 'isTriedAgain'> | null) =>
    readingWords(reader && { ...reader, isTriedAgain: true }).word
  expect(wordOf(null)).toBe('Replies are not read')
  expect(wordOf({ health: 'ready', lastReadAt: null })).toBe('Not read yet')
  expect(wordOf({ health: 'ready', lastReadAt })).toBe('Last read')
  expect(wordOf({ health: 'cooling_down', lastReadAt })).toBe('Reading pauses')
  expect(wordOf({ health: 'stopped', lastReadAt })).toBe('Reading stopped')
})

it('says of a mailbox that stopped whether it goes on by itself once the provider is put right', () => {
  const stopped = { health: 'stopped', lastReadAt: null } as const
  expect(readingWords({ ...stopped, isTriedAgain: false }).follows).toContain('Fix the settings under “Answers”')
  expect(readingWords({ ...stopped, isTriedAgain: true }).follows).toContain('it is tried again every hour')
})

it('says how a mailbox that begins slowly goes on, until it sends all that its limit allows', () => {
  const young = { rampStep: 5, limitToday: 10, dailyLimit: 50, rampEndsOn: '2026-03-12' }
  expect(rampWords(young)).toBe('Ramping up: 10 today, 5 more on each sending day, until 50 on 2026-03-12.')
  expect(rampWords({ ...young, rampEndsOn: null })).toBe('Ramping up: 10 today, 5 more on each sending day.')
  expect(rampWords({ ...young, limitToday: 50 })).toBeNull()
  expect(rampWords({ ...young, rampStep: null })).toBeNull()
})
