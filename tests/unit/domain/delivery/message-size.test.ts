import { expect, it } from 'vitest'
import { sizeInWords, tooLargeWords } from '@/domain/delivery/message-size'

it.each([
  [0, '0 bytes'],
  [999, '999 bytes'],
  [1000, '1 kB'],
  [12_345, '12.3 kB'],
  [999_949, '999.9 kB'],
  [999_960, '1 MB'],
  [10_240_000, '10.2 MB'],
  [35_882_577, '35.9 MB'],
  [5_000_000_000_000, '5000 GB'],
])('%i bytes read as "%s"', (bytes, words) => {
  expect(sizeInWords(bytes)).toBe(words)
})

it('names the size and the limit, or the answer where no limit is known', () => {
  expect(tooLargeWords(12_300_000, { limit: 10_000_000 })).toBe(
    'The email is too large: 12.3 MB, and the server takes at most 10 MB.',
  )
  expect(tooLargeWords(800_000, { response: '552 5.3.4 Too big' })).toBe(
    'The email is too large: 800 kB. The server says: “552 5.3.4 Too big”',
  )
})
