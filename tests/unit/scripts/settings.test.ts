import { expect, it } from 'vitest'
import { readSettings } from '../../../scripts/lib/app/settings'

it.each(['short', 'g'.repeat(64), 'a'.repeat(63), 'a'.repeat(65)])(
  'refuses %j as ENCRYPTION_KEY, without repeating it',
  (key) => {
    expect(() => readSettings({ NODE_ENV: 'test', ENCRYPTION_KEY: key })).toThrow(
      'ENCRYPTION_KEY is not of 64 hexadecimal digits. Nothing was started. Correct it, or leave it out.',
    )
  },
)

it('takes 64 digits of either case, and an empty variable as none', () => {
  const key = 'aB'.repeat(32)
  expect(readSettings({ NODE_ENV: 'test', ENCRYPTION_KEY: key }).encryptionKey).toBe(key)
  expect(readSettings({ NODE_ENV: 'test', ENCRYPTION_KEY: ' ' }).encryptionKey).toBeUndefined()
})
