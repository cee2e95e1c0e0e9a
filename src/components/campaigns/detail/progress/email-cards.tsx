'use client'

import { Deferred } from '@/components/ui/later/deferred'
import { later } from '@/components/ui/later/later'
import { WhenSeen } from '@/components/ui/later/when-seen'
import type { Progress } from '../../api-types'
import { LedgerCard } from './ledger-card'
import { PLACE, waiting } from './places'
import { StepsCard } from './steps-card'

// Below the rest, and so seen last.
const days = later(() => import('./days-card'))

/** What has become of the emails: all of them, by step, and by day. */
export function EmailCards({ campaignId, progress }: { campaignId: string; progress: Progress }) {
  return (
    <>
      <LedgerCard campaignId={campaignId} ledger={progress.ledger} assumed={progress.assumed} />
      <StepsCard campaignId={campaignId} progress={progress} />
      <WhenSeen waiting={PLACE}>
        <Deferred part={days} waiting={waiting(3)}>
          {({ DaysCard }) => <DaysCard progress={progress} />}
        </Deferred>
      </WhenSeen>
    </>
  )
}
