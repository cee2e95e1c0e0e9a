'use client'

import type { CampaignDetails, Progress } from '../api-types'
import { NextRunCard } from './next-run-card'
import { UpcomingCard } from './upcoming-card'

/** What comes next of a campaign that looks for leads: its run, and what its last runs are about to send. */
export function GenerationAside({
  campaign,
  generation,
  asOf,
}: {
  campaign: CampaignDetails
  generation: NonNullable<Progress['generation']>
  asOf: Date
}) {
  return (
    <>
      <NextRunCard campaign={campaign} generation={generation} asOf={asOf} />
      {generation.upcoming.length > 0 && (
        <UpcomingCard campaignId={campaign.id} zone={campaign.timezone} upcoming={generation.upcoming} asOf={asOf} />
      )}
    </>
  )
}
