import { expect, it } from 'vitest'
import { viewQuery } from '@/domain/lists/views'

it('keeps filters and order, and neither the page, what is open in it, nor the way back', () => {
  expect(viewQuery('search=kiel&sort=company&after=a&before=b&page=3&email=1&run=2&id=3&back=%2Fleads')).toBe(
    'search=kiel&sort=company',
  )
})

it('names the columns that are shown, whether the address does or the browser has kept them', () => {
  expect(viewQuery('search=kiel', 'company,place')).toBe('search=kiel&columns=company%2Cplace')
  expect(viewQuery('columns=source&page=2', 'company')).toBe('columns=company')
  expect(viewQuery('', 'none')).toBe('columns=none')
})
