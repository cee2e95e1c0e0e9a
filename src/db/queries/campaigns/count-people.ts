import { query, type Sql } from '@/db/sql'
import type { LeadStatus } from '@/domain/lead/status'

export type PeopleCount = { campaignId: string; status: LeadStatus; count: number }

/** Counts of the leads that each of these campaigns has emailed, by their status now. */
export const countPeopleByStatus = (sql: Sql, campaignIds: readonly string[]) =>
  query<PeopleCount>(sql)`
  SELECT mailed.campaign_id AS "campaignId", l.status, count(*)::int AS count
  FROM (SELECT DISTINCT campaign_id, lead_id FROM scheduled_emails
        WHERE campaign_id = ANY(${[...campaignIds]}::uuid[]) AND status = 'sent') mailed
  JOIN leads l ON l.id = mailed.lead_id
  GROUP BY 1, 2`
