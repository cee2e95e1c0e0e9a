import { Prisma } from '@/db/generated/client'
import { query, queryPrepared, type Sql } from '@/db/sql'
import type { EmailStatus } from '@/domain/campaign/progress'
import type { CampaignStatus } from '@/domain/campaign/state'
import type { ThreadMessage } from '@/domain/conversation/thread'
import type { LeadStatus } from '@/domain/lead/status'
import type { LeadFacts } from '@/domain/message/variables'
import { isOpen } from '../campaigns/open-emails'
import { isTakenOut } from '../leads/taken-out'
import { isSuppressed } from '../suppression/suppressed'
import { contentSources, contentVersion, senderSources, senderVersion } from './content-version'
import { isFirstStep } from './queue-part'

/** A due email with the facts that decide about it, and what its message is made of. */
export type DueEmail = {
  id: string
  campaignId: string
  leadId: string
  templateId: string
  workflowId: string | null
  mailboxId: string
  stepNumber: number
  messageId: string
  scheduledFor: Date
  retryCount: number
  campaignName: string
  campaignStatus: CampaignStatus
  campaignTimezone: string
  campaignDailyLimit: number | null
  continueAfterReply: boolean
  email: string
  leadStatus: LeadStatus
  lastContactedAt: Date | null
  awayUntil: Date | null
  suppressed: boolean
  takenOut: boolean
  lead: LeadFacts
  previousStep: EmailStatus | null
  /** True when another campaign has an email planned, on the wire or held for this lead: the 24 h rule must be asked under a lock. */
  contested: boolean
  replyInThread: boolean
  /** The conversation that it goes on with: the first email's subject, and what either side has written, in order. */
  thread: { subject: string; messages: ThreadMessage[] } | null
  /** The provider was seen to keep our Message-ID. */
  keepsMessageId: boolean
  /** Changes with every save of what the message is made of: see `content-version`. */
  contentVersion: string
  /** The part of it that is the template's. */
  templateVersion: string
  /** Who sends, as the settings have it. */
  postalAddress: string
  /** Real time of the last time its mailbox was read, and of the oldest that a follow-up may rest on; null where nothing reads it. */
  answersReadAt: Date | null
  freshReadMinutes: number | null
  /** Changes with every save of its mailbox or of the settings. */
  senderVersion: string
}

const columns = Prisma.sql`
  se.id, se.campaign_id AS "campaignId", se.lead_id AS "leadId", se.template_id AS "templateId",
  se.workflow_id AS "workflowId", se.mailbox_id AS "mailboxId", se.workflow_step_number AS "stepNumber", se.message_id AS "messageId",
  se.scheduled_for AS "scheduledFor", se.retry_count AS "retryCount",
  c.name AS "campaignName", c.status AS "campaignStatus", c.timezone AS "campaignTimezone",
  c.daily_limit AS "campaignDailyLimit", c.continue_after_reply AS "continueAfterReply",
  l.email, l.status AS "leadStatus", GREATEST(l.last_contacted_at, others.on_the_wire_since) AS "lastContactedAt",
  l.away_until AS "awayUntil", others.contested, COALESCE(ws.reply_in_thread, false) AS "replyInThread",
  ${isSuppressed} AS suppressed, ${isTakenOut(Prisma.sql`se.campaign_id`, Prisma.sql`se.lead_id`)} AS "takenOut",
  jsonb_build_object('email', l.email, 'companyName', l.company_name, 'contactName', l.contact_name,
    'firstName', l.first_name, 'lastName', l.last_name, 'jobTitle', l.job_title, 'phone', l.phone,
    'industry', l.industry, 'city', l.city, 'country', l.country, 'website', l.website,
    'customFields', l.custom_fields) AS lead,
  previous.status AS "previousStep", thread.whole AS thread,
  reader.rewrites_message_id IS FALSE AS "keepsMessageId",
  ${contentVersion} AS "contentVersion", t.xmin::text AS "templateVersion", ${senderVersion} AS "senderVersion",
  st.postal_address AS "postalAddress", reader.last_read_at AS "answersReadAt",
  CASE WHEN reader.mailbox_id IS NOT NULL THEN st.fresh_read_minutes END AS "freshReadMinutes"`

// A step that began a conversation of its own belongs to that one.
const isInThread = Prisma.sql`(f.workflow_step_number = 1 OR EXISTS (
  SELECT 1 FROM workflow_steps fs WHERE fs.workflow_id = f.workflow_id AND fs.step_number = f.workflow_step_number
    AND fs.reply_in_thread))`

const ourEmails = Prisma.sql`
  SELECT true AS is_ours, e.message_id, e.provider_message_id, '{}'::text[] AS "references", NULL AS thread_index, e.subject,
         e.sent_at AS at
  FROM scheduled_emails f JOIN emails e ON e.id = f.email_id
  WHERE f.campaign_id = se.campaign_id AND f.lead_id = se.lead_id AND f.workflow_step_number < se.workflow_step_number
    AND ${isInThread}`

