import { query, type Sql } from '@/db/sql'

export type PeopleCount = {
  campaignId: string
  replied: number
  bounced: number
  unsubscribed: number
}

/**
 * What became of the leads that each of these campaigns has emailed: by campaign_ended_leads, which the database keeps. Replied: also
 * those whose reply was read and whose status a person has changed since (idx_received_messages_human). Bounced: set so by hand, or
 * refused for good while this campaign sent, which puts the address on the suppression list at the moment the email failed.
 */
export const countPeople = (sql: Sql, campaignIds: readonly string[]) =>
  query<PeopleCount>(sql)`
  SELECT campaign_id AS "campaignId", count(*) FILTER (WHERE status = 'replied')::int AS replied,
         count(*) FILTER (WHERE status = 'bounced')::int AS bounced,
         count(*) FILTER (WHERE status = 'unsubscribed')::int AS unsubscribed
  FROM (
    SELECT e.campaign_id, e.status FROM campaign_ended_leads e WHERE e.campaign_id = ANY(${[...campaignIds]}::uuid[])
    UNION ALL
    SELECT changed.campaign_id, 'replied' FROM (
      SELECT DISTINCT r.campaign_id, r.lead_id FROM received_messages r
      WHERE r.kind = 'human' AND r.campaign_id = ANY(${[...campaignIds]}::uuid[]) AND r.lead_id IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM campaign_ended_leads e
                        WHERE e.campaign_id = r.campaign_id AND e.lead_id = r.lead_id AND e.status = 'replied')) changed
    UNION ALL
    SELECT refused.campaign_id, 'bounced' FROM (
      SELECT DISTINCT se.campaign_id, se.lead_id
      FROM scheduled_emails se JOIN leads l ON l.id = se.lead_id
      JOIN suppressions s ON s.kind = 'address' AND s.value = l.email AND s.reason = 'invalid_address' AND s.source = 'smtp'
        AND s.created_at <= se.failed_at
      WHERE se.campaign_id = ANY(${[...campaignIds]}::uuid[]) AND se.status = 'failed') refused
    WHERE NOT EXISTS (SELECT 1 FROM campaign_ended_leads e
                      WHERE e.campaign_id = refused.campaign_id AND e.lead_id = refused.lead_id AND e.status = 'bounced')) people
  GROUP BY 1`
