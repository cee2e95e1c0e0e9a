import { executeIf, query, queryOne, type Sql, type Tx } from '@/db/sql'
import type { RecurringInterval } from '@/domain/lead-generation/recurring-intervals'

export type DueRun = {
  campaignId: string
  name: string
  nextRunAt: Date
  firstRunAt: Date
  isRecurring: boolean
  recurringInterval: RecurringInterval | null
  timezone: string
  endDate: Date | null
}

/** Running campaigns with a due run whose run before is over: runs of a campaign never overlap. */
export const selectDueRuns = (sql: Sql, now: Date) =>
  query<DueRun>(sql)`
  SELECT c.id AS "campaignId", c.name, c.next_run_at AS "nextRunAt", COALESCE(c.actual_started_at, c.next_run_at) AS "firstRunAt",
         c.is_recurring AS "isRecurring", c.recurring_interval AS "recurringInterval", c.timezone, c.end_date AS "endDate"
  FROM campaigns c
  WHERE c.status = 'running' AND c.next_run_at <= ${now}
    AND NOT EXISTS (SELECT 1 FROM lead_generation_runs r WHERE r.campaign_id = c.id AND r.status IN ('pending', 'running'))
  ORDER BY c.next_run_at`

/**
 * Sets when the campaign's next run is due, only if it still runs and no other worker was faster; the run that is due
 * now is the caller's to create. Its row lock makes a pause, a stop or a completion wait.
 */
export const advanceNextRunIf = (tx: Tx, input: { campaignId: string; from: Date; to: Date | null; at: Date }) =>
  executeIf(tx)`
  UPDATE campaigns SET next_run_at = ${input.to}, updated_at = ${input.at}
  WHERE id = ${input.campaignId}::uuid AND status = 'running' AND next_run_at = ${input.from}
  RETURNING id`

/** Inserts a run; null when the campaign has one for the same due time. */
export const insertRun = (tx: Tx, run: { campaignId: string; dueAt: Date; missedRuns: number }) =>
  queryOne<{ id: string }>(tx)`
  INSERT INTO lead_generation_runs (campaign_id, due_at, missed_runs)
  VALUES (${run.campaignId}::uuid, ${run.dueAt}, ${run.missedRuns})
  ON CONFLICT (campaign_id, due_at) DO NOTHING
  RETURNING id`

/** Runs that are not over, of campaigns that run: each needs a job. */
export const selectOpenRuns = (sql: Sql) =>
  query<{ id: string }>(sql)`
  SELECT r.id FROM lead_generation_runs r JOIN campaigns c ON c.id = r.campaign_id
  WHERE r.status IN ('pending', 'running') AND c.status = 'running' ORDER BY r.due_at`

/** Makes another run due, at a resume, of a campaign whose runs have all failed. */
export const repeatRunIfFailed = (tx: Tx, campaignId: string, at: Date) =>
  executeIf(tx)`
  UPDATE campaigns c SET next_run_at = ${at}
  WHERE c.id = ${campaignId}::uuid AND c.status = 'running' AND c.next_run_at IS NULL
    AND EXISTS (SELECT 1 FROM lead_generation_runs r WHERE r.campaign_id = c.id)
    AND NOT EXISTS (SELECT 1 FROM lead_generation_runs r WHERE r.campaign_id = c.id AND r.status <> 'failed')
  RETURNING c.id`
