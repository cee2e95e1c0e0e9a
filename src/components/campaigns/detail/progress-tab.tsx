'use client'

import { useQuery } from '@tanstack/react-query'
import { DayBars } from '@/components/ui/day-bars'
import { Split } from '@/components/ui/layout'
import { useTRPC } from '@/trpc/react'
import type { CampaignDetails, Progress } from '../api-types'
import { valuesOf } from '../draft/draft-values'
import { ForecastCard } from '../draft/forecast-card'
import { ActivityCard } from './activity-card'
import { FailuresCard } from './failures-card'
import { HeldCard } from './held-card'
import { LedgerCard } from './ledger-card'
import { MailboxesCard } from './mailboxes-card'
import { NextCard } from './next-card'
import { progressDays } from './progress-days'
import { StepsCard } from './steps-card'
import { WaitingCard } from './waiting-card'
import { WhyBanner } from './why-banner'

/** Where a campaign stands, and what happens next. Before its start: what is planned. */
export function ProgressTab({ campaign, progress }: { campaign: CampaignDetails; progress: Progress }) {
  const { ledger } = progress
  return (
    <>
      <WhyBanner campaign={campaign} progress={progress} />
      <Split
        asideLabel="Next, troubles and activity"
        aside={
          <>
            {ledger.planned > 0 && <NextCard campaign={campaign} progress={progress} />}
            {progress.waiting.length > 0 && <WaitingCard campaign={campaign} progress={progress} />}
            {ledger.held > 0 && <HeldCard campaign={campaign} held={ledger.held} />}
            {progress.failures.length > 0 && <FailuresCard campaign={campaign} progress={progress} />}
            <MailboxesCard progress={progress} />
            <ActivityCard campaign={campaign} />
          </>
        }
      >
        {ledger.planned === 0 ? (
          <Planned campaign={campaign} />
        ) : (
          <>
            <LedgerCard campaignId={campaign.id} ledger={ledger} />
            <StepsCard campaignId={campaign.id} progress={progress} />
            <DayBars
              title={`Planned and sent, by day in ${progress.timezone}`}
              openLabel="Planned, not sent"
              days={progressDays(progress.days)}
            />
          </>
        )}
      </Split>
    </>
  )
}

function Planned({ campaign }: { campaign: CampaignDetails }) {
  const forecast = useQuery(useTRPC().campaigns.forecast.queryOptions({ campaignId: campaign.id }))
  return <ForecastCard forecast={forecast.data} error={forecast.error} values={valuesOf(campaign)} />
}
