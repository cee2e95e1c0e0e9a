'use client'

import { keepPreviousData } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useQueryStates } from 'nuqs'
import { useEffect, useRef } from 'react'
import { useLive } from '@/components/hooks/use-live'
import { ButtonLink } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { ErrorState } from '@/components/ui/error-state'
import { Skeleton, SkeletonRows } from '@/components/ui/skeleton'
import { routes } from '@/routes'
import { api, messageOf } from '@/trpc/react'
import type { Progress } from '../api-types'
import { detailParsers } from '../detail-search-params'
import { CampaignView } from './campaign-view'
import { activityMark, LAST_EVENTS } from './live'
import { tabParts } from './tab-parts'

const RUNNING_MS = 2_000
const RESTING_MS = 10_000

/**
 * Loads a campaign and keeps its figures fresh: as it is told of changes, else every 2 s while it runs. What time alone changes (why
 * emails wait) is asked for in either case. Drafts are shown in their editor.
 */
export function CampaignPage({ campaignId }: { campaignId: string }) {
  const router = useRouter()
  const campaign = api.campaigns.get.useQuery({ campaignId })
  const utils = api.useUtils()
  const stream = useLive(`campaign:${campaignId}`, () => void utils.campaigns.progress.invalidate({ campaignId }))
  const everyOf = (status: string | undefined) => (status === 'running' && stream !== 'live' ? RUNNING_MS : RESTING_MS)
  const progress = api.campaigns.progress.useQuery(
    { campaignId },
    {
      placeholderData: keepPreviousData,
      staleTime: 1_000,
      refetchInterval: ({ state }) => everyOf(state.data?.status ?? campaign.data?.status),
    },
  )
  // Asked together with the rest: the page is whole at once.
  api.campaigns.events.usePrefetchQuery({ campaignId, pageSize: LAST_EVENTS })
  api.mailboxes.list.usePrefetchQuery()
  const [{ tab }] = useQueryStates(detailParsers)
  // Fetched beside the figures; what fails is asked for again, and told, where it is shown.
  useEffect(() => void tabParts[tab].load().catch(() => undefined), [tab])
  useFreshActivity(campaignId, progress.data)
  const draft = campaign.data?.status === 'draft'
  const moved = Boolean(campaign.data && progress.data && campaign.data.status !== progress.data.status)
  const { refetch } = campaign
  useEffect(() => {
    if (moved) void refetch()
  }, [moved, refetch])
  useEffect(() => {
    if (draft) router.replace(routes.editCampaign(campaignId))
  }, [draft, campaignId, router])

  const error = campaign.error ?? progress.error
  if (error && !(campaign.data && progress.data)) {
    return (
      <ErrorState
        title={messageOf(error)}
        untouched="Nothing was changed, and emails go on as planned."
        action={<ButtonLink href={routes.campaigns()}>Go to campaigns</ButtonLink>}
      />
    )
  }
  if (!campaign.data || !progress.data || draft) return <Loading />
  return (
    <CampaignView
      campaign={campaign.data}
      progress={progress.data}
      live={{
        updatedAt: progress.dataUpdatedAt,
        failing: progress.isError || progress.failureCount > 0 || progress.fetchStatus === 'paused',
        everyMs: everyOf(progress.data.status),
        isTold: stream === 'live',
      }}
    />
  )
}

/** Reads the events again as soon as a figure has changed, so that they do not stay behind it. */
function useFreshActivity(campaignId: string, progress: Progress | undefined) {
  const utils = api.useUtils()
  const mark = progress && activityMark(progress)
  const last = useRef(mark)
  useEffect(() => {
    if (last.current !== undefined && last.current !== mark) void utils.campaigns.events.invalidate({ campaignId })
    last.current = mark
  }, [mark, campaignId, utils])
}

function Loading() {
  return (
    <div>
      <h1 className="sr-only">Loading the campaign</h1>
      <Skeleton className="mb-2 h-4 w-40" />
      <Skeleton className="mb-6 h-7 w-72" />
      <Card>
        <SkeletonRows rows={5} label="Loading the campaign" />
      </Card>
    </div>
  )
}
