import type { Deps } from '@/deps'
import { localDate } from '@/domain/time/local-time'
import { loadCampaign } from './load-campaign'
import { loadSendingMailboxes } from './load-sending-mailboxes'
import { preparePlan } from './plan-campaign'
import { countLeads } from './preflight/check-leads'

export type Forecast = {
  timezone: string
  /** Days on which something is planned, in order, with emails by step number. */
  days: { day: string; total: number; byStep: Record<number, number> }[]
  firstAt: Date | null
  lastAt: Date | null
  leads: number
  emails: number
}

/**
 * Every email that a start at `startAt` (now when absent) would plan, by local day and step. Writes nothing.
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
  const days = new Map<string, Forecast['days'][number]>()
  for (const { scheduledFor, stepNumber, fromRank, toRank } of slices) {
    const key = localDate(scheduledFor, campaign.timezone)
    const day = days.get(key) ?? { day: key, total: 0, byStep: {} }
    const emails = toRank - fromRank + 1
    day.total += emails
    day.byStep[stepNumber] = (day.byStep[stepNumber] ?? 0) + emails
    days.set(key, day)
  }
  const times = slices.map(({ scheduledFor }) => scheduledFor.getTime())
  return {
    timezone: campaign.timezone,
    days: [...days.values()].sort((a, b) => a.day.localeCompare(b.day)),
    firstAt: times.length > 0 ? new Date(Math.min(...times)) : null,
    lastAt: times.length > 0 ? new Date(Math.max(...times)) : null,
    leads: eligible,
    emails: [...days.values()].reduce((sum, day) => sum + day.total, 0),
  }
}
