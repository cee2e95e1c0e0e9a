import { query, queryCount, type Sql } from '@/db/sql'
import type { CampaignStatus } from '@/domain/campaign/state'

export type CampaignUser = { id: string; name: string; status: CampaignStatus; users: number; live: number }

/**
 * Campaigns that send the template, alone, through a workflow or in a sequence of their own, or have planned with it, or changed to it
 * once: those under way first, at most
 * `limit`. Each with the number of all, and of those under way.
 */
export const selectTemplateCampaigns = (sql: Sql, { templateId, limit }: { templateId: string; limit: number }) =>
  query<CampaignUser>(sql)`
  WITH used AS (
    SELECT id FROM campaigns WHERE email_template_id = ${templateId}::uuid
    UNION
    SELECT c.id FROM workflow_steps s JOIN campaigns c ON c.workflow_id = s.workflow_id AND c.use_workflow
    WHERE s.email_template_id = ${templateId}::uuid
    UNION
    SELECT w.campaign_id FROM workflow_steps s JOIN workflows w ON w.id = s.workflow_id AND w.campaign_id IS NOT NULL
    WHERE s.email_template_id = ${templateId}::uuid
    UNION
    SELECT campaign_id FROM campaign_templates WHERE template_id = ${templateId}::uuid
    UNION
    SELECT ch.campaign_id FROM workflow_steps s JOIN campaign_changes ch ON ch.workflow_id = s.workflow_id
    WHERE s.email_template_id = ${templateId}::uuid
  )
  SELECT c.id, c.name, c.status, count(*) OVER ()::int AS users,
         count(*) FILTER (WHERE c.status IN ('running', 'paused', 'failed')) OVER ()::int AS live
  FROM used JOIN campaigns c ON c.id = used.id
  ORDER BY c.status NOT IN ('running', 'paused', 'failed'), c.name, c.id LIMIT ${limit}`

/**
 * Count of the emails that are planned with the template and have not left: by the kept counts of each campaign's step. Where a
 * step was planned with several templates, its rows are counted.
 */
export const countPlannedWith = (sql: Sql, templateId: string) =>
  queryCount(sql)`
  SELECT COALESCE(sum(CASE WHEN EXISTS (
    SELECT 1 FROM campaign_templates o
    WHERE o.campaign_id = ct.campaign_id AND o.workflow_step_number = ct.workflow_step_number AND o.template_id <> ct.template_id)
  THEN (SELECT count(*) FROM scheduled_emails se
        WHERE se.campaign_id = ct.campaign_id AND se.status = 'pending' AND se.workflow_step_number = ct.workflow_step_number
          AND se.template_id = ct.template_id)
  ELSE (SELECT sum(count) FROM (
          SELECT count FROM scheduled_email_counts
          WHERE campaign_id = ct.campaign_id AND workflow_step_number = ct.workflow_step_number AND status = 'pending'
          UNION ALL
          SELECT count FROM scheduled_email_count_changes
          WHERE campaign_id = ct.campaign_id AND workflow_step_number = ct.workflow_step_number AND status = 'pending') counted)
  END), 0)::int AS count
  FROM campaign_templates ct JOIN campaigns c ON c.id = ct.campaign_id AND c.status IN ('running', 'paused', 'failed')
  WHERE ct.template_id = ${templateId}::uuid`
