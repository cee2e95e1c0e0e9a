'use client'

import { useQueryStates } from 'nuqs'
import { useDebounced } from '@/components/hooks/use-debounced'
import { customFieldsOf } from '@/components/lists/columns/list-columns'
import { useListColumns } from '@/components/lists/columns/use-list-columns'
import { LEAD_COLUMNS } from './lead-columns'
import { leadListParsers } from './list-search-params'

const PAGE_SIZE = 50

/** The address of a list of leads, and the query that follows from it. `batch`: it shows that of one batch, whatever its address says. */
export function useLeadListAddress({ batch: ofBatch }: { batch?: string } = {}) {
  const [said, setAddress] = useQueryStates(leadListParsers)
  const address = ofBatch ? { ...said, batch: null } : said
  const { status, sort, descending, after, before } = address
  const columns = useListColumns(LEAD_COLUMNS)
  const customFields = customFieldsOf(columns.shown)
  const search = useDebounced(address.search.trim(), 200)
  const origin = originOf(address)
  const place = after ? { after } : before ? { before } : {}
  const input = { sort, descending, pageSize: PAGE_SIZE, ...place }
  return {
    address,
    setAddress,
    columns,
    filtered: Boolean(search || status || address.batch || Object.keys(origin).length > 0 || after || before),
    input: {
      ...input,
      ...(search ? { search } : {}),
      ...(status ? { statuses: [status] } : {}),
      ...(address.batch ? { batchId: address.batch } : {}),
      ...origin,
      ...(customFields.length > 0 ? { customFields } : {}),
    },
  }
}

type Origin = 'source' | 'addedFrom' | 'addedTo'

/** What the address says of where leads came from, and when. */
export function originOf({ source, addedFrom, addedTo }: Readonly<Record<Origin, string | null>>) {
  return { ...(source ? { source } : {}), ...(addedFrom ? { addedFrom } : {}), ...(addedTo ? { addedTo } : {}) }
}

export type ListAddress = ReturnType<typeof useLeadListAddress>
