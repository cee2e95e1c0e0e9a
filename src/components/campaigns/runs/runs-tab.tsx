'use client'

import { keepPreviousData } from '@tanstack/react-query'
import { Radar } from 'lucide-react'
import { useQueryStates } from 'nuqs'
import { SampleNote } from '@/components/lead-sources/sample-note'
import { useListColumns } from '@/components/lists/columns/use-list-columns'
import { ListTools } from '@/components/lists/list-tools'
import { Card } from '@/components/ui/card'
import { Pager } from '@/components/ui/data/pager'
import { EmptyState } from '@/components/ui/empty-state'
import { ErrorState } from '@/components/ui/error-state'
import { Stack } from '@/components/ui/layout'
import { SkeletonRows } from '@/components/ui/skeleton'
import { routes } from '@/routes'
import { api, messageOf } from '@/trpc/react'
import type { CampaignDetails } from '../api-types'
import { detailParsers } from '../detail-search-params'
import { RunCard } from './run-card'
import { RUN_COLUMNS } from './run-columns'
import { RunPage } from './run-page'

const PAGE_SIZE = 10

/** Every run with what it brought, the latest first; or one of them, when the address names it. */
export function RunsTab({ campaign, everyMs }: { campaign: CampaignDetails; everyMs: number }) {
  const [{ run }] = useQueryStates(detailParsers)
  return run ? (
    <RunPage campaign={campaign} runId={run} everyMs={everyMs} />
  ) : (
    <RunList campaign={campaign} everyMs={everyMs} />
  )
}

function RunList({ campaign, everyMs }: { campaign: CampaignDetails; everyMs: number }) {
  const { id: campaignId, timezone } = campaign
  const [{ page }] = useQueryStates(detailParsers)
  const choice = useListColumns(RUN_COLUMNS)
  const columns = choice.said
  const runs = api.runs.list.useQuery(
    { campaignId, page, pageSize: PAGE_SIZE },
    { placeholderData: keepPreviousData, refetchInterval: everyMs },
  )
  if (runs.error && !runs.data) {
    return <ErrorState title={messageOf(runs.error)} untouched="Nothing was changed, and runs go on as planned." />
  }
  if (!runs.data) {
    return (
      <Card>
        <SkeletonRows rows={6} label="Loading runs" />
      </Card>
    )
  }
  if (runs.data.total === 0) {
    return (
      <Card>
        <EmptyState icon={Radar} title="No run yet.">
          Each run shows here with what every source found.
        </EmptyState>
      </Card>
    )
  }
  return (
    <Stack>
      <div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-2">
        <p className="text-control text-ink-2">
          Times in {timezone}. What a source found is always the sum of what follows it.
        </p>
        <SampleNote />
        <ListTools choice={choice} views="runs" />
      </div>
      {runs.data.rows.map((run) => (
        <RunCard
          key={run.id}
          run={run}
          zone={timezone}
          keys={choice.shown}
          href={routes.campaign(campaignId, { tab: 'runs', run: run.id, columns })}
        />
      ))}
      {runs.data.total > PAGE_SIZE && (
        <Pager
          page={page}
          pageSize={PAGE_SIZE}
          total={runs.data.total}
          href={(to) => routes.campaign(campaignId, { tab: 'runs', page: to, columns })}
        />
      )}
    </Stack>
  )
}