// What people have written in answer to one of them, and what was answered by hand. Nobody has automatic answers in a folder.
const theirAnswers = Prisma.sql`
  SELECT false, r.message_id, NULL, r."references", r.thread_index, NULL, r.created_at
  FROM received_messages r JOIN scheduled_emails f ON f.id = r.scheduled_email_id
  WHERE r.lead_id = se.lead_id AND f.campaign_id = se.campaign_id AND f.lead_id = se.lead_id
    AND r.matched_by IN ('in_reply_to', 'references') AND r.message_id <> ''
    AND (r.kind IN ('human', 'stop_request') OR r.details ? 'byHand') AND ${isInThread}`

const context = Prisma.sql`
  JOIN leads l ON l.id = se.lead_id
  ${senderSources}
  ${contentSources}
  LEFT JOIN mailbox_readers reader ON reader.mailbox_id = se.mailbox_id
  LEFT JOIN LATERAL (
    SELECT p.status FROM scheduled_emails p
    WHERE p.campaign_id = se.campaign_id AND p.lead_id = se.lead_id
      AND p.workflow_step_number < se.workflow_step_number
    ORDER BY p.workflow_step_number DESC LIMIT 1) previous ON true
  CROSS JOIN LATERAL (
    SELECT max(o.sending_since) FILTER (WHERE o.status IN ('sending', 'held')) AS on_the_wire_since,
           COALESCE(bool_or(o.status IN ('pending', 'sending', 'held')), false) AS contested
    FROM scheduled_emails o WHERE o.lead_id = se.lead_id AND o.campaign_id <> se.campaign_id) others
  LEFT JOIN LATERAL (
    SELECT jsonb_build_object('subject', (array_agg(message.subject ORDER BY message.at) FILTER (WHERE message.is_ours))[1],
      'messages', jsonb_agg(jsonb_build_object('messageId', message.message_id, 'providerMessageId', message.provider_message_id,
        'references', message."references", 'threadIndex', message.thread_index) ORDER BY message.at, message.is_ours DESC)) AS whole
    FROM (${ourEmails} UNION ALL ${theirAnswers}) message
    HAVING bool_or(message.is_ours)) thread ON ws.reply_in_thread`

// Both orders are read from the partial index idx_scheduled_emails_due, one campaign at a time, so the cost does not
// grow with the rows of paused or finished campaigns. An email whose previous step is open is no candidate: it would
// stand at the head of every batch without ever leaving.
// The bound that stands in the text is for the planner: of a limit that is a value it takes a tenth of all that waits, so over a large
// table it would never keep a plan, and planning takes longer than reading.
const dueOf = ({ mailboxId, now, limit, except }: DueOf, first: boolean) => Prisma.sql`(
  SELECT * FROM (
  SELECT se.* FROM scheduled_emails se
  WHERE se.campaign_id = c.id AND se.mailbox_id = ${mailboxId}::uuid AND se.status = 'pending'
    AND ${isFirstStep(first)} AND se.scheduled_for <= ${now}
    AND se.id <> ALL(${[...except]}::uuid[])
    ${first ? Prisma.empty : noOpenStepBefore}
  ORDER BY ${inTurn} LIMIT ${Prisma.raw(String(READ_AT_MOST))}) se ORDER BY ${inTurn} LIMIT ${limit})`

// As the index has them: of what is due at the same moment, whoever has got more goes first.
const inTurn = Prisma.sql`se.scheduled_for, se.workflow_step_number DESC`
const followUpsFirst = Prisma.sql`(se.workflow_step_number = 1), ${inTurn}, se.campaign_id, se.id`

/** Due emails that one look may read: two for each connection that a mailbox may have. */
const READ_AT_MOST = 100

const noOpenStepBefore = Prisma.sql`AND NOT EXISTS (
  SELECT 1 FROM scheduled_emails o
  WHERE o.campaign_id = se.campaign_id AND o.lead_id = se.lead_id
    AND o.workflow_step_number < se.workflow_step_number AND ${isOpen('o')})`

type DueOf = {
  mailboxId: string
  now: Date
  limit: number
  /** Emails that the job has buffered already. */
  except: readonly string[]
}

/**
 * Due emails of one mailbox in running campaigns, follow-ups before first emails, at most `limit`. Those that are due at the same moment, as
 * after a limit, go in the order in which the calendar of a change lays them out: see `createOutflow`.
 */
export const selectDueEmails = (sql: Sql, due: DueOf) =>
  queryPrepared<DueEmail>(sql, 'select-due-emails')`
  SELECT ${columns}
  FROM campaigns c
  JOIN campaign_mailboxes cm ON cm.campaign_id = c.id AND cm.mailbox_id = ${due.mailboxId}::uuid
  CROSS JOIN LATERAL (${dueOf(due, false)} UNION ALL ${dueOf(due, true)}) se
  ${context}
  WHERE c.status = 'running'
  ORDER BY ${followUpsFirst}
  LIMIT ${due.limit}`

/** Chosen emails with the facts of due ones, in any state. */
export const selectEmailFacts = (sql: Sql, ids: readonly string[]) =>
  query<DueEmail>(sql)`
  SELECT ${columns}
  FROM scheduled_emails se
  JOIN campaigns c ON c.id = se.campaign_id
  ${context}
  WHERE se.id = ANY(${[...ids]}::uuid[])
  ORDER BY ${followUpsFirst}`
