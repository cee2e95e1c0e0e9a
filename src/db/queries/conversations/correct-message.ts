import { Prisma } from '@/db/generated/client'
import { execute, query, queryOne, type Sql, type Tx } from '@/db/sql'
import type { ReceivedKind } from '@/domain/conversation/received-kind'
import type { StoredUndo } from '@/domain/conversation/stored-undo'
import type { LeadStatus } from '@/domain/lead/status'
import { endingMessages, endsSequenceItself } from './ending-messages'
import { notPendingSince } from './not-pending-since'
import { isReportOfOurs } from './reports'

/** A message that belongs to an email of ours, as its correction needs it. */
export type CorrectedMessage = {
  id: string
  kind: ReceivedKind
  matchedBy: string
  mailboxId: string
  fromEmail: string
  leadId: string
  emailId: string
  campaignId: string
  /** Of the email that it belongs to. */
  toEmail: string
  sentFrom: string
  correctedAt: Date | null
  conversationId: string | null
  effects: unknown
  undo: unknown
}

/** The message with its email; null when it is gone or belongs to nobody. */
export const selectCorrected = (sql: Sql, id: string) =>
  queryOne<CorrectedMessage>(sql)`
  SELECT r.id, r.kind, r.matched_by AS "matchedBy", r.mailbox_id AS "mailboxId", r.from_email AS "fromEmail",
         r.lead_id AS "leadId", se.id AS "emailId", se.campaign_id AS "campaignId", COALESCE(e.to_email, l.email) AS "toEmail",
         se.mailbox_id AS "sentFrom", r.corrected_at AS "correctedAt",
         r.conversation_id AS "conversationId", r.effects, r.undo
  FROM received_messages r
  JOIN scheduled_emails se ON se.id = r.scheduled_email_id
  JOIN leads l ON l.id = r.lead_id AND l.id = se.lead_id
  LEFT JOIN emails e ON e.id = se.id
  WHERE r.id = ${id}::uuid AND r.matched_by IS NOT NULL`

/**
 * Writes what a person says that a message is, and what it does as that, unless it was corrected since it was looked at.
 * What it was taken for at first stays.
 */
export const correctMessageIf = (
  tx: Tx,
  to: {
    id: string
    was: { kind: ReceivedKind; correctedAt: Date | null }
    kind: ReceivedKind
    effects: Record<string, unknown>
    undo: StoredUndo
    by: string
    at: Date
  },
) =>
  queryOne<{ id: string }>(tx)`
  UPDATE received_messages
  SET kind = ${to.kind}, effects = ${JSON.stringify(to.effects)}::jsonb, undo = ${JSON.stringify(to.undo)}::jsonb,
      corrected_from = COALESCE(corrected_from, kind), corrected_by = ${to.by}, corrected_at = ${to.at}
  WHERE id = ${to.id}::uuid AND kind = ${to.was.kind}
    AND corrected_at IS NOT DISTINCT FROM ${to.was.correctedAt}::timestamptz
  RETURNING id`

/** The latest of a lead's other messages that says as much as one that is taken back. */
export type Heir = { id: string; kind: ReceivedKind; asksPerson: boolean; undo: unknown }

const SAYS = {
  end: endsSequenceItself,
  // Of a report only the addresses that it is about.
  no: Prisma.sql`((${isReportOfOurs} AND COALESCE(r.effects -> 'reportedOf' ?| given.addresses, true))
    OR (r.kind = 'stop_request' AND NOT r.effects ? 'asksPerson'
      AND (NOT r.effects ? 'byOther' OR r.from_email = ANY(given.addresses))))`,
  away: Prisma.sql`r.kind = 'out_of_office'`,
} as const

/**
 * Another message of the lead that by itself ends its sequence, has some of these addresses on the list, or says that it is away: what the first
 * one did of that stands for it as well.
 */
export const selectHeir = (
  tx: Tx,
  {
    id,
    leadId,
    says,
    addresses = [],
  }: { id: string; leadId: string; says: keyof typeof SAYS; addresses?: readonly string[] },
) =>
  queryOne<Heir>(tx)`
  SELECT r.id, r.kind, r.effects ? 'asksPerson' AS "asksPerson", r.undo
  FROM received_messages r
  JOIN scheduled_emails se ON se.id = r.scheduled_email_id
  JOIN leads l ON l.id = r.lead_id
  LEFT JOIN emails e ON e.id = se.id
  CROSS JOIN (SELECT ${[...addresses]}::text[] AS addresses) given
  WHERE r.lead_id = ${leadId}::uuid AND r.id <> ${id}::uuid AND r.matched_by IS NOT NULL AND ${SAYS[says]}
  ORDER BY r.created_at DESC, r.id DESC LIMIT 1`

/** A skipped email, and the message that would have skipped it had it been planned still. */
export type HeirOfEmail = { emailId: string; id: string; undo: unknown }

/**
 * Of these skipped emails those that another message ends as well, which came or was corrected since they were skipped, or while they
 * were on the wire or held last: each with the latest such message, of its own lead or of a colleague whose reply stops the company.
 */
export const selectHeirsOfEmails = (
  tx: Tx,
  { emailIds, except }: { emailIds: readonly string[]; except: string | null },
) =>
  query<HeirOfEmail>(tx)`
  SELECT planned.id AS "emailId", heir.id, heir.undo
  FROM scheduled_emails planned
  JOIN campaigns c ON c.id = planned.campaign_id
  JOIN leads l ON l.id = planned.lead_id
  CROSS JOIN LATERAL (
    SELECT id, undo FROM ${endingMessages(notPendingSince('planned'))} ending
    WHERE id IS DISTINCT FROM ${except}::uuid ORDER BY created_at DESC, id DESC LIMIT 1) heir
  WHERE planned.id = ANY(${[...emailIds]}::uuid[]) AND planned.status = 'skipped'
  ORDER BY planned.id`

/** The message of the lead that found it in the status that another one had given goes back to what that one had found. */
export const passStatusOn = (
  tx: Tx,
  { id, leadId, given, before }: { id: string; leadId: string; given: LeadStatus; before: LeadStatus },
) =>
  execute(tx)`
  UPDATE received_messages SET undo = jsonb_set(undo, '{leadStatus,from}', to_jsonb(${before}::text))
  WHERE id = (SELECT r.id FROM received_messages r
              WHERE r.lead_id = ${leadId}::uuid AND r.id <> ${id}::uuid AND r.undo #>> '{leadStatus,from}' = ${given}
              ORDER BY r.created_at, r.id LIMIT 1)`

/** Leaves to another message what takes back the effects of both. */
export const writeUndo = (tx: Tx, { id, undo }: { id: string; undo: StoredUndo }) =>
  execute(tx)`
  UPDATE received_messages SET undo = ${JSON.stringify(undo)}::jsonb WHERE id = ${id}::uuid`
