import { execute, queryOne, type Tx } from '@/db/sql'
import { UNDER_WAY } from '@/domain/campaign/state'
import type { RecurringInterval } from '@/domain/lead-generation/recurring-intervals'

export type RecurringCampaign = {
  timezone: string
  recurringInterval: RecurringInterval
  actualStartedAt: Date | null
  nextRunAt: Date | null
}

/** The campaign, locked; null unless its runs recur and it is neither a draft nor over. */
export const lockRecurringCampaign = (tx: Tx, campaignId: string) =>
  queryOne<RecurringCampaign>(tx)`
  SELECT timezone, recurring_interval AS "recurringInterval", actual_started_at AS "actualStartedAt",
         next_run_at AS "nextRunAt"
  FROM campaigns
  WHERE id = ${campaignId}::uuid AND is_recurring AND recurring_interval IS NOT NULL
    AND status = ANY(${[...UNDER_WAY]}::text[])
  FOR NO KEY UPDATE`

/** Sets the campaign's last day (null: none) and when its next run is due. */
export const setLastDay = (
  tx: Tx,
  input: {
    campaignId: string
    endDate: Date | null
    nextRunAt: Date | null
    at: Date
  },
) =>
  execute(tx)`
  UPDATE campaigns SET end_date = ${input.endDate}, next_run_at = ${input.nextRunAt}, updated_at = ${input.at}
  WHERE id = ${input.campaignId}::uuid`
