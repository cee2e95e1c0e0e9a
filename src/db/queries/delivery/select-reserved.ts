import { query, type Sql } from '@/db/sql'
import type { LimitDays } from './mark-sending'

/** Emails reserved today: one row for the mailbox (`campaignId` null), one for each campaign. */
export const selectReserved = (sql: Sql, input: LimitDays) =>
  query<{ campaignId: string | null; reserved: number }>(sql)`
  SELECT NULL::uuid AS "campaignId", reserved FROM mailbox_days
  WHERE mailbox_id = ${input.mailboxId}::uuid AND day = ${input.mailboxDay}::date
  UNION ALL
  SELECT d.campaign_id, d.reserved FROM campaign_days d
  JOIN unnest(${input.campaignDays.map((entry) => entry.campaignId)}::uuid[],
              ${input.campaignDays.map((entry) => entry.day)}::date[]) AS today(campaign_id, day)
    ON today.campaign_id = d.campaign_id AND today.day = d.day`
