'use client'

import { keepPreviousData } from '@tanstack/react-query'
import { useQueryStates } from 'nuqs'
import { Card, CardHeader } from '@/components/ui/card'
import { Feed } from '@/components/ui/data/feed'
import { PlacePager } from '@/components/ui/data/place-pager'
import { ErrorState } from '@/components/ui/error-state'
import { SkeletonRows } from '@/components/ui/skeleton'
import { routes } from '@/routes'
import { api, messageOf } from '@/trpc/react'
import type { CampaignDetails } from '../api-types'
import { detailParsers } from '../detail-search-params'
import { activityItems } from './progress/activity-items'

const PAGE_SIZE = 50

/** Everything that happened: who, when, from which status to which, why. */
export function ActivityTab({ campaign: { id: campaignId, timezone } }: { campaign: CampaignDetails }) {
  const [{ after, before }] = useQueryStates(detailParsers)
  const events = api.campaigns.events.useQuery(
    { campaignId, pageSize: PAGE_SIZE, ...(after ? { after } : before ? { before } : {}) },
    { placeholderData: keepPreviousData, refetchInterval: 10_000 },
  )
  return (
    <Card className="max-w-[720px]">
      <CardHeader title="Activity" aside={`Times in ${timezone}`} />
      {events.error && !events.data ? (
        <ErrorState title={messageOf(events.error)} className="m-4" />
      ) : !events.data ? (
        <SkeletonRows label="Loading activity" />
      ) : (
        <>
          <Feed items={activityItems(events.data.rows, timezone, true)} className="gap-3" />
          <PlacePager
            page={events.data}
            noun="event"
            href={(place) => routes.campaign(campaignId, { tab: 'activity', ...place })}
          />
        </>
      )}
    </Card>
  )
}
