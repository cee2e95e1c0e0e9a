'use client'

import { useQueryStates } from 'nuqs'
import { useDebounced } from '@/components/hooks/use-debounced'
import { customFieldsOf } from '@/components/lists/columns/list-columns'
import { useListColumns } from '@/components/lists/columns/use-list-columns'
import { LEAD_COLUMNS } from './lead-columns'
import { leadListParsers } from './list-search-params'

const PAGE_SIZE = 50

/** The address of a list of leads, and the query that follows from it. */
export function useLeadListAddress() {
  const [address, setAddress] = useQueryStates(leadListParsers)
  const { status, sort, descending, after, before } = address
  const columns = useListColumns(LEAD_COLUMNS)
  const customFields = customFieldsOf(columns.shown)
  const search = useDebounced(address.search.trim(), 200)
  const place = after ? { after } : before ? { before } : {}
  const input = { sort, descending, pageSize: PAGE_SIZE, ...place }
  return {
    address,
    setAddress,
    columns,
    filtered: Boolean(search || status || after || before),
    input: {
      ...input,
      ...(search ? { search } : {}),
      ...(status ? { statuses: [status] } : {}),
      ...(customFields.length > 0 ? { customFields } : {}),
    },
  }
}

export type ListAddress = ReturnType<typeof useLeadListAddress>
