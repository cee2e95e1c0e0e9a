import { columnsOf } from '@/db/columns'
import { type Campaign, type EmailTemplate, type Mailbox, Prisma } from '@/db/generated/client'
import { query, queryOne, type Sql } from '@/db/sql'
import { mailboxColumns } from '../mailboxes/select-mailboxes'

export type CampaignRow = Campaign & {
  workflowName: string | null
  /** False: the sequence of this campaign alone, since it was changed while it ran. */
  workflowListed: boolean | null
  /** The sequence that it has for itself, whether it sends that one or not. */
  ownSequenceId: string | null
}

/** The campaign with the name of its workflow and its own sequence; null when there is none. */
export const selectCampaign = (sql: Sql, campaignId: string) =>
  queryOne<CampaignRow>(sql)`
  SELECT ${columnsOf('c', Prisma.CampaignScalarFieldEnum)}, w.name AS "workflowName", w.listed AS "workflowListed",
         own.id AS "ownSequenceId"
  FROM campaigns c LEFT JOIN workflows w ON w.id = c.workflow_id LEFT JOIN workflows own ON own.campaign_id = c.id
  WHERE c.id = ${campaignId}::uuid`

export type StepRow = { stepNumber: number; daysAfterPrevious: number; replyInThread: boolean; templateId: string }

/** The steps of a workflow, in their order. */
export const selectSteps = (sql: Sql, workflowId: string) =>
  query<StepRow>(sql)`
  SELECT step_number AS "stepNumber", days_after_previous AS "daysAfterPrevious", reply_in_thread AS "replyInThread",
         email_template_id AS "templateId"
  FROM workflow_steps WHERE workflow_id = ${workflowId}::uuid ORDER BY step_number`

/** The templates with these ids, in no particular order. */
export const selectTemplates = (sql: Sql, ids: readonly string[]) =>
  query<EmailTemplate>(sql)`
  SELECT ${columnsOf('t', Prisma.EmailTemplateScalarFieldEnum)} FROM email_templates t WHERE t.id = ANY(${ids}::uuid[])`

export type ChosenBatch = { batchId: string; name: string; startedAt: Date | null; completedAt: Date | null }

/** The batches that the campaign uses or used, the oldest first. */
export const selectChosenBatches = (sql: Sql, campaignId: string) =>
  query<ChosenBatch>(sql)`
  SELECT b.id AS "batchId", b.name, cb.started_at AS "startedAt", cb.completed_at AS "completedAt"
  FROM campaign_batches cb JOIN lead_batches b ON b.id = cb.batch_id
  WHERE cb.campaign_id = ${campaignId}::uuid ORDER BY b.id`

/** The mailboxes that were chosen for the campaign, the oldest first. */
export const selectChosenMailboxes = (sql: Sql, campaignId: string) =>
  query<Mailbox>(sql)`
  SELECT ${mailboxColumns} FROM campaign_mailboxes cm JOIN mailboxes m ON m.id = cm.mailbox_id
  WHERE cm.campaign_id = ${campaignId}::uuid ORDER BY m.created_at, m.id`
