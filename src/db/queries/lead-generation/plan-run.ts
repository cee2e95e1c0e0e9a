import { executeIf, query, queryOne, type Sql, type Tx } from '@/db/sql'
import type { LeadFacts } from '@/domain/message/variables'
import { isEligible } from '../campaigns/select-eligible-leads'

/** Batches whose outreach is due, of campaigns that run. */
export const selectDueOutreach = (sql: Sql, now: Date) =>
  query<{ runId: string; campaignId: string }>(sql)`
  SELECT r.id AS "runId", r.campaign_id AS "campaignId"
  FROM lead_generation_runs r JOIN campaigns c ON c.id = r.campaign_id
  WHERE r.outreach_at <= ${now} AND r.planned_at IS NULL AND r.status = 'completed' AND c.status = 'running'
  ORDER BY r.outreach_at, r.id`

/** The campaign, locked while it runs: a pause or a stop waits for the plan, and a completion sees it. */
export const lockRunningCampaign = (tx: Tx, campaignId: string) =>
  executeIf(tx)`
  SELECT id FROM campaigns WHERE id = ${campaignId}::uuid AND status = 'running' FOR NO KEY UPDATE`

/** Marks the run's batch as planned, exactly once. */
export const markRunPlannedIf = (tx: Tx, runId: string, at: Date) =>
  queryOne<{ batchId: string | null }>(tx)`
  UPDATE lead_generation_runs SET planned_at = ${at}
  WHERE id = ${runId}::uuid AND planned_at IS NULL AND outreach_at IS NOT NULL AND status = 'completed'
  RETURNING batch_id AS "batchId"`

/**
 * The batch's leads that may be emailed and have no email of this campaign yet, with the facts that templates may use.
 */
export const selectLeadsToPlan = (sql: Sql, batchId: string, campaignId: string) =>
  query<LeadFacts & { id: string }>(sql)`
  SELECT l.id, l.email, l.company_name AS "companyName", l.contact_name AS "contactName", l.first_name AS "firstName",
         l.last_name AS "lastName", l.job_title AS "jobTitle", l.phone, l.industry, l.city, l.country, l.website,
         l.custom_fields AS "customFields"
  FROM leads l JOIN batch_leads bl ON bl.lead_id = l.id
  WHERE bl.batch_id = ${batchId}::uuid AND ${isEligible(campaignId)}
    AND NOT EXISTS (SELECT 1 FROM scheduled_emails se WHERE se.campaign_id = ${campaignId}::uuid AND se.lead_id = l.id)
  ORDER BY l.id`

/** Emails that count against the campaign's own daily limit, by its local day: planned ones (overdue ones leave today), and those of today. */
export const selectPlannedOfCampaign = (
  sql: Sql,
  input: {
    campaignId: string
    timezone: string
    today: string
    now: Date
  },
) =>
  query<{ day: string; emails: number }>(sql)`
  SELECT day, sum(emails)::int AS emails FROM (
    SELECT to_char(GREATEST(scheduled_for, ${input.now}) AT TIME ZONE ${input.timezone}, 'YYYY-MM-DD') AS day, count(*) AS emails
    FROM scheduled_emails WHERE campaign_id = ${input.campaignId}::uuid AND status = 'pending' GROUP BY 1
    UNION ALL
    SELECT to_char(day, 'YYYY-MM-DD'), reserved FROM campaign_days
    WHERE campaign_id = ${input.campaignId}::uuid AND day = ${input.today}::date) booked
  GROUP BY day`
