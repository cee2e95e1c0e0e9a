import { query, queryOne, type Sql } from '@/db/sql'
import type { CampaignStatus } from '@/domain/campaign/state'
import type { Interest } from '@/domain/conversation/interest'
import type { KeptScope } from '@/domain/inbox/conversation'
import type { LeadStatus } from '@/domain/lead/status'

export type ShownConversation = {
  id: string
  leadId: string | null
  correspondent: string
  correspondentName: string
  subject: string
  scope: KeptScope
  isWaiting: boolean
  isUnread: boolean
  snoozedUntil: Date | null
  interest: Interest | null
  version: number
  /** The message of theirs that was stored last; null before the first. Acts name it as the one that was seen. */
  latestMessageId: string | null
  /** The person was told of a message in it, and has not read that. */
  isTold: boolean
  lastMessageAt: Date
  assigneeId: string | null
  assigneeName: string | null
  fromEmail: string
  timezone: string
}

/** A conversation as it is shown to a person; null when it is gone. */
export const selectConversation = (sql: Sql, id: string, by: string) =>
  queryOne<ShownConversation>(sql)`
  SELECT c.id, c.lead_id AS "leadId", c.correspondent, c.correspondent_name AS "correspondentName", c.subject, c.scope,
         c.is_waiting AS "isWaiting", c.is_unread AS "isUnread", c.snoozed_until AS "snoozedUntil", c.interest, c.version,
         (SELECT id FROM received_messages WHERE conversation_id = c.id AND kind <> 'own' ORDER BY id DESC LIMIT 1) AS "latestMessageId",
         EXISTS (SELECT 1 FROM notifications n JOIN received_messages r ON r.id = n.message_id
                 WHERE n.user_id = ${by} AND n.read_at IS NULL AND n.in_app AND r.conversation_id = c.id) AS "isTold",
         c.last_message_at AS "lastMessageAt", c.assignee_id AS "assigneeId", u.name AS "assigneeName",
         m.from_email AS "fromEmail", m.timezone
  FROM conversations c JOIN mailboxes m ON m.id = c.mailbox_id LEFT JOIN users u ON u.id = c.assignee_id
  WHERE c.id = ${id}::uuid`

/** The campaigns of a lead, the latest first: where they stand, and how many emails to it were sent and are planned. */
export const selectCampaignsOfLead = (sql: Sql, leadId: string) =>
  query<{ id: string; name: string; status: CampaignStatus; sent: number; pending: number; nextAt: Date | null }>(sql)`
  SELECT c.id, c.name, c.status, count(*) FILTER (WHERE se.status = 'sent')::int AS sent,
         count(*) FILTER (WHERE se.status = 'pending')::int AS pending,
         min(se.scheduled_for) FILTER (WHERE se.status = 'pending') AS "nextAt"
  FROM scheduled_emails se JOIN campaigns c ON c.id = se.campaign_id
  WHERE se.lead_id = ${leadId}::uuid
  GROUP BY c.id ORDER BY max(se.scheduled_for) DESC, c.id LIMIT 50`

/** An email of a campaign as it was sent to a lead. */
export type SentEmailOfLead = {
  id: string
  at: Date
  fromEmail: string
  toEmail: string
  subject: string
  /** Its beginning. */
  text: string
  /** There is more text than this. */
  isCut: boolean
  hasHtml: boolean
  /** Days after which its text was deleted by the setting; null: it is there. */
  textKeptDays: number | null
  step: number
  campaignId: string
  campaignName: string
}

/** The latest emails that campaigns have sent to a lead, with the beginning of their text. */
export const selectEmailsToLead = (sql: Sql, leadId: string, { limit, length }: { limit: number; length: number }) =>
  query<SentEmailOfLead>(sql)`
  SELECT e.id, e.sent_at AS at, e.from_email AS "fromEmail", e.to_email AS "toEmail", e.subject, left(e.body_text, ${length}) AS text,
         length(e.body_text) > ${length} AS "isCut", e.body_html IS NOT NULL AS "hasHtml", e.text_kept_days AS "textKeptDays", se.workflow_step_number AS step, c.id AS "campaignId", c.name AS "campaignName"
  FROM emails e JOIN scheduled_emails se ON se.id = e.id JOIN campaigns c ON c.id = e.campaign_id
  WHERE e.lead_id = ${leadId}::uuid ORDER BY e.sent_at DESC, e.id DESC LIMIT ${limit}`

export type LeadOfConversation = {
  id: string
  email: string
  contactName: string | null
  companyName: string | null
  jobTitle: string | null
  phone: string | null
  city: string | null
  country: string | null
  website: string | null
  status: LeadStatus
  awayUntil: Date | null
  emailsSent: number
}

export const selectLeadOfConversation = (sql: Sql, leadId: string) =>
  queryOne<LeadOfConversation>(sql)`
  SELECT id, email, contact_name AS "contactName", company_name AS "companyName", job_title AS "jobTitle", phone, city, country,
         website, status, away_until AS "awayUntil", emails_sent AS "emailsSent"
  FROM leads WHERE id = ${leadId}::uuid`
