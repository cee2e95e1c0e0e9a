import { expect, it } from 'vitest'
import { limitWords } from '@/components/settings/mailboxes/mailbox-text'

it('says how many connections are used of those that are set, and why', () => {
  expect(limitWords({ to: 2, cause: 'refused' }, 10)).toBe(
    'The server lets us open 2 of 10 connections. Emails leave over those.',
  )
  expect(limitWords({ to: 5, cause: 'slow' }, 10)).toBe(
    'The server is slow to answer, so emails leave over 5 of 10 connections.',
  )
})
