'use client'

import { debounce } from 'nuqs'
import { useState } from 'react'
import { FirstRunChecklist } from '@/components/first-run/first-run-checklist'
import { AsOf } from '@/components/lists/as-of'
import { ExportLink } from '@/components/lists/export-link'
import { ListTools } from '@/components/lists/list-tools'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { FilterChips } from '@/components/ui/data/filter-chips'
import { Pager } from '@/components/ui/data/pager'
import { ErrorState } from '@/components/ui/error-state'
import { SearchInput } from '@/components/ui/fields/search-input'
import { Deferred } from '@/components/ui/later/deferred'
import { later } from '@/components/ui/later/later'
import { PageHeader } from '@/components/ui/page-header'
import { Skeleton, SkeletonRows } from '@/components/ui/skeleton'
import { Tabs } from '@/components/ui/tabs'
import { isFromTop } from '@/domain/campaign/sorts'
import { CAMPAIGN_TYPES, type CampaignStatus, type CampaignType } from '@/domain/campaign/state'
import { routes } from '@/routes'
import { api, messageOf } from '@/trpc/react'
import type { CampaignList } from '../api-types'
import { CAMPAIGN_STATUS } from '../status/campaign-status'
import { TYPE_WORDS } from '../status/type-text'
import { CampaignTable } from './campaign-table'
import { EmptyCampaigns } from './empty-campaigns'
import { NewCampaignMenu } from './new-campaign-menu'
import { CAMPAIGNS_A_PAGE, type CampaignListPage, useCampaignList } from './use-campaign-list'

const TYPED = { limitUrlUpdates: debounce(300), history: 'replace' } as const

const CHIP_ORDER: readonly CampaignStatus[] = ['running', 'scheduled', 'paused', 'draft', 'completed', 'failed']
const bar = later(() => import('../bulk/chosen-campaigns-bar'))

/** All campaigns of one type, with the numbers to pick one by. */
export function CampaignsPage() {
  const page = useCampaignList()
  const { address, wanted, list } = page
  const { type, status, archived } = address
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
          <Chosen page={page} />
          {!page.hasChosen && <Filters page={page} />}
          <AsOf at={list.data?.asOf} />
          {list.error && !list.data ? (
            <ErrorState
              title={messageOf(list.error)}
              untouched="Nothing was changed, and emails go on as planned."
              action={<Button onClick={() => list.refetch()}>Try again</Button>}
            />
          ) : (
            <Campaigns page={page} />
          )}
        </div>
      )}
    </>
  )
}

/** The acts on the chosen campaigns; there from the first choice on, as an act outlives it. */
function Chosen({ page: { selection, hasChosen, list, matching, ids } }: { page: CampaignListPage }) {
  const [used, setUsed] = useState(false)
  if (hasChosen && !used) setUsed(true)
  if (!used) return null
  const { rows = [], total = 0 } = list.data ?? {}
  const isWholePage =
    !list.isPlaceholderData && total > selection.chosen.size && rows.length > 0 && rows.every(({ id }) => ids.has(id))
  return (
    <Deferred part={bar} waiting={hasChosen ? <Skeleton className="mb-3 h-12" /> : null}>
      {({ ChosenCampaignsBar }) => (
        <ChosenCampaignsBar
          chosen={[...selection.chosen.values()]}
          all={selection.all ? matching : null}
          total={total}
          canChooseAll={isWholePage && !selection.all}
          onChooseAll={selection.chooseAll}
          onClear={selection.clear}
        />
      )}
    </Deferred>
  )
}

function Filters({ page: { address, setAddress, choice, list, hrefOf } }: { page: CampaignListPage }) {
  const { type, status, archived, search } = address
  return (
    <div className="mb-3 flex flex-wrap items-center gap-2">
      <SearchInput
        label="Filter by name, batch, workflow"
        value={search}
        onValueChange={(next) => setAddress({ search: next, page: null }, TYPED)}
      />
      <ListTools choice={choice} views="campaigns">
        {list.data && list.data.rows.length > 0 && (
          <ExportLink list="campaigns" type={type} status={status} archived={archived || null} search={search} />
        )}
      </ListTools>
      <StatusChips
        list={list.data}
        current={hrefOf({})}
        hrefOf={(one) => hrefOf({ status: one, archived: false })}
        archiveHref={hrefOf({ status: null, archived: true })}
      />
    </div>
  )
}

function Campaigns({ page }: { page: CampaignListPage }) {
  const { address, setAddress, wanted, choice, list, hrefOf, selection, ids } = page
  const { type, status, archived, sort, descending } = address
  if (!list.data)
    return (
      <Card>
        <SkeletonRows rows={6} label="Loading campaigns" />
      </Card>
    )
  return (
    <Card className={list.isPlaceholderData ? 'opacity-70 transition-opacity' : ''}>
      {list.data.rows.length === 0 ? (
        <EmptyCampaigns
          type={type}
          filtered={Boolean(wanted || status || archived || address.page > 1)}
          onClear={() => setAddress({ status: null, archived: null, search: null, page: null })}
        />
      ) : (
        <>
          <CampaignTable
            type={type}
            rows={list.data.rows}
            columns={choice.shown}
            selection={{ ids, toggle: selection.toggle }}
            sorting={{
              sort,
              descending: descending ?? isFromTop(sort),
              hrefOf: (by, down) => hrefOf({ sort: by, descending: down === isFromTop(by) ? null : down }),
            }}
          />
          <Pager
            page={address.page}
            pageSize={CAMPAIGNS_A_PAGE}
            total={list.data.total}
            href={(to) => hrefOf({ page: to })}
          />
        </>
      )}
    </Card>
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
      wide
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
