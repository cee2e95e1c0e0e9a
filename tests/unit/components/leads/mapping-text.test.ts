import { expect, test } from 'vitest'
import { precedence } from '@/components/leads/import/mapping-text'

test('says which of several columns wins, in their order, and nothing where there is no doubt', () => {
  expect(
    precedence([
      { name: 'Firma', target: 'companyName' },
      { name: 'Email', target: 'email' },
      { name: '', target: 'companyName' },
      { name: 'Notes', target: 'ignore' },
      { name: 'More', target: 'ignore' },
    ]),
  ).toEqual(['Company takes the first of these that has a value in the row: “Firma”, then “Column 3”.'])
  expect(precedence([{ name: 'Email', target: 'email' }])).toEqual([])
})
