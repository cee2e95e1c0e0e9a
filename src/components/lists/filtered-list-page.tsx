'use client'

import { type LucideIcon, Plus, SearchX } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { debounce, parseAsInteger, parseAsString, useQueryStates } from 'nuqs'
import { type ReactNode, useCallback } from 'react'
import { useDebounced } from '@/components/hooks/use-debounced'
import { useKey } from '@/components/hooks/use-key'
import { Button, ButtonLink } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Pager } from '@/components/ui/data/pager'
import { EmptyState } from '@/components/ui/empty-state'
import { ErrorState } from '@/components/ui/error-state'
import { SearchInput } from '@/components/ui/fields/search-input'
import { Kbd } from '@/components/ui/kbd'
import { PageHeader } from '@/components/ui/page-header'
import { SkeletonRows } from '@/components/ui/skeleton'
import type { ViewedList } from '@/domain/lists/views'
import { messageOf } from '@/trpc/react'
import type { ColumnChoice } from './columns/use-list-columns'
import { ListTools } from './list-tools'

const PAGE_SIZE = 50
const listParsers = { search: parseAsString.withDefault(''), page: parseAsInteger.withDefault(1) }

/** Search and page of a list as they stand in the address, and what to query once typing has paused. */
export function useListSearch() {
  const [{ search, page }, setAddress] = useQueryStates(listParsers)
  const wanted = useDebounced(search.trim(), 200)
  const input = { page: Math.max(1, page), pageSize: PAGE_SIZE, ...(wanted ? { search: wanted } : {}) }
  return { search, page: input.page, setAddress, wanted, input }
}

type ListQuery<Row> = {
  data: { rows: Row[]; total: number } | undefined
  error: unknown
  isPlaceholderData: boolean
  refetch: () => unknown
}

type ListProps<Row> = {
  noun: string
  /** Where a new one is made. */
  newHref: string
  icon: LucideIcon
  /** One sentence for the empty list. */
  whatItIs: string
  search: ReturnType<typeof useListSearch>
  list: ListQuery<Row>
  choice: ColumnChoice
  /** The address of a page of it. */
  listHref: (query: { search: string; page: number; columns: string | null }) => string
  children: (rows: Row[]) => ReactNode
}

/** A page that lists what there is of one kind (`noun`: "template"), with a filter, pages, a way to make a new one, and honest empty states. */
export function FilteredListPage<Row>({
  noun,
  newHref,
  title,
  sub,
  filterLabel,
  icon,
  whatItIs,
  search: address,
  choice,
  views,
  listHref,
  list,
  children,
}: ListProps<Row> & {
  title: string
  sub: string
  filterLabel: string
  views: ViewedList
}) {
  const router = useRouter()
  const { search, setAddress } = address
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
      <div className="mb-3 flex flex-wrap items-center gap-2">
        <SearchInput
          label={filterLabel}
          value={search}
          onValueChange={(next) =>
            setAddress({ search: next || null, page: null }, { limitUrlUpdates: debounce(300), history: 'replace' })
          }
        />
        <ListTools choice={choice} views={views} />
      </div>
      {list.error && !list.data ? (
        <ErrorState
          title={messageOf(list.error)}
          untouched="Nothing was changed."
          action={<Button onClick={() => list.refetch()}>Try again</Button>}
        />
      ) : (
        <ListCard
          noun={noun}
          newHref={newHref}
          icon={icon}
          whatItIs={whatItIs}
          search={address}
          choice={choice}
          listHref={listHref}
          list={list}
        >
          {children}
        </ListCard>
      )}
    </>
  )
}

function ListCard<Row>({
  noun,
  newHref,
  icon,
  whatItIs,
  search: { search, page, setAddress, wanted },
  choice,
  listHref,
  list,
  children,
}: ListProps<Row>) {
  return (
    <Card className={list.isPlaceholderData ? 'opacity-70 transition-opacity' : ''}>
      {!list.data ? (
        <SkeletonRows rows={4} label={`Loading ${noun}s`} />
      ) : list.data.rows.length > 0 ? (
        <>
          {children(list.data.rows)}
          <Pager
            page={page}
            pageSize={PAGE_SIZE}
            total={list.data.total}
            href={(to) => listHref({ search, page: to, columns: choice.said })}
          />
        </>
      ) : wanted || page > 1 ? (
        <EmptyState
          icon={SearchX}
          title={`No ${noun} matches.`}
          action={<Button onClick={() => setAddress({ search: null, page: null })}>Show all</Button>}
        />
      ) : (
        <EmptyState icon={icon} title={`No ${noun}s yet.`} action={<ButtonLink href={newHref}>New {noun}</ButtonLink>}>
          {whatItIs}
        </EmptyState>
      )}
    </Card>
  )
}
