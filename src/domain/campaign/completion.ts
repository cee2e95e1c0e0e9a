import type { CampaignType } from './state'

/** Line of a campaign's history when it completes by itself. */
export const COMPLETED_BECAUSE: Record<CampaignType, string> = {
  outreach: 'Completed: nothing is left to send',
  lead_generation: 'Completed: no further run is due',
  fully_automated: 'Completed: no further run is due, and nothing is left to send',
}
