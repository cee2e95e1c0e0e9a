import { createElement, type ReactElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, it } from 'vitest'
import { EmailsTable } from '@/components/campaigns/detail/emails/emails-table'
import { CampaignTable } from '@/components/campaigns/list/campaign-table'
import { LEAD_COLUMNS } from '@/components/leads/list/lead-columns'
import { LeadList } from '@/components/leads/list/lead-list'
import { UserProvider } from '@/components/shell/user'
import type { Role } from '@/domain/team/roles'

const chosen = new Map<string, never>()
const selection = { ids: chosen, toggle: () => undefined }
const sorting = { sort: 'created', descending: true, hrefOf: () => '' } as const
const address = { search: '', status: null, sort: 'created', descending: true, after: null, before: null } as const
const columns = { list: LEAD_COLUMNS, said: null, shown: [], choose: () => undefined }
const leads = [{ id: 'a', email: 'li@customer.example', firstName: null, lastName: null }]

const LISTS: [string, () => ReactElement][] = [
  ['campaigns', () => createElement(CampaignTable, { type: 'outreach', rows: [], columns: [], sorting, selection })],
  [
    'leads, also those of a batch',
    () =>
      createElement(LeadList, {
        listHref: () => '/leads',
        list: {
          address,
          setAddress: () => Promise.resolve(new URLSearchParams()),
          columns,
          filtered: false,
          input: {},
        },
        query: { data: { leads, total: 1 }, error: null, stale: false, retry: () => undefined },
        ...{ bar: 'Filters', selection, empty: null },
      } as never),
  ],
  [
    'emails of a campaign',
    () =>
      createElement(EmailsTable, {
        rows: [{ id: 'a', status: 'failed', leadName: 'Li', leadEmail: 'li@customer.example' }],
        ...{ zone: 'UTC', now: undefined, hrefOf: () => '', chosen, onToggle: () => undefined, columns: [] },
      } as never),
  ],
]

it.each(LISTS)('%s offer a choice to those alone who may do something with it', (_, list) => {
  const html = (role: Role) =>
    renderToStaticMarkup(UserProvider({ user: { name: 'Kim', email: 'kim@nexa.example', role }, children: list() }))
  expect(html('member')).toContain('type="checkbox"')
  expect(html('viewer')).not.toContain('type="checkbox"')
})
