import { lockRecurringCampaign, type RecurringCampaign, setLastDay } from '@/db/queries/campaigns/change-last-day'
import { insertEvent } from '@/db/queries/campaigns/insert-event'
import { transaction } from '@/db/sql'
import type { Deps } from '@/deps'
import { DomainError } from '@/domain/errors'
import { nextRunAfter } from '@/domain/lead-generation/recurrence'
import { localDate } from '@/domain/time/local-time'

/**
 * Changes the last day on which runs of a started campaign are due (null: none). A run under way goes on. A campaign
 * that had its last run and still sends to its leads gets further ones, none for the time in between.
 * @throws {DomainError} invalid_input when it lies in the past; conflict when the campaign is over or runs only once
 */
export async function changeLastDay(
  { sql, clock }: Pick<Deps, 'sql' | 'clock'>,
  { campaignId, endDate, by }: { campaignId: string; endDate: Date | null; by: string },
): Promise<void> {
  const at = clock.now()
  if (endDate && endDate <= at) {
    throw new DomainError(
      'invalid_input',
      'The last day is over already. Nothing was changed. Take today or a later day, or stop the campaign.',
      { field: 'endDate' },
    )
  }
  await transaction(sql, async (tx) => {
    const campaign = await lockRecurringCampaign(tx, campaignId)
    if (!campaign) {
      throw new DomainError(
        'conflict',
        'The campaign is over, or runs only once: it has no last day. Nothing was changed.',
      )
    }
    await setLastDay(tx, { campaignId, endDate, nextRunAt: nextRunUntil(campaign, endDate, at), at })
    const message = endDate ? `Runs come until ${localDate(endDate, campaign.timezone)}` : 'Runs come without an end'
    await insertEvent(tx, { campaignId, at, kind: 'last_day_changed', actor: by, message })
  })
}

function nextRunUntil(campaign: RecurringCampaign, endDate: Date | null, at: Date): Date | null {
  const { actualStartedAt: first, nextRunAt, recurringInterval, timezone } = campaign
  // Before the start there is none yet, and before the first run nothing to count from.
  if (!first) return nextRunAt
  if (nextRunAt) return endDate && nextRunAt > endDate ? null : nextRunAt
  return nextRunAfter({ first, interval: recurringInterval, timezone, endDate }, at)
}
