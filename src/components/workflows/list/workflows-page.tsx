'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { ListOrdered, Plus, SearchX } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { debounce, parseAsString, useQueryState } from 'nuqs'
import { useCallback } from 'react'
import { useDebounced } from '@/components/campaigns/use-debounced'
import { useKey } from '@/components/campaigns/use-key'
import { Button, ButtonLink } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { ErrorState } from '@/components/ui/error-state'
import { Kbd } from '@/components/ui/kbd'
import { PageHeader } from '@/components/ui/page-header'
import { SearchInput } from '@/components/ui/search-input'
import { SkeletonRows } from '@/components/ui/skeleton'
import { messageOf, useTRPC } from '@/trpc/react'
import { WorkflowTable } from './workflow-table'

/** All workflows, with the campaigns they are under way in. */
export function WorkflowsPage() {
  const trpc = useTRPC()
  const router = useRouter()
  const [search, setSearch] = useQueryState('search', parseAsString.withDefault(''))
  const wanted = useDebounced(search.trim(), 200)
  const list = useQuery(
    trpc.workflows.list.queryOptions(wanted ? { search: wanted } : {}, { placeholderData: keepPreviousData }),
  )
  useKey(
    'c',
    useCallback(() => router.push('/workflows/new'), [router]),
  )
  return (
    <>
      <PageHeader
        title="Workflows"
        sub="Which mail goes out on which day. A campaign sends a workflow to its leads."
        actions={
          <ButtonLink variant="primary" icon={Plus} href="/workflows/new" aria-keyshortcuts="c">
            New workflow <Kbd inherit>C</Kbd>
          </ButtonLink>
        }
      />
      <div className="mb-3">
        <SearchInput
          label="Filter by name"
          value={search}
          onValueChange={(next) => setSearch(next || null, { limitUrlUpdates: debounce(300), history: 'replace' })}
        />
      </div>
      {list.error && !list.data ? (
        <ErrorState
          title={messageOf(list.error)}
          untouched="Nothing was changed."
          action={<Button onClick={() => list.refetch()}>Try again</Button>}
        />
      ) : (
        <Card className={list.isPlaceholderData ? 'opacity-70 transition-opacity' : ''}>
          {!list.data ? (
            <SkeletonRows rows={4} label="Loading workflows" />
          ) : list.data.length > 0 ? (
            <WorkflowTable rows={list.data} />
          ) : wanted ? (
            <EmptyState
              icon={SearchX}
              title="No workflow matches."
              action={<Button onClick={() => setSearch(null)}>Show all</Button>}
            />
          ) : (
            <EmptyState
              icon={ListOrdered}
              title="No workflows yet."
              action={<ButtonLink href="/workflows/new">New workflow</ButtonLink>}
            >
              A workflow is a row of mails with days between them, such as three touches, one day apart.
            </EmptyState>
          )}
        </Card>
      )}
    </>
  )
}
