import { query, type Sql } from '@/db/sql'
import type { EmailStatus } from '@/domain/campaign/progress'
import { continuesAfterReply, endsSequence } from '../leads/ends-sequence'
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
  /** It was on the wire, has failed, or may have left: its lead has got as far as its step. */
  isReached: boolean
}

/** Every email of the campaign, those of a lead in a row, by step. */
export const selectEmailsToChange = (sql: Sql, campaignId: string) =>
  query<EmailRow>(sql)`
  SELECT id, lead_id AS "leadId", workflow_step_number AS step, status, scheduled_for AS "dueAt",
         CASE WHEN status IN ('sent', 'sending', 'held') THEN COALESCE(sent_at, sending_since) END AS "leftAt",
         ended_at AS "endedAt", mailbox_id AS "mailboxId", template_id AS "templateId",
         claim > 0 OR status IN ('sent', 'sending', 'held', 'failed') AS "isReached"
  FROM scheduled_emails WHERE campaign_id = ${campaignId}::uuid ORDER BY lead_id, workflow_step_number`

/** The campaign's leads whose status ends its sequence, or whose address is suppressed. */
export const selectEndedLeads = (sql: Sql, campaignId: string) =>
  query<{ id: string }>(sql)`
  SELECT l.id FROM leads l
  WHERE l.id IN (SELECT lead_id FROM scheduled_emails WHERE campaign_id = ${campaignId}::uuid)
    AND (${endsSequence(continuesAfterReply(campaignId))} OR ${isSuppressedOfMany})`

/** The leads that were taken out of the campaign, and when. */
export const selectTakenOut = (sql: Sql, campaignId: string) =>
  query<{ id: string; at: Date }>(sql)`
  SELECT lead_id AS id, at FROM campaign_taken_out_leads WHERE campaign_id = ${campaignId}::uuid`
