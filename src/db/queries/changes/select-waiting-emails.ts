import { query, type Sql } from '@/db/sql'
import type { WaitingEmail } from '@/domain/campaign/changes/mailbox-effect'

/** Running campaigns that send from the mailbox. */
export const selectRunningCampaigns = (sql: Sql, mailboxId: string) =>
  query<{ id: string; name: string; timezone: string; dailyLimit: number | null }>(sql)`
  SELECT c.id, c.name, c.timezone, c.daily_limit AS "dailyLimit"
  FROM campaign_mailboxes cm JOIN campaigns c ON c.id = cm.campaign_id AND c.status = 'running'
  WHERE cm.mailbox_id = ${mailboxId}::uuid
  ORDER BY lower(c.name), c.id`

/** Emails of these campaigns that wait to leave from the mailbox, those of a lead in the order of their steps. */
export const selectWaitingEmails = (
  sql: Sql,
  { mailboxId, campaignIds }: { mailboxId: string; campaignIds: string[] },
) =>
  query<WaitingEmail>(sql)`
  SELECT campaign_id AS "campaignId", lead_id AS "leadId", mailbox_id AS "mailboxId", workflow_step_number AS step,
         scheduled_for AS "dueAt"
  FROM scheduled_emails
  WHERE campaign_id = ANY(${campaignIds}::uuid[]) AND mailbox_id = ${mailboxId}::uuid AND status = 'pending'
  ORDER BY campaign_id, lead_id, workflow_step_number`
