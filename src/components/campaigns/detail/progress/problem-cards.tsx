import type { CampaignDetails, Progress } from '../../api-types'
import { FailuresCard } from './failures-card'
import { HeldCard } from './held-card'

/** What waits for a person: emails whose delivery is unknown, and those that failed. */
export function ProblemCards({ campaign, progress }: { campaign: CampaignDetails; progress: Progress }) {
  const { ledger, failures, heldMissing } = progress
  return (
    <>
      {ledger.held > 0 && <HeldCard campaign={campaign} held={ledger.held} missing={heldMissing} />}
      {failures.length > 0 && <FailuresCard campaign={campaign} progress={progress} />}
    </>
  )
}
