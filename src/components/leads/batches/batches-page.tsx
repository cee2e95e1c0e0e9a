'use client'

import { keepPreviousData } from '@tanstack/react-query'
import { FileUp, Layers, Plus, SearchX } from 'lucide-react'
import { debounce } from 'nuqs'
import { useState } from 'react'
import { AsOf } from '@/components/lists/as-of'
import { useListColumns } from '@/components/lists/columns/use-list-columns'
import { ExportLink } from '@/components/lists/export-link'
import { useListSearch } from '@/components/lists/filtered-list-page'
import { ListTools } from '@/components/lists/list-tools'
import { Button, ButtonLink } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Pager } from '@/components/ui/data/pager'
import { EmptyState } from '@/components/ui/empty-state'
import { ErrorState } from '@/components/ui/error-state'
import { SearchInput } from '@/components/ui/fields/search-input'
import { PageHeader } from '@/components/ui/page-header'
import { SkeletonRows } from '@/components/ui/skeleton'
import { routes } from '@/routes'
import { api, messageOf } from '@/trpc/react'
import { LeadsTabs } from '../leads-tabs'
import { BATCH_COLUMNS } from './batch-columns'
import { BatchFormDialog } from './batch-form-dialog'
import { BatchTable } from './batch-table'

/** Batches: how many leads each has, and which campaign uses it. */
export function BatchesPage() {
  const { search, page, setAddress, wanted, input } = useListSearch()
  const choice = useListColumns(BATCH_COLUMNS)
  const [making, setMaking] = useState(false)
  const batches = api.batches.list.useQuery(input, { placeholderData: keepPreviousData })
  const shown = batches.data?.rows
  return (
    <>
      <PageHeader
        title="Leads"
        actions={
          <>
            <Button icon={Plus} onClick={() => setMaking(true)}>
              New batch
            </Button>
            <ButtonLink variant="primary" icon={FileUp} href={routes.importLeads()} prefetch={false}>
              Import leads
            </ButtonLink>
          </>
        }
      />
      <LeadsTabs current="batches" />
      <div className="mb-3 flex flex-wrap items-center gap-2">
        <SearchInput
          label="Filter by name"
          value={search}
          onValueChange={(next) =>
            setAddress({ search: next || null, page: null }, { limitUrlUpdates: debounce(300), history: 'replace' })
          }
        />
        <ListTools choice={choice} views="batches">
          {shown && shown.length > 0 && <ExportLink list="batches" search={search} />}
        </ListTools>
      </div>
      <AsOf at={batches.data?.asOf} />
      {batches.error && !batches.data ? (
        <ErrorState
          title={messageOf(batches.error)}
          untouched="Your batches are as they were."
          action={<Button onClick={() => batches.refetch()}>Try again</Button>}
        />
      ) : (
        <Card>
          {!shown ? (
            <SkeletonRows rows={6} label="Loading batches" />
          ) : shown.length > 0 ? (
            <>
              <BatchTable rows={shown} columns={choice.shown} />
              <Pager
                page={page}
                pageSize={input.pageSize}
                total={batches.data?.total ?? 0}
                href={(to) => routes.batchList({ search, page: to, columns: choice.said })}
              />
            </>
          ) : wanted || page > 1 ? (
            <EmptyState
              icon={SearchX}
              title="No batch matches."
              action={<Button onClick={() => setAddress({ search: null, page: null })}>Show all</Button>}
            />
          ) : (
            <EmptyState
              icon={Layers}
              title="No batches yet."
              action={<ButtonLink href={routes.importLeads()}>Import leads</ButtonLink>}
            >
              A batch is a named set of leads, and what a campaign is started with.
            </EmptyState>
          )}
        </Card>
      )}
      <BatchFormDialog open={making} onOpenChange={setMaking} />
    </>
  )
}
