'use client'

import { keepPreviousData } from '@tanstack/react-query'
import { Ban, SearchX } from 'lucide-react'
import { debounce, useQueryStates } from 'nuqs'
import { useState } from 'react'
import { useDebounced } from '@/components/hooks/use-debounced'
import { useZone } from '@/components/hooks/use-zone'
import { AsOf } from '@/components/lists/as-of'
import { useListColumns } from '@/components/lists/columns/use-list-columns'
import { ExportLink } from '@/components/lists/export-link'
import { ListTools } from '@/components/lists/list-tools'
import { SearchedNewest } from '@/components/lists/searched-newest'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { FilterChips } from '@/components/ui/data/filter-chips'
import { PlacePager } from '@/components/ui/data/place-pager'
import { EmptyState } from '@/components/ui/empty-state'
import { ErrorState } from '@/components/ui/error-state'
import { SearchInput } from '@/components/ui/fields/search-input'
import { Stack } from '@/components/ui/layout'
import { SkeletonRows } from '@/components/ui/skeleton'
import { routes } from '@/routes'
import { api, messageOf } from '@/trpc/react'
import type { SuppressionEntry } from '../api-types'
import { AddSuppression } from './add-suppression'
import { ImportSuppression } from './import-suppression'
import { suppressionParsers } from './list-search-params'
import { RemoveSuppression } from './remove-suppression'
import { SUPPRESSION_COLUMNS } from './suppression-columns'
import { SuppressionHistory } from './suppression-history'
import { SuppressionTable } from './suppression-table'

const PAGE_SIZE = 50
/** The first page. */
const FIRST = { after: null, before: null }

/** Addresses and domains that no campaign writes to. */
export function SuppressionPage() {
  const [{ kind, search, after, before }, setAddress] = useQueryStates(suppressionParsers)
  const choice = useListColumns(SUPPRESSION_COLUMNS)
  const columns = choice.said
  const wanted = useDebounced(search.trim(), 200)
  const [removing, setRemoving] = useState<SuppressionEntry | null>(null)
  const zone = useZone()
  const list = api.suppression.list.useQuery(
    {
      pageSize: PAGE_SIZE,
      ...(after ? { after } : before ? { before } : {}),
      ...(kind ? { kind } : {}),
      ...(wanted ? { search: wanted } : {}),
    },
    { placeholderData: keepPreviousData },
  )
  const filtered = Boolean(wanted || kind || after || before)
  return (
    <Stack>
      <Head />
      <div className="flex flex-wrap items-center gap-2">
        <SearchInput
          label="Search addresses and domains"
          value={search}
          onValueChange={(next) =>
            setAddress({ search: next, ...FIRST }, { limitUrlUpdates: debounce(300), history: 'replace' })
          }
        />
        {list.data?.searchedNewest && <SearchedNewest many="entries" newest={list.data.searchedNewest} />}
        <KindChips current={kind} hrefOf={(one) => routes.suppression({ kind: one, search, columns })} />
        <ListTools choice={choice} views="suppression">
          {list.data && list.data.entries.length > 0 && <ExportLink list="suppression" search={search} kind={kind} />}
        </ListTools>
      </div>
      <AsOf at={list.data?.asOf} />
      {list.error && !list.data ? (
        <ErrorState
          title={messageOf(list.error)}
          untouched="Nothing was changed."
          action={<Button onClick={() => list.refetch()}>Try again</Button>}
        />
      ) : (
        <Card className={list.isPlaceholderData ? 'opacity-70 transition-opacity' : ''}>
          {!list.data ? (
            <SkeletonRows rows={5} label="Loading the list" />
          ) : list.data.entries.length === 0 ? (
            filtered ? (
              <EmptyState
                icon={SearchX}
                title="Nothing matches."
                action={<Button onClick={() => setAddress({ kind: null, search: null, ...FIRST })}>Show all</Button>}
              />
            ) : (
              <EmptyState icon={Ban} title="Nobody is on the list.">
                Whoever unsubscribes is put here by itself.
              </EmptyState>
            )
          ) : (
            <>
              <SuppressionTable entries={list.data.entries} zone={zone} keys={choice.shown} onRemove={setRemoving} />
              <PlacePager
                page={list.data}
                noun="entry"
                many="entries"
                href={(place) => routes.suppression({ kind, search, columns, ...place })}
              />
            </>
          )}
        </Card>
      )}
      <SuppressionHistory zone={zone} />
      <RemoveSuppression entry={removing} onClose={() => setRemoving(null)} />
    </Stack>
  )
}

type Kind = SuppressionEntry['kind'] | null

const KindChips = ({ current, hrefOf }: { current: Kind; hrefOf: (kind: Kind) => string }) => (
  <FilterChips
    label="Filter by kind"
    current={hrefOf(current)}
    chips={[
      { label: 'All', href: hrefOf(null) },
      { label: 'Addresses', href: hrefOf('address') },
      { label: 'Domains', href: hrefOf('domain') },
    ]}
  />
)

function Head() {
  return (
    <div className="flex flex-wrap items-center justify-between gap-3">
      <p className="text-control text-ink-2">No campaign sends emails to an address or a domain on this list.</p>
      <div className="flex flex-wrap gap-2">
        <ImportSuppression />
        <AddSuppression />
      </div>
    </div>
  )
}
