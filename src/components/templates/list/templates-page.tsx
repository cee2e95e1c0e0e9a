'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { FileText, Plus, SearchX } from 'lucide-react'
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
import { TemplateTable } from './template-table'

/** All templates, with what uses them. */
export function TemplatesPage() {
  const trpc = useTRPC()
  const router = useRouter()
  const [search, setSearch] = useQueryState('search', parseAsString.withDefault(''))
  const wanted = useDebounced(search.trim(), 200)
  const list = useQuery(
    trpc.templates.list.queryOptions(wanted ? { search: wanted } : {}, { placeholderData: keepPreviousData }),
  )
  useKey(
    'c',
    useCallback(() => router.push('/templates/new'), [router]),
  )
  return (
    <>
      <PageHeader
        title="Templates"
        sub="What a mail says. A workflow or a campaign says when it goes out."
        actions={
          <ButtonLink variant="primary" icon={Plus} href="/templates/new" aria-keyshortcuts="c">
            New template <Kbd inherit>C</Kbd>
          </ButtonLink>
        }
      />
      <div className="mb-3">
        <SearchInput
          label="Filter by name or subject"
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
            <SkeletonRows rows={4} label="Loading templates" />
          ) : list.data.length > 0 ? (
            <TemplateTable rows={list.data} />
          ) : wanted ? (
            <EmptyState
              icon={SearchX}
              title="No template matches."
              action={<Button onClick={() => setSearch(null)}>Show all</Button>}
            />
          ) : (
            <EmptyState
              icon={FileText}
              title="No templates yet."
              action={<ButtonLink href="/templates/new">New template</ButtonLink>}
            >
              A template is a subject and a text with variables such as the lead’s first name.
            </EmptyState>
          )}
        </Card>
      )}
    </>
  )
}
