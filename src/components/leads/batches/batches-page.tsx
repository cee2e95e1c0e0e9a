'use client'

import { FileUp, Layers, Plus, SearchX } from 'lucide-react'
import { debounce, parseAsString, useQueryState } from 'nuqs'
import { useState } from 'react'
import { Button, ButtonLink } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { ErrorState } from '@/components/ui/error-state'
import { SearchInput } from '@/components/ui/fields/search-input'
import { PageHeader } from '@/components/ui/page-header'
import { SkeletonRows } from '@/components/ui/skeleton'
import { routes } from '@/routes'
import { api, messageOf } from '@/trpc/react'
import { LeadsTabs } from '../leads-tabs'
import { BatchFormDialog } from './batch-form-dialog'
import { BatchTable } from './batch-table'

/** All batches: how many leads each has, and which campaign uses it. */
export function BatchesPage() {
  const [search, setSearch] = useQueryState('search', parseAsString.withDefault(''))
  const [making, setMaking] = useState(false)
  const batches = api.batches.list.useQuery({})
  const wanted = search.trim().toLowerCase()
  const shown = batches.data?.filter(({ name }) => name.toLowerCase().includes(wanted))
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
          onValueChange={(next) => setSearch(next || null, { limitUrlUpdates: debounce(300), history: 'replace' })}
        />
      </div>
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
            <BatchTable rows={shown} />
          ) : wanted ? (
            <EmptyState
              icon={SearchX}
              title="No batch matches."
              action={<Button onClick={() => setSearch(null)}>Show all</Button>}
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
