'use client'

import { keepPreviousData } from '@tanstack/react-query'
import { ListChecks } from 'lucide-react'
import { parseAsInteger, useQueryState } from 'nuqs'
import { Button, ButtonLink } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Pager } from '@/components/ui/data/pager'
import { EmptyState } from '@/components/ui/empty-state'
import { ErrorState } from '@/components/ui/error-state'
import { PageHeader } from '@/components/ui/page-header'
import { SkeletonRows } from '@/components/ui/skeleton'
import { routes } from '@/routes'
import { api, messageOf } from '@/trpc/react'
import { LeadsTabs } from '../leads-tabs'
import { ActRow } from './act-row'
import { useMassActs } from './use-mass-acts'

const PAGE_SIZE = 20

/** Every act on many leads: those on their way, and those that are over as long as they are kept, each with its way back. */
export function ActsPage() {
  const [page] = useQueryState('page', parseAsInteger.withDefault(1))
  const acts = useMassActs()
  const ended = api.massActs.ended.useQuery(
    { page: Math.max(1, page), pageSize: PAGE_SIZE },
    { placeholderData: keepPreviousData },
  )
  const working = acts?.filter(({ state }) => state === 'working')
  const shown = working && ended.data ? [...working, ...ended.data.rows] : undefined
  return (
    <>
      <PageHeader title="Leads" />
      <LeadsTabs current="acts" />
      {ended.error && !ended.data ? (
        <ErrorState
          title={messageOf(ended.error)}
          untouched="Bulk actions go on as they were begun."
          action={<Button onClick={() => ended.refetch()}>Try again</Button>}
        />
      ) : (
        <Card aria-label="Bulk actions">
          {!shown ? (
            <SkeletonRows rows={4} label="Loading bulk actions" />
          ) : shown.length > 0 ? (
            <>
              <ul className="divide-y">
                {shown.map((act) => (
                  <li key={act.id} className="px-[18px] py-3">
                    <ActRow act={act} />
                  </li>
                ))}
              </ul>
              <Pager
                page={page}
                pageSize={PAGE_SIZE}
                total={ended.data?.total ?? 0}
                href={(to) => routes.acts({ page: to })}
              />
            </>
          ) : (
            <EmptyState
              icon={ListChecks}
              title="No bulk actions in the last 30 days."
              action={<ButtonLink href={routes.leads()}>All leads</ButtonLink>}
            >
              What you do to all matching leads at once is listed here for 30 days, with Undo where it can be undone.
            </EmptyState>
          )}
        </Card>
      )}
    </>
  )
}
