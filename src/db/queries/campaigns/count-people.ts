import { query, type Sql } from '@/db/sql'

export type PeopleCount = {
  campaignId: string
  contacted: number
  replied: number
  bounced: number
  unsubscribed: number
}

/**
 * How many leads each of these campaigns has mailed, and what became of them. Bounced: set so by hand, or refused for good
 * while this campaign sent, which puts the address on the suppression list at the moment the email failed.
 */
export const countPeople = (sql: Sql, campaignIds: readonly string[]) =>
  query<PeopleCount>(sql)`
  SELECT tried.campaign_id AS "campaignId",
         count(*) FILTER (WHERE tried.mailed)::int AS contacted,
         count(*) FILTER (WHERE tried.mailed AND l.status = 'replied')::int AS replied,
         count(*) FILTER (WHERE s.id IS NOT NULL OR (tried.mailed AND l.status = 'bounced'))::int AS bounced,
         count(*) FILTER (WHERE tried.mailed AND l.status = 'unsubscribed')::int AS unsubscribed
  FROM (SELECT campaign_id, lead_id, bool_or(status = 'sent') AS mailed,
               max(failed_at) FILTER (WHERE status = 'failed') AS failed_at
        FROM scheduled_emails
        WHERE campaign_id = ANY(${[...campaignIds]}::uuid[]) AND status IN ('sent', 'failed')
        GROUP BY 1, 2) tried
  JOIN leads l ON l.id = tried.lead_id
  LEFT JOIN suppressions s ON s.kind = 'address' AND s.value = l.email AND s.reason = 'invalid_address'
    AND s.source = 'smtp' AND s.created_at <= tried.failed_at
  GROUP BY 1`
