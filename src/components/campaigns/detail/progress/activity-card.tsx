'use client'

import { keepPreviousData } from '@tanstack/react-query'
import { Card, CardBody, CardHeader } from '@/components/ui/card'
import { Feed } from '@/components/ui/data/feed'
import { formatCount } from '@/components/ui/numbers'
import { Skeleton } from '@/components/ui/skeleton'
import { TextLink } from '@/components/ui/text-link'
import { routes } from '@/routes'
import { api, messageOf } from '@/trpc/react'
import type { CampaignDetails } from '../../api-types'
import { LAST_EVENTS } from '../live'
import { activityItems } from './activity-items'

/** The latest events. */
export function ActivityCard({ campaign: { id: campaignId, timezone } }: { campaign: CampaignDetails }) {
  const events = api.campaigns.events.useQuery(
    { campaignId, pageSize: LAST_EVENTS },
    { placeholderData: keepPreviousData, refetchInterval: 10_000 },
  )
  return (
    <Card>
      <CardHeader
        title="Activity"
        aside={
          <TextLink quiet href={routes.campaign(campaignId, { tab: 'activity' })}>
            All{events.data && ` ${formatCount(events.data.total)}${events.data.more ? '+' : ''}`}
          </TextLink>
        }
      />
      {events.data?.total === 0 ? (
        <CardBody className="text-ink-2">Nothing has happened yet.</CardBody>
      ) : events.data ? (
        <Feed items={activityItems(events.data.rows, timezone)} />
      ) : (
        <CardBody>{events.error ? messageOf(events.error) : <Skeleton className="h-24" />}</CardBody>
      )}
    </Card>
  )
}
