'use client'

import { type LucideIcon, Plus, SearchX } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { debounce, parseAsString, useQueryState } from 'nuqs'
import { type ReactNode, useCallback } from 'react'
import { useDebounced } from '@/components/hooks/use-debounced'
import { useKey } from '@/components/hooks/use-key'
import { Button, ButtonLink } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { ErrorState } from '@/components/ui/error-state'
import { SearchInput } from '@/components/ui/fields/search-input'
import { Kbd } from '@/components/ui/kbd'
import { PageHeader } from '@/components/ui/page-header'
import { SkeletonRows } from '@/components/ui/skeleton'
import { messageOf } from '@/trpc/react'

/** The search of a list: the text in the address, and the one to query once typing has paused. */
export function useListSearch() {
  const [search, setSearch] = useQueryState('search', parseAsString.withDefault(''))
  return { search, setSearch, wanted: useDebounced(search.trim(), 200) }
}

type ListQuery<Row> = {
  data: Row[] | undefined
  error: unknown
  isPlaceholderData: boolean
  refetch: () => unknown
}

/** A page that lists all of one kind (`noun`: "template"), with a filter, a way to make a new one, and honest empty states. */
export function FilteredListPage<Row>({
  noun,
  newHref,
  title,
  sub,
  filterLabel,
  icon,
  whatItIs,
  search: { search, setSearch, wanted },
  list,
  children,
}: {
  noun: string
  /** Where a new one is made. */
  newHref: string
  title: string
  sub: string
  filterLabel: string
  icon: LucideIcon
  /** One sentence for the empty list. */
  whatItIs: string
  search: ReturnType<typeof useListSearch>
  list: ListQuery<Row>
  children: (rows: Row[]) => ReactNode
}) {
  const router = useRouter()
  useKey(
    'c',
    useCallback(() => router.push(newHref), [router, newHref]),
  )
  return (
    <>
      <PageHeader
        title={title}
        sub={sub}
        actions={
          <ButtonLink variant="primary" icon={Plus} href={newHref} aria-keyshortcuts="c">
            New {noun} <Kbd inherit>C</Kbd>
          </ButtonLink>
        }
      />
      <div className="mb-3">
        <SearchInput
          label={filterLabel}
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
            <SkeletonRows rows={4} label={`Loading ${noun}s`} />
          ) : list.data.length > 0 ? (
            children(list.data)
          ) : wanted ? (
            <EmptyState
              icon={SearchX}
              title={`No ${noun} matches.`}
              action={<Button onClick={() => setSearch(null)}>Show all</Button>}
            />
          ) : (
            <EmptyState
              icon={icon}
              title={`No ${noun}s yet.`}
              action={<ButtonLink href={newHref}>New {noun}</ButtonLink>}
            >
              {whatItIs}
            </EmptyState>
          )}
        </Card>
      )}
    </>
  )
}
