'use client'

import { useQueryStates } from 'nuqs'
import { useDebounced } from '@/components/hooks/use-debounced'
import { customFieldsOf, STANDARD_COLUMNS } from './lead-columns'
import { leadListParsers } from './list-search-params'
import { useKeptColumns } from './use-kept-columns'

const PAGE_SIZE = 50

/** The address of a list of leads, and the query that follows from it. */
export function useLeadListAddress() {
  const [address, setAddress] = useQueryStates(leadListParsers)
  const { status, sort, descending, after, before } = address
  const kept = useKeptColumns()
  const chosen = address.columns ?? kept
  const columns = chosen === null ? STANDARD_COLUMNS : chosen.split(',').filter(Boolean)
  const customFields = customFieldsOf(columns)
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
