import { query, type Sql } from '@/db/sql'

export type PeopleCount = {
  campaignId: string
  replied: number
  bounced: number
  unsubscribed: number
}

/**
 * What became of the leads that each of these campaigns has emailed: by campaign_ended_leads, which the database keeps. Replied: also
 * those whose reply was read and whose status a person has changed since (idx_received_messages_human); both are walked in the order
 * of their leads, within these campaigns alone. Bounced: set so by hand, or refused for good while this campaign sent, which puts the
 * address on the suppression list at the moment the email failed (idx_suppressions_refused).
 */
export const countPeople = (sql: Sql, campaignIds: readonly string[]) =>
  query<PeopleCount>(sql)`
  SELECT campaign_id AS "campaignId", COALESCE(sum(count) FILTER (WHERE status = 'replied'), 0)::int AS replied,
         COALESCE(sum(count) FILTER (WHERE status = 'bounced'), 0)::int AS bounced,
         COALESCE(sum(count) FILTER (WHERE status = 'unsubscribed'), 0)::int AS unsubscribed
  FROM (
    SELECT campaign_id, status, count(*) FROM campaign_ended_leads WHERE campaign_id = ANY(${[...campaignIds]}::uuid[]) GROUP BY 1, 2
    UNION ALL
    SELECT r.campaign_id, 'replied', count(DISTINCT r.lead_id) FROM received_messages r
    WHERE r.kind = 'human' AND r.campaign_id = ANY(${[...campaignIds]}::uuid[]) AND r.lead_id IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM campaign_ended_leads e
                      WHERE e.campaign_id = r.campaign_id AND e.lead_id = r.lead_id AND e.status = 'replied'
                        AND e.campaign_id = ANY(${[...campaignIds]}::uuid[]))
    GROUP BY 1
    UNION ALL
    SELECT se.campaign_id, 'bounced', count(DISTINCT se.lead_id)
    FROM scheduled_emails se JOIN leads l ON l.id = se.lead_id
    JOIN suppressions s ON s.kind = 'address' AND s.value = l.email AND s.reason = 'invalid_address' AND s.source = 'smtp'
      AND s.created_at <= se.failed_at
    WHERE se.campaign_id = ANY(${[...campaignIds]}::uuid[]) AND se.status = 'failed'
      AND NOT EXISTS (SELECT 1 FROM campaign_ended_leads e
                      WHERE e.campaign_id = se.campaign_id AND e.lead_id = se.lead_id AND e.status = 'bounced')
    GROUP BY 1) people
  GROUP BY 1`
