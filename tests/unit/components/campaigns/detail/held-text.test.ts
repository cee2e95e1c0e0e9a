import { expect, it } from 'vitest'
import { missingWords } from '@/components/campaigns/detail/progress/held-text'

it('says of how many held emails Sent has no copy, and what follows', () => {
  const why = 'though the provider puts one there within minutes:'
  expect(missingWords(1, 1)).toBe(`An hour later Sent held no copy of it, ${why} it most likely never left.`)
  expect(missingWords(2, 2)).toBe(`An hour later Sent held no copy of them, ${why} they most likely never left.`)
  expect(missingWords(1, 3)).toBe(`An hour later Sent held no copy of 1, ${why} it most likely never left.`)
  expect(missingWords(1_200, 1_201)).toBe(
    `An hour later Sent held no copy of 1,200, ${why} they most likely never left.`,
  )
})
