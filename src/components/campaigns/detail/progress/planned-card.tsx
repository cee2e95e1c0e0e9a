'use client'

import { api } from '@/trpc/react'
import type { CampaignDetails } from '../../api-types'
import { valuesOf } from '../../editor/draft/draft-values'
import { ForecastCard } from '../../editor/steps/forecast-card'

/** Before the start of an outreach campaign: what is planned. */
export function PlannedCard({ campaign }: { campaign: CampaignDetails }) {
  const forecast = api.campaigns.forecast.useQuery({ campaignId: campaign.id })
  return <ForecastCard forecast={forecast.data} error={forecast.error} values={valuesOf(campaign)} />
}
