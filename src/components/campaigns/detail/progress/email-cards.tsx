'use client'

import { Card } from '@/components/ui/card'
import { Deferred } from '@/components/ui/later/deferred'
import { later } from '@/components/ui/later/later'
import { WhenSeen } from '@/components/ui/later/when-seen'
import { SkeletonRows } from '@/components/ui/skeleton'
import type { Progress } from '../../api-types'
import { LedgerCard } from './ledger-card'
import { StepsCard } from './steps-card'

// Below the rest, and so seen last.
const days = later(() => import('./days-card'))

/** What has become of the emails: all of them, by step, and by day. */
export function EmailCards({ campaignId, progress }: { campaignId: string; progress: Progress }) {
  return (
    <>
      <LedgerCard campaignId={campaignId} ledger={progress.ledger} assumed={progress.assumed} />
      <StepsCard campaignId={campaignId} progress={progress} />
      <WhenSeen waiting={<Card className="h-48">{null}</Card>}>
        <Deferred
          part={days}
          waiting={
            <Card>
              <SkeletonRows rows={3} label="Loading this part of the campaign" />
            </Card>
          }
        >
          {({ DaysCard }) => <DaysCard progress={progress} />}
        </Deferred>
      </WhenSeen>
    </>
  )
}
