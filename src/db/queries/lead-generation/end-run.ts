import { execute, executeIf, query, queryOne, type Sql, type Tx } from '@/db/sql'
import type { CampaignStatus, CampaignType } from '@/domain/campaign/state'
import type { LeadSourceName } from '@/domain/lead-generation/criteria'
import { LATEST_RUN_FAILED } from '@/domain/lead-generation/run'

export type CampaignOfRun = {
  id: string
  name: string
  status: CampaignStatus
  campaignType: CampaignType
  timezone: string
  nextRunAt: Date | null
  outreachDelayDays: number
  startedAt: Date | null
  batchId: string | null
  batchName: string | null
  leads: number
  hasCompleted: boolean
}

/**
 * The campaign of a run, locked before the run is: a stop or a completion that is being decided waits, or was first.
 */
export const lockCampaignOfRun = (tx: Tx, runId: string) =>
  queryOne<CampaignOfRun>(tx)`
  SELECT c.id, c.name, c.status, c.campaign_type AS "campaignType", c.timezone, c.next_run_at AS "nextRunAt",
         c.outreach_delay_days AS "outreachDelayDays", r.started_at AS "startedAt", r.batch_id AS "batchId", b.name AS "batchName",
         (SELECT count(*)::int FROM batch_leads bl WHERE bl.batch_id = r.batch_id) AS leads,
         EXISTS (SELECT 1 FROM lead_generation_runs o WHERE o.campaign_id = c.id AND o.status = 'completed') AS "hasCompleted"
  FROM campaigns c JOIN lead_generation_runs r ON r.campaign_id = c.id LEFT JOIN lead_batches b ON b.id = r.batch_id
  WHERE r.id = ${runId}::uuid
  FOR NO KEY UPDATE OF c`

export type SourceEnd = { source: LeadSourceName; found: number; failure: string | null }

/** Leads found and failure of each source of the run. */
export const selectSourceEnds = (sql: Sql, runId: string) =>
  query<SourceEnd>(sql)`
  SELECT source, found, failure FROM lead_generation_run_sources WHERE run_id = ${runId}::uuid ORDER BY source`

/** Ends a run of which no source runs any more. Returns whether it was this call. */
export const endRunIf = (
  tx: Tx,
  input: {
    runId: string
    status: 'completed' | 'failed'
    failure: string | null
    outreachAt: Date | null
    at: Date
  },
) =>
  executeIf(tx)`
  UPDATE lead_generation_runs r
  SET status = ${input.status}, failure = ${input.failure}, outreach_at = ${input.outreachAt}, finished_at = ${input.at}
  WHERE r.id = ${input.runId}::uuid AND r.status = 'running'
    AND NOT EXISTS (SELECT 1 FROM lead_generation_run_sources s WHERE s.run_id = r.id AND s.status = 'running')
  RETURNING r.id`

/** Releases the run's batch, so that other campaigns may choose it. */
export const releaseRunBatch = (tx: Tx, batchId: string, campaignId: string, at: Date) =>
  execute(tx)`
  UPDATE lead_batches SET active_campaign_id = NULL, updated_at = ${at}
  WHERE id = ${batchId}::uuid AND active_campaign_id = ${campaignId}::uuid`

/** Notes on a campaign that goes on that its latest run failed; `why` null removes the note. */
export const noteRunFailure = (sql: Sql, campaignId: string, why: string | null, at: Date) =>
  execute(sql)`
  UPDATE campaigns SET status_reason = ${why === null ? null : LATEST_RUN_FAILED + why}, updated_at = ${at}
  WHERE id = ${campaignId}::uuid AND status = 'running'
    AND (${why !== null} OR status_reason LIKE ${`${LATEST_RUN_FAILED}%`})`

/**
 * Stops the lead generation of a stopped campaign: no further run is due, its open run is over. Leads that were found
 * stay; a call under way is recorded when its response comes. Emails of its batches are not planned any more.
 */
export const stopRuns = (tx: Tx, campaignId: string, at: Date) =>
  execute(tx)`
  WITH campaign AS (
    UPDATE campaigns SET next_run_at = NULL WHERE id = ${campaignId}::uuid
  ), waiting AS (
    UPDATE lead_generation_runs SET outreach_at = NULL
    WHERE campaign_id = ${campaignId}::uuid AND status NOT IN ('pending', 'running') AND outreach_at IS NOT NULL AND planned_at IS NULL
  )
  UPDATE lead_generation_runs SET status = 'stopped', finished_at = ${at}
  WHERE campaign_id = ${campaignId}::uuid AND status IN ('pending', 'running')`

/**
 * Ends the sources of stopped runs. A statement of its own: a run for which the one before had to wait has begun, and
 * has sources.
 */
export const stopSourcesOfStoppedRuns = (tx: Tx, campaignId: string, at: Date) =>
  execute(tx)`
  UPDATE lead_generation_run_sources s SET status = 'stopped', finished_at = ${at} FROM lead_generation_runs r
  WHERE r.campaign_id = ${campaignId}::uuid AND r.status = 'stopped' AND s.run_id = r.id AND s.status = 'running'`

/**
 * Drops waiting calls of stopped runs. A statement of its own: a response for which the one before had to wait has
 * added calls.
 */
export const dropCallsOfStoppedRuns = (tx: Tx, campaignId: string) =>
  execute(tx)`
  UPDATE lead_generation_calls c SET status = 'dropped' FROM lead_generation_runs r
  WHERE r.campaign_id = ${campaignId}::uuid AND r.status = 'stopped' AND c.run_id = r.id AND c.status = 'waiting'`
