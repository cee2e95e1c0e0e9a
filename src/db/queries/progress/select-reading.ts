import { query, type Sql } from '@/db/sql'

/** Of how many mailboxes of a campaign answers are read, and since when at the latest; real time, null until each was read once. */
export type CampaignReading = { campaignId: string; mailboxes: number; read: number; asOf: Date | null }

/** How the answers to these campaigns are read. */
export const selectReading = (sql: Sql, campaignIds: readonly string[]) =>
  query<CampaignReading>(sql)`
  SELECT cm.campaign_id AS "campaignId", count(*)::int AS mailboxes, count(r.mailbox_id)::int AS read,
         CASE WHEN count(r.mailbox_id) = count(r.last_read_at) THEN min(r.last_read_at) END AS "asOf"
  FROM campaign_mailboxes cm LEFT JOIN mailbox_readers r ON r.mailbox_id = cm.mailbox_id
  WHERE cm.campaign_id = ANY(${[...campaignIds]}::uuid[])
  GROUP BY 1`

/**
 * Leads that are away, and for whose return emails of these campaigns wait. Read from the leads that are away, who are few, and never
 * from all that waits (idx_leads_away_until): OFFSET keeps the order.
 */
export const countAway = (sql: Sql, campaignIds: readonly string[], now: Date) =>
  query<{ campaignId: string; away: number }>(sql)`
  SELECT waiting.campaign_id AS "campaignId", count(DISTINCT l.id)::int AS away
  FROM leads l CROSS JOIN LATERAL (
    SELECT se.campaign_id FROM scheduled_emails se
    WHERE se.lead_id = l.id AND se.status = 'pending' AND se.campaign_id = ANY(${[...campaignIds]}::uuid[]) OFFSET 0) waiting
  WHERE l.away_until > ${now}
  GROUP BY 1`
