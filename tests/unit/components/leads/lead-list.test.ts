import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, it } from 'vitest'
import { LEAD_COLUMNS } from '@/components/leads/list/lead-columns'
import { LeadList } from '@/components/leads/list/lead-list'

it('says beside what is chosen, too, that a search looked at a part of the leads', () => {
  const address = { search: 'ab', status: null, sort: 'created', descending: true, after: null, before: null } as const
  const columns = { list: LEAD_COLUMNS, said: null, shown: LEAD_COLUMNS.standard, choose: () => undefined }
  const html = (searchedNewest: number | null) =>
    renderToStaticMarkup(
      createElement(LeadList, {
        listHref: () => '/leads',
        list: { address, setAddress: () => Promise.resolve(new URLSearchParams()), columns, filtered: true, input: {} },
        query: { data: { leads: [], searchedNewest } as never, error: null, stale: false, retry: () => undefined },
        bar: 'All 12 that match are selected',
        empty: null,
      } as never),
    )
  expect(html(10_000)).toContain('All 12 that match are selected')
  expect(html(10_000)).toContain('Searched in the newest 10,000 leads.')
  expect(html(null)).not.toContain('Searched in')
})
