import { Prisma } from '@/db/generated/client'
import { query, queryCount, type Sql } from '@/db/sql'
import type { EmailStatus } from '@/domain/campaign/progress'
import { continuesAfterReply, endsSequence, heldBackByAnswer } from '../leads/ends-sequence'
import { isSuppressedOfMany } from '../suppression/suppressed'

export type EmailRow = {
  id: string
  leadId: string
  step: number
  status: EmailStatus
  dueAt: Date
  /** When it began to leave; null where it has not. */
  leftAt: Date | null
  endedAt: Date | null
  mailboxId: string
  templateId: string
  /** When its lead got the last email, from any campaign. */
  contactedAt: Date | null
  /** It was on the wire, has failed, or may have left: its lead has got as far as its step. */
  isReached: boolean
}

const isReached = Prisma.sql`(se.claim > 0 OR se.status IN ('sent', 'sending', 'held', 'failed'))`

/** The last step that a lead of the campaign has got to; 0 for none. */
export const selectReachedStep = (sql: Sql, campaignId: string) =>
  queryCount(sql)`
  SELECT COALESCE(max(workflow_step_number), 0) AS count FROM scheduled_emails se
  WHERE se.campaign_id = ${campaignId}::uuid AND ${isReached}`

/** Every email of the campaign, those of a lead in a row, by step. */
export const selectEmailsToChange = (sql: Sql, campaignId: string) =>
  query<EmailRow>(sql)`
  SELECT se.id, se.lead_id AS "leadId", se.workflow_step_number AS step, se.status, se.scheduled_for AS "dueAt",
         CASE WHEN se.status IN ('sent', 'sending', 'held') THEN COALESCE(se.sent_at, se.sending_since) END AS "leftAt",
         se.ended_at AS "endedAt", se.mailbox_id AS "mailboxId", se.template_id AS "templateId",
         l.last_contacted_at AS "contactedAt", ${isReached} AS "isReached"
  FROM scheduled_emails se JOIN leads l ON l.id = se.lead_id
  WHERE se.campaign_id = ${campaignId}::uuid ORDER BY se.lead_id, se.workflow_step_number`

/**
 * The campaign's leads whose sequence has ended, also where every step of it was sent before: by their status, the list, an answer
 * since they were planned (their first email says when), or the reply of a colleague that ended their emails.
 */
export const selectEndedLeads = (sql: Sql, campaignId: string) =>
  query<{ id: string }>(sql)`
  SELECT l.id FROM leads l
  WHERE l.id IN (SELECT lead_id FROM scheduled_emails WHERE campaign_id = ${campaignId}::uuid)
    AND (${endsSequence(continuesAfterReply(campaignId))} OR ${isSuppressedOfMany}
      OR EXISTS (SELECT FROM scheduled_emails se JOIN campaigns c ON c.id = se.campaign_id
                 WHERE se.campaign_id = ${campaignId}::uuid AND se.lead_id = l.id AND se.workflow_step_number = 1
                   AND (${heldBackByAnswer}) IS NOT NULL)
      OR EXISTS (SELECT FROM scheduled_emails se JOIN campaigns c ON c.id = se.campaign_id
                 WHERE se.campaign_id = ${campaignId}::uuid AND se.lead_id = l.id AND se.status = 'skipped'
                   AND se.failure_reason = 'company_replied' AND c.stop_same_company AND NOT c.continue_after_reply))`

/** The leads that were taken out of the campaign, and when. */
export const selectTakenOut = (sql: Sql, campaignId: string) =>
  query<{ id: string; at: Date }>(sql)`
  SELECT lead_id AS id, at FROM campaign_taken_out_leads WHERE campaign_id = ${campaignId}::uuid`
