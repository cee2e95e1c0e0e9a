'use client'

import { Deferred } from '@/components/ui/later/deferred'
import { later } from '@/components/ui/later/later'
import { WhenSeen } from '@/components/ui/later/when-seen'
import { Split } from '@/components/ui/layout'
import type { CampaignDetails, Progress } from '../../api-types'
import { WhyBanner } from '../why/why-banner'
import { NextCard } from './next-card'
import { PLACE, waiting } from './places'
import { WaitingCard } from './waiting-card'

// Not every campaign looks for leads or has trouble, few are looked at before their start, and what stands below the rest is seen last.
const runs = later(() => import('../../runs/generation-parts'))
const problems = later(() => import('./problem-cards'))
const emails = later(() => import('./email-cards'))
const both = later(() => import('./automated-parts'))
const lower = later(() => import('./lower-cards'))
const plan = later(() => import('./planned-card'))

/** Where a campaign stands, and what happens next: both halves, where it has both. */
export function ProgressTab({ campaign, progress }: { campaign: CampaignDetails; progress: Progress }) {
  const { generation } = progress
  const { ledger } = progress
  return (
    <>
      <WhyBanner campaign={campaign} progress={progress} />
      <Split
        asideLabel="Next, problems and activity"
        aside={
          <>
            {generation && (
              <Deferred part={ledger.planned > 0 ? both : runs} waiting={waiting(3)}>
                {({ GenerationAside }) => (
                  <GenerationAside campaign={campaign} generation={generation} asOf={progress.asOf} />
                )}
              </Deferred>
            )}
            {ledger.planned > 0 && <NextCard campaign={campaign} progress={progress} />}
            {progress.waiting.length > 0 && <WaitingCard campaign={campaign} progress={progress} />}
            {(ledger.held > 0 || progress.failures.length > 0) && (
              <Deferred part={problems} waiting={waiting(3)}>
                {({ ProblemCards }) => <ProblemCards campaign={campaign} progress={progress} />}
              </Deferred>
            )}
            <WhenSeen waiting={PLACE}>
              <Deferred part={lower} waiting={waiting(3)}>
                {({ LowerCards }) => <LowerCards campaign={campaign} progress={progress} />}
              </Deferred>
            </WhenSeen>
          </>
        }
      >
        {generation && ledger.planned > 0 ? (
          <Deferred part={both} waiting={waiting(4)}>
            {({ GenerationCards, EmailCards }) => (
              <>
                <GenerationCards campaignId={campaign.id} generation={generation} />
                <EmailCards campaignId={campaign.id} progress={progress} />
              </>
            )}
          </Deferred>
        ) : generation ? (
          <Deferred part={runs} waiting={waiting(4)}>
            {({ GenerationCards }) => <GenerationCards campaignId={campaign.id} generation={generation} />}
          </Deferred>
        ) : ledger.planned > 0 ? (
          <Deferred part={emails} waiting={waiting(6)}>
            {({ EmailCards }) => <EmailCards campaignId={campaign.id} progress={progress} />}
          </Deferred>
        ) : (
          <Deferred part={plan} waiting={waiting(6)}>
            {({ PlannedCard }) => <PlannedCard campaign={campaign} />}
          </Deferred>
        )}
      </Split>
    </>
  )
}
