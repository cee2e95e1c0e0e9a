'use client'

import { keepPreviousData } from '@tanstack/react-query'
import { debounce, useQueryStates } from 'nuqs'
import { FirstRunChecklist } from '@/components/first-run/first-run-checklist'
import { useDebounced } from '@/components/hooks/use-debounced'
import { useListColumns } from '@/components/lists/columns/use-list-columns'
import { ExportLink } from '@/components/lists/export-link'
import { ListTools } from '@/components/lists/list-tools'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { FilterChips } from '@/components/ui/data/filter-chips'
import { Pager } from '@/components/ui/data/pager'
import { ErrorState } from '@/components/ui/error-state'
import { SearchInput } from '@/components/ui/fields/search-input'
import { PageHeader } from '@/components/ui/page-header'
import { SkeletonRows } from '@/components/ui/skeleton'
import { Tabs } from '@/components/ui/tabs'
import { CAMPAIGN_TYPES, type CampaignStatus, type CampaignType } from '@/domain/campaign/state'
import { routes } from '@/routes'
import { api, messageOf } from '@/trpc/react'
import type { CampaignList } from '../api-types'
import { CAMPAIGN_STATUS } from '../status/campaign-status'
import { TYPE_WORDS } from '../status/type-text'
import { CAMPAIGN_COLUMNS } from './campaign-columns'
import { CampaignTable } from './campaign-table'
import { EmptyCampaigns } from './empty-campaigns'
import { listParsers } from './list-search-params'
import { NewCampaignMenu } from './new-campaign-menu'

const PAGE_SIZE = 25
const TYPED = { limitUrlUpdates: debounce(300), history: 'replace' } as const
const CHIP_ORDER: readonly CampaignStatus[] = ['running', 'scheduled', 'paused', 'draft', 'completed', 'failed']

/** All campaigns of one type, with the numbers to pick one by. */
export function CampaignsPage() {
  const [{ type, status, archived, search, page }, setAddress] = useQueryStates(listParsers)
  const choice = useListColumns(CAMPAIGN_COLUMNS[type])
  const columns = choice.said
  const wanted = useDebounced(search.trim(), 200)
  const list = api.campaigns.list.useQuery(
    { type, page, pageSize: PAGE_SIZE, archived, ...(status ? { status } : {}), ...(wanted ? { search: wanted } : {}) },
    { placeholderData: keepPreviousData, refetchInterval: 10_000 },
  )
  const settings = api.settings.get.useQuery()
  // The way to the first email, and still a way to the other types.
  const first = type === 'outreach' && !wanted && !status && !archived && list.data?.anySent === false
  const guided = first && settings.data?.checklistDismissedAt === null
  // What is archived must stay within reach.
  const none =
    list.data !== undefined && list.data.archived === 0 && CAMPAIGN_TYPES.every((one) => list.data.byType[one] === 0)
  return (
    <>
      <PageHeader title="Campaigns" actions={<NewCampaignMenu />} />
      <TypeTabs type={type} counts={list.data?.byType} />
      {guided && <FirstRunChecklist />}
      {!(guided && none) && (
        <div className={guided ? 'mt-6' : ''}>
          <div className="mb-3 flex flex-wrap items-center gap-2">
            <SearchInput
              label="Filter by name, batch, workflow"
              value={search}
              onValueChange={(next) => setAddress({ search: next, page: null }, TYPED)}
            />
            <StatusChips
              list={list.data}
              current={routes.campaigns({ type, search, status, archived, columns })}
              hrefOf={(one) => routes.campaigns({ type, search, status: one, columns })}
              archiveHref={routes.campaigns({ type, search, archived: true, columns })}
            />
            <ListTools choice={choice} views="campaigns">
              {list.data && list.data.rows.length > 0 && (
                <ExportLink list="campaigns" type={type} status={status} archived={archived || null} search={search} />
              )}
            </ListTools>
          </div>
          {list.error && !list.data ? (
            <ErrorState
              title={messageOf(list.error)}
              untouched="Nothing was changed, and emails go on as planned."
              action={<Button onClick={() => list.refetch()}>Try again</Button>}
            />
          ) : (
            <Card className={list.isPlaceholderData ? 'opacity-70 transition-opacity' : ''}>
              {!list.data ? (
                <SkeletonRows rows={6} label="Loading campaigns" />
              ) : list.data.rows.length === 0 ? (
                <EmptyCampaigns
                  type={type}
                  filtered={Boolean(wanted || status || archived || page > 1)}
                  onClear={() => setAddress({ status: null, archived: null, search: null, page: null })}
                />
              ) : (
                <>
                  <CampaignTable type={type} rows={list.data.rows} columns={choice.shown} />
                  <Pager
                    page={page}
                    pageSize={PAGE_SIZE}
                    total={list.data.total}
                    href={(to) => routes.campaigns({ type, status, archived, search, page: to, columns })}
                  />
                </>
              )}
            </Card>
          )}
        </div>
      )}
    </>
  )
}

const TypeTabs = ({ type, counts }: { type: CampaignType; counts: CampaignList['byType'] | undefined }) => (
  <Tabs
    label="Types of campaigns"
    current={routes.campaigns({ type })}
    tabs={CAMPAIGN_TYPES.map((one) => ({
      label: TYPE_WORDS[one].label,
      href: routes.campaigns({ type: one }),
      count: counts?.[one],
    }))}
  />
)

function StatusChips({
  list,
  current,
  hrefOf,
  archiveHref,
}: {
  list: CampaignList | undefined
  current: string
  hrefOf: (status: CampaignStatus | null) => string
  archiveHref: string
}) {
  const all = list && Object.values(list.byStatus).reduce((sum, count) => sum + count, 0)
  return (
    <FilterChips
      label="Filter by status"
      current={current}
      chips={[
        { label: 'All', href: hrefOf(null), count: all },
        ...CHIP_ORDER.map((one) => ({
          label: CAMPAIGN_STATUS[one].label,
          href: hrefOf(one),
          count: list?.byStatus[one],
        })),
        // Nothing to see for whoever has never archived anything.
        ...(list?.archived || current === archiveHref
          ? [{ label: 'Archived', href: archiveHref, count: list?.archived }]
          : []),
      ]}
    />
  )
}
