import type { Decision } from './decide'

/** Emails that may leave today, by mailbox (key null) and by campaign; null without a limit. */
export type LeftToday = Map<string | null, number | null>

type Reserved = { campaignId: string | null; reserved: number }

/** Takes what is reserved today off the daily limits. What has no limit stays without one. */
export function takeReserved(limits: LeftToday, reserved: readonly Reserved[]): LeftToday {
  for (const row of reserved) {
    const limit = limits.get(row.campaignId) ?? null
    limits.set(row.campaignId, limit === null ? null : limit - row.reserved)
  }
  return limits
}

/** Takes one email of the campaign off what its mailbox and the campaign have left. */
export function takeOne(left: LeftToday, campaignId: string): void {
  for (const key of [null, campaignId]) {
    const count = left.get(key)
    if (count !== null && count !== undefined) left.set(key, count - 1)
  }
}

/** Limits that may get places back, by mailbox (key null) and by campaign: emails that count against them are on their way. */
export type OpenLimits = Set<string | null>

/**
 * True when the email is put off for a limit that may get a place back. It must stay in line until then: put off for a
 * day, it would leave the place to whoever comes after it.
 */
export const isForOpenLimit = (decision: Decision, campaignId: string, open: OpenLimits): boolean =>
  decision.kind === 'defer' &&
  ((decision.reason === 'mailbox_limit' && open.has(null)) ||
    (decision.reason === 'campaign_limit' && open.has(campaignId)))

/** True when nothing is limited, so that what is reserved need not be read. */
export const isUnlimited = (limits: LeftToday): boolean => [...limits.values()].every((limit) => limit === null)
