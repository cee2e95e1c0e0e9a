'use client'

import { keepPreviousData } from '@tanstack/react-query'
import { FlaskConical, SearchX } from 'lucide-react'
import { debounce, useQueryStates } from 'nuqs'
import { useDebounced } from '@/components/hooks/use-debounced'
import { useZone } from '@/components/hooks/use-zone'
import { useListColumns } from '@/components/lists/columns/use-list-columns'
import { ListTools } from '@/components/lists/list-tools'
import { useHealth } from '@/components/shell/health'
import { Button, ButtonLink } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { PlacePager } from '@/components/ui/data/place-pager'
import { EmptyState } from '@/components/ui/empty-state'
import { ErrorState } from '@/components/ui/error-state'
import { SearchInput } from '@/components/ui/fields/search-input'
import { Stack } from '@/components/ui/layout'
import { formatCount, inNumber } from '@/components/ui/numbers'
import { PageHeader } from '@/components/ui/page-header'
import { SkeletonRows } from '@/components/ui/skeleton'
import { routes } from '@/routes'
import { api, messageOf } from '@/trpc/react'
import { LiveCallout } from './live-callout'
import { SANDBOX_COLUMNS } from './sandbox-columns'
import { sandboxParsers } from './sandbox-search-params'
import { SandboxTable } from './sandbox-table'

const PAGE_SIZE = 50
/** The first page. */
const FIRST = { after: null, before: null }

/** The emails that the sandbox received, newest first: the emails as people would get them. */
export function SandboxPage() {
  const [{ search, after, before }, setAddress] = useQueryStates(sandboxParsers)
  const choice = useListColumns(SANDBOX_COLUMNS)
  const wanted = useDebounced(search.trim(), 200)
  const mode = useHealth().data?.mode
  const zone = useZone()
  const list = api.sandbox.list.useQuery(
    {
      pageSize: PAGE_SIZE,
      ...(after ? { after } : before ? { before } : {}),
      ...(wanted ? { search: wanted } : {}),
    },
    { placeholderData: keepPreviousData, refetchInterval: 4_000 },
  )
  return (
    <>
      <PageHeader
        title="Sandbox"
        sub={
          mode === 'live'
            ? undefined
            : 'Emails that left the engine and stayed on this machine, as they were received. Open one to answer it in the lead’s place. The newest 10,000 are kept.'
        }
      />
      <Stack>
        {mode === 'live' && <LiveCallout />}
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
          <SearchInput
            label="Search by recipient or subject"
            value={search}
            onValueChange={(next) =>
              setAddress({ search: next, ...FIRST }, { limitUrlUpdates: debounce(300), history: 'replace' })
            }
            className="sm:w-[300px]"
          />
          {list.data && list.data.total > 0 && (
            <span className="text-caption text-ink-3">
              {formatCount(list.data.total)}
              {list.data.more && '+'} {inNumber(list.data.total, 'email', 'emails')}
            </span>
          )}
          <ListTools choice={choice} views="sandbox" />
        </div>
        {list.error && !list.data ? (
          <ErrorState
            title={messageOf(list.error)}
            untouched="No email is lost."
            action={<Button onClick={() => list.refetch()}>Try again</Button>}
          />
        ) : (
          <Card className={list.isPlaceholderData ? 'opacity-70 transition-opacity' : ''}>
            {!list.data ? (
              <SkeletonRows rows={6} label="Loading the emails" />
            ) : list.data.rows.length > 0 ? (
              <>
                <SandboxTable rows={list.data.rows} zone={zone} columns={choice.shown} />
                <PlacePager
                  page={list.data}
                  noun="email"
                  href={(place) => routes.sandbox({ search, columns: choice.said, ...place })}
                />
              </>
            ) : wanted || after || before ? (
              <EmptyState
                icon={SearchX}
                title="No email matches."
                action={<Button onClick={() => setAddress({ search: null, ...FIRST })}>Show all</Button>}
              />
            ) : (
              <NothingReceived live={mode === 'live'} />
            )}
          </Card>
        )}
      </Stack>
    </>
  )
}

const NothingReceived = ({ live }: { live: boolean }) => (
  <EmptyState
    icon={FlaskConical}
    title={live ? 'The sandbox received nothing.' : 'Nothing has been sent yet.'}
    action={<ButtonLink href={routes.campaigns()}>Go to the campaigns</ButtonLink>}
  >
    {live ? undefined : 'Emails of a campaign appear here as soon as it sends them.'}
  </EmptyState>
)
