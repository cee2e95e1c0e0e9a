'use client'

import { SearchX } from 'lucide-react'
import { debounce } from 'nuqs'
import type { ReactNode } from 'react'
import { AsOf } from '@/components/lists/as-of'
import { ExportLink } from '@/components/lists/export-link'
import { ListTools } from '@/components/lists/list-tools'
import { SearchedNewest } from '@/components/lists/searched-newest'
import { useMayWrite } from '@/components/shell/user'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import type { RowSelection } from '@/components/ui/data/checkboxes'
import { FilterChips } from '@/components/ui/data/filter-chips'
import { PlacePager } from '@/components/ui/data/place-pager'
import { EmptyState } from '@/components/ui/empty-state'
import { ErrorState } from '@/components/ui/error-state'
import { SearchInput } from '@/components/ui/fields/search-input'
import { SkeletonRows } from '@/components/ui/skeleton'
import { LEAD_STATUSES } from '@/domain/lead/status'
import type { LeadListQuery } from '@/routes'
import { messageOf } from '@/trpc/react'
import type { LeadRow, LeadList as Leads } from '../api-types'
import { LEAD_STATUS } from '../lead-status'
import { ActiveFilters, FilterButton } from './filter-button'
import { LeadTable } from './lead-table'
import { type ListAddress, originOf } from './list-address'

const NO_FILTER = { search: null, status: null, batch: null, source: null, addedFrom: null, addedTo: null }

/** Search, status chips, table and pager of leads, all kept in the address of the page. */
export function LeadList({
  listHref,
  list,
  query,
  selection,
  bar,
  narrow = false,
  batch,
  views = false,
  empty,
}: {
  /** The address of this list under other filters. */
  listHref: (query: LeadListQuery) => string
  list: ListAddress
  query: { data: Leads | undefined; error: unknown; stale: boolean; retry: () => void }
  /** For those who may do something with what they choose. */
  selection?: RowSelection<LeadRow>
  /** Instead of search and chips; what the search could not look at is said with it, too. */
  bar?: ReactNode | false
  /** Beside an aside. */
  narrow?: boolean
  /** The batch whose leads they are. */
  batch?: string
  /** People keep views of it. */
  views?: boolean
  /** When there is no lead at all. */
  empty: ReactNode
}) {
  const { address, setAddress, columns, filtered } = list
  const mayWrite = useMayWrite()
  const { data } = query
  const hrefOf = (change: LeadListQuery) =>
    listHref({ ...address, columns: columns.said, after: null, before: null, ...change })
  const note = data?.searchedNewest ? <SearchedNewest many="leads" newest={data.searchedNewest} /> : null
  return (
    <>
      {bar ? (
        <>
          {bar}
          {note && <p className="mb-3">{note}</p>}
        </>
      ) : (
        <Filters list={list} data={data} hrefOf={hrefOf} note={note} ofBatch={batch !== undefined}>
          <ListTools choice={columns} {...(views ? { views: 'leads' } : {})}>
            {Boolean(data?.leads.length) && <Export address={address} batch={batch ?? address.batch} />}
          </ListTools>
        </Filters>
      )}
      <AsOf at={data?.asOf} />
      {query.error && !data ? (
        <ErrorState
          title={messageOf(query.error)}
          untouched="Your leads are as they were."
          action={<Button onClick={query.retry}>Try again</Button>}
        />
      ) : (
        <Card className={query.stale ? 'opacity-70 transition-opacity' : ''}>
          {!data ? (
            <SkeletonRows rows={8} label="Loading leads" />
          ) : data.leads.length > 0 ? (
            <>
              <LeadTable
                rows={data.leads}
                sorting={{ ...address, hrefOf: (sort, descending) => hrefOf({ sort, descending }) }}
                narrow={narrow}
                keys={columns.shown}
                {...(selection && mayWrite ? { selection } : {})}
              />
              <PlacePager page={data} noun="lead" href={hrefOf} />
            </>
          ) : filtered ? (
            <NoMatch onClear={() => setAddress({ ...NO_FILTER, after: null, before: null })} />
          ) : (
            empty
          )}
        </Card>
      )}
    </>
  )
}

const Export = ({ address, batch }: Pick<ListAddress, 'address'> & { batch: string | null }) => (
  <ExportLink list="leads" search={address.search} status={address.status} batch={batch} {...originOf(address)} />
)

/** Search, what else can be done with the list, and below them the status chips. */
function Filters({
  list,
  data,
  hrefOf,
  note,
  ofBatch,
  children,
}: {
  list: ListAddress
  data: Leads | undefined
  hrefOf: (change: LeadListQuery) => string
  note: ReactNode
  ofBatch: boolean
  children: ReactNode
}) {
  const { address, setAddress, filtered } = list
  return (
    <div className="mb-3 flex flex-wrap items-center gap-2">
      <SearchInput
        label="Name, company, address"
        value={address.search}
        onValueChange={(search) =>
          setAddress({ search, after: null, before: null }, { limitUrlUpdates: debounce(300), history: 'replace' })
        }
        className="w-auto flex-1 sm:w-[250px] sm:flex-none"
      />
      <FilterButton list={list} ofBatch={ofBatch} />
      {children}
      <StatusChips list={data} filtered={filtered} current={address.status} hrefOf={(status) => hrefOf({ status })} />
      <ActiveFilters list={list} />
      {data && data.sort !== address.sort && (
        <span className="text-caption text-ink-3">
          Too many are found to sort them: the order is that of their arrival.
        </span>
      )}
      {note}
    </div>
  )
}

function NoMatch({ onClear }: { onClear: () => void }) {
  return (
    <EmptyState icon={SearchX} title="No lead matches." action={<Button onClick={onClear}>Show all</Button>}>
      Search looks at names, companies, job titles, cities and addresses.
    </EmptyState>
  )
}

/** Only statuses that some lead has: eleven chips would say little. */
function StatusChips({
  list,
  filtered,
  current,
  hrefOf,
}: {
  list: Leads | undefined
  /** A search or a status leaves some out: the way to the others stays in sight. */
  filtered: boolean
  current: keyof typeof LEAD_STATUS | null
  hrefOf: (status: keyof typeof LEAD_STATUS | null) => string
}) {
  // Null: a search found too many to count them by status.
  const counts = list?.statusCounts
  const all = Object.values(counts ?? {}).reduce((sum, count) => sum + count, 0)
  const present = LEAD_STATUSES.filter((status) => counts === null || (counts?.[status] ?? 0) > 0 || status === current)
  if (all === 0 && !filtered) return null
  return (
    <FilterChips
      wide
      label="Filter by status"
      current={hrefOf(current)}
      chips={[
        { label: 'All', href: hrefOf(null), ...(counts === null ? {} : { count: all }) },
        ...present.map((status) => ({
          label: LEAD_STATUS[status].label,
          href: hrefOf(status),
          ...(counts === null ? {} : { count: counts?.[status] ?? 0 }),
        })),
      ]}
    />
  )
}
