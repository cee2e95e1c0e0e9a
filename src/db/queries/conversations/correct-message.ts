import { execute, queryOne, type Sql, type Tx } from '@/db/sql'
import type { ReceivedKind } from '@/domain/conversation/received-kind'
import type { StoredUndo } from '@/domain/conversation/stored-undo'

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
  effects: unknown
  undo: unknown
}

/** The message with its email; null when it is gone or belongs to nobody. */
export const selectCorrected = (sql: Sql, id: string) =>
  queryOne<CorrectedMessage>(sql)`
  SELECT r.id, r.kind, r.matched_by AS "matchedBy", r.mailbox_id AS "mailboxId", r.from_email AS "fromEmail",
         r.lead_id AS "leadId", se.id AS "emailId", se.campaign_id AS "campaignId", COALESCE(e.to_email, l.email) AS "toEmail",
         se.mailbox_id AS "sentFrom", r.corrected_at AS "correctedAt", r.effects, r.undo
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

/** Another message of the lead that ends its sequence by itself, or says that it is away: what the first one did stands for it as well. */
export const selectHeir = (tx: Tx, { id, leadId, away }: { id: string; leadId: string; away: boolean }) =>
  queryOne<{ id: string; undo: unknown }>(tx)`
  SELECT r.id, r.undo FROM received_messages r
  WHERE r.lead_id = ${leadId}::uuid AND r.id <> ${id}::uuid AND r.matched_by IS NOT NULL
    AND CASE WHEN ${away}::bool THEN r.kind = 'out_of_office'
        ELSE r.kind IN ('human', 'stop_request')
          OR (r.corrected_at IS NULL AND (r.kind = 'complaint' OR r.details ? 'byHand'
              OR (r.kind = 'bounce' AND r.details @> '{"recipients": [{"severity": "hard"}]}'))) END
  ORDER BY r.created_at DESC, r.id DESC LIMIT 1`

/** Leaves to another message what takes back the effects of both. */
export const writeUndo = (tx: Tx, { id, undo }: { id: string; undo: StoredUndo }) =>
  execute(tx)`
  UPDATE received_messages SET undo = ${JSON.stringify(undo)}::jsonb WHERE id = ${id}::uuid`
