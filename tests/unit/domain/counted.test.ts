import { expect, it } from 'vitest'
import { counted } from '@/domain/counted'

it.each([
  [0, 'lead', '0 leads'],
  [1, 'lead', '1 lead'],
  [1240, 'lead', '1,240 leads'],
  [1, 'batch', '1 batch'],
  [3, 'batch', '3 batches'],
  [2, 'mailbox', '2 mailboxes'],
])('counts %i of the noun %s as "%s"', (count, noun, words) => {
  expect(counted(count, noun)).toBe(words)
})

it('takes a plural that is not regular', () => {
  expect(counted(2, 'person', 'people')).toBe('2 people')
  expect(counted(1, 'person', 'people')).toBe('1 person')
})
