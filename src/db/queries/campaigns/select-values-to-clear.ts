import { query, type Sql } from '@/db/sql'
import type { LeadDetail } from '@/domain/lead/fields'
import type { LeadSourceName } from '@/domain/lead-generation/criteria'
import { isEligible, leadsOfCampaign } from './select-eligible-leads'

/** Details that this many leads of a campaign lose, and when they were last fetched. */
export type ValuesToClear = { fields: LeadDetail[]; fetchedAt: Date; leads: number }

/** The details that a source's terms take away from the campaign's leads, by the hour in which they were fetched. */
export const selectValuesToClear = (sql: Sql, campaignId: string, source: LeadSourceName) =>
  query<ValuesToClear>(sql)`
  SELECT l.fields_to_clear AS fields, max(l.source_fetched_at) AS "fetchedAt", count(*)::int AS leads
  FROM leads l
  WHERE l.id IN (${leadsOfCampaign(campaignId)}) AND ${isEligible(campaignId)}
    AND l.source = ${source} AND l.fields_to_clear <> '{}' AND l.source_fetched_at IS NOT NULL
  GROUP BY l.fields_to_clear, date_trunc('hour', l.source_fetched_at)`
