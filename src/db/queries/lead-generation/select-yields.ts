import { query, type Sql } from '@/db/sql'
import type { LeadSourceName } from '@/domain/lead-generation/criteria'
import type { Yield } from '@/domain/lead-generation/yield'

export type YieldRow = Yield & { campaignId: string; source: LeadSourceName; runs: number }

/** Yields of each source in each of these campaigns, summed over all runs. */
export const selectYields = (sql: Sql, campaignIds: readonly string[]) =>
  query<YieldRow>(sql)`
  SELECT r.campaign_id AS "campaignId", s.source, count(*)::int AS runs, sum(s.found)::int AS found, sum(s.added)::int AS added,
         sum(s.duplicate)::int AS duplicate, sum(s.existing)::int AS existing, sum(s.invalid)::int AS invalid,
         sum(s.no_address)::int AS "noAddress", sum(s.suppressed)::int AS suppressed, sum(s.over_cap)::int AS "overCap",
         sum(s.seen)::int AS seen, sum(s.requests)::int AS requests, sum(s.credits) AS credits, sum(s.in_doubt)::int AS "inDoubt"
  FROM lead_generation_run_sources s JOIN lead_generation_runs r ON r.id = s.run_id
  WHERE r.campaign_id = ANY(${[...campaignIds]}::uuid[])
  GROUP BY r.campaign_id, s.source ORDER BY s.source`
