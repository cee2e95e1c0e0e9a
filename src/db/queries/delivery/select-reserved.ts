import { query, type Sql } from '@/db/sql'
import type { LimitDays } from './mark-sending'

export type Reserved = {
  /** Null for the mailbox. */
  campaignId: string | null
  reserved: number
  /** Some of them are on the wire: what turns out not to leave is reserved no more. */
  open: boolean
}

/** Emails and replies reserved today: one row for the mailbox, one for each campaign. */
export const selectReserved = (sql: Sql, input: LimitDays) =>
  query<Reserved>(sql)`
  SELECT NULL::uuid AS "campaignId", reserved, EXISTS (
    SELECT FROM scheduled_emails o WHERE o.mailbox_id = ${input.mailboxId}::uuid AND o.status = 'sending'
    UNION ALL SELECT FROM replies p WHERE p.mailbox_id = ${input.mailboxId}::uuid AND p.status = 'sending') AS open
  FROM mailbox_days
  WHERE mailbox_id = ${input.mailboxId}::uuid AND day = ${input.mailboxDay}::date
  UNION ALL
  SELECT d.campaign_id, d.reserved, EXISTS (
    SELECT FROM scheduled_emails o WHERE o.campaign_id = d.campaign_id AND o.status = 'sending')
  FROM campaign_days d
  JOIN unnest(${input.campaignDays.map((entry) => entry.campaignId)}::uuid[],
              ${input.campaignDays.map((entry) => entry.day)}::date[]) AS today(campaign_id, day)
    ON today.campaign_id = d.campaign_id AND today.day = d.day`
