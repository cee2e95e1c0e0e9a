import type { Deps } from '@/deps'
import { type LeavingByDay, leavingByDay } from '@/domain/campaign/forecast'
import { loadCampaign } from './load-campaign'
import { loadSendingMailboxes } from './load-sending-mailboxes'
import { preparePlan } from './plan-campaign'
import { countLeads } from './preflight/check-leads'

export type Forecast = LeavingByDay & { timezone: string; leads: number; emails: number }

/**
 * Every email that a start at `startAt` (now when absent) would plan, by the local day on which it leaves, and by step.
 * Writes nothing.
 * @throws {DomainError} not_found, not_ready
 */
export async function forecastCampaign(
  deps: Deps,
  { campaignId, startAt }: { campaignId: string; startAt?: Date },
): Promise<Forecast> {
  const campaign = await loadCampaign(deps, campaignId)
  const { eligible } = await countLeads(deps, campaignId)
  const mailboxes = await loadSendingMailboxes(deps, campaign)
  const start = startAt ?? campaign.scheduledStartAt ?? deps.clock.now()
  const slices = await preparePlan(deps, { campaign, mailboxes, leadCount: eligible, start })
  return {
    timezone: campaign.timezone,
    ...leavingByDay(slices, campaign.timezone),
    leads: eligible,
    emails: slices.reduce((sum, { fromRank, toRank }) => sum + toRank - fromRank + 1, 0),
  }
}
