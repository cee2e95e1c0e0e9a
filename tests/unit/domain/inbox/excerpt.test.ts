import { expect, it } from 'vitest'
import { excerptOf } from '@/domain/inbox/excerpt'

it('is one line of at most 200 characters, none of them cut in half', () => {
  expect(excerptOf('  Dear Sam,\r\n\n\tyes \n please. ')).toBe('Dear Sam, yes please.')
  expect(excerptOf('😀'.repeat(300))).toBe('😀'.repeat(200))
  expect(excerptOf('')).toBe('')
})
