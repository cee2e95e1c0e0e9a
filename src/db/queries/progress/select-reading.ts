import { repliesGoElsewhere } from '@/db/queries/mailboxes/replies-elsewhere'
import { query, type Sql } from '@/db/sql'

/**
 * Of how many mailboxes of a campaign answers are read, and since when at the latest; real time, null until each was read once.
 * `elsewhere`: of each that has replies sent to where nothing is read, to which address.
 */
export type CampaignReading = {
  campaignId: string
  mailboxes: number
  read: number
  elsewhere: string[]
  asOf: Date | null
}

/**
 * How the answers to these campaigns are read. In the `sandbox` a mailbox is opened to be read by its first answer: until then there is
 * none, which is known as of now, real time.
 */
export const selectReading = (
  sql: Sql,
  campaignIds: readonly string[],
  { sandbox, realNow }: { sandbox: boolean; realNow: Date },
) =>
  query<CampaignReading>(sql)`
  SELECT cm.campaign_id AS "campaignId", count(*)::int AS mailboxes,
         count(*) FILTER (WHERE r.mailbox_id IS NOT NULL OR ${sandbox})::int AS read,
         COALESCE(array_agg(m.reply_to ORDER BY m.reply_to) FILTER (WHERE ${repliesGoElsewhere}), '{}') AS elsewhere,
         CASE WHEN count(r.mailbox_id) = count(r.last_read_at)
              THEN COALESCE(min(r.last_read_at), CASE WHEN ${sandbox} THEN ${realNow}::timestamptz END) END AS "asOf"
  FROM campaign_mailboxes cm JOIN mailboxes m ON m.id = cm.mailbox_id LEFT JOIN mailbox_readers r ON r.mailbox_id = cm.mailbox_id
  WHERE cm.campaign_id = ANY(${[...campaignIds]}::uuid[])
  GROUP BY 1`

/**
 * Leads that are away, and for whose return emails of these campaigns wait: by one walk through idx_scheduled_emails_status, which goes
 * from campaign to campaign and in each from lead to lead that is away (idx_leads_away_until). What it asks for is selected: of values
 * that stand there the server counts how many they are, and reads all emails of the leads, or all that waits.
 */
export const countAway = (sql: Sql, campaignIds: readonly string[], now: Date) =>
  query<{ campaignId: string; away: number }>(sql)`
  SELECT campaign_id AS "campaignId", count(DISTINCT lead_id)::int AS away
  FROM scheduled_emails
  WHERE campaign_id = ANY((SELECT ${[...campaignIds]}::uuid[])::uuid[]) AND status = (SELECT 'pending')
    AND lead_id = ANY(ARRAY(SELECT id FROM leads WHERE away_until > ${now}))
  GROUP BY 1`
