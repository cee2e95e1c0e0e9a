import { query, type Sql } from '@/db/sql'
import type { WaitingEmail } from '@/domain/campaign/changes/mailbox-effect'
import type { CampaignStatus } from '@/domain/campaign/state'

/** Campaigns that send from the mailbox, and run or are paused. */
export const selectCampaignsUnderWay = (sql: Sql, mailboxId: string) =>
  query<{ id: string; name: string; status: CampaignStatus; timezone: string; dailyLimit: number | null }>(sql)`
  SELECT c.id, c.name, c.status, c.timezone, c.daily_limit AS "dailyLimit"
  FROM campaign_mailboxes cm JOIN campaigns c ON c.id = cm.campaign_id AND c.status IN ('running', 'paused')
  WHERE cm.mailbox_id = ${mailboxId}::uuid
  ORDER BY lower(c.name), c.id`

/**
 * Emails of these campaigns that wait to leave from the mailbox, those of a lead in the order of their steps. `most`: no more than the so
 * many that are due first; null: all.
 */
export const selectWaitingEmails = (
  sql: Sql,
  { mailboxId, campaignIds, most }: { mailboxId: string; campaignIds: string[]; most: number | null },
) =>
  query<WaitingEmail>(sql)`
  SELECT se.campaign_id AS "campaignId", se.lead_id AS "leadId", se.mailbox_id AS "mailboxId", se.workflow_step_number AS step,
         se.scheduled_for AS "dueAt", l.last_contacted_at AS "contactedAt"
  FROM (
    SELECT campaign_id, lead_id, mailbox_id, workflow_step_number, scheduled_for FROM scheduled_emails
    WHERE campaign_id = ANY(${campaignIds}::uuid[]) AND mailbox_id = ${mailboxId}::uuid AND status = 'pending'
    ORDER BY scheduled_for, workflow_step_number, id LIMIT ${most}::int) se
  JOIN leads l ON l.id = se.lead_id
  ORDER BY se.campaign_id, se.lead_id, se.workflow_step_number`
