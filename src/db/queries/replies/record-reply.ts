import { Prisma } from '@/db/generated/client'
import { queryOne, type Sql } from '@/db/sql'
import type { ReplyResult } from '@/domain/reply/result'
import type { ReplyKind, ReplyStatus } from '@/domain/reply/state'
import type { LimitDays } from '../delivery/mark-sending'

export type RecordReply = Omit<ReplyResult, 'invalid'> & {
  id: string
  fencingToken: number
  /** How many of its recipients the server has refused for their address. */
  bounces: number
  providerMessageId: string | null
}

/**
 * Records what became of a claimed reply: its row, its lead's last contact, the hour of its mailbox, and the limit's reservation of one
 * that surely did not leave. Null, and nothing is written, for the result of an older claim. Otherwise the state it has now. A reply
 * that was put back, taken back or has failed since is sent where the evidence shows that it had left.
 */
export const recordReplyIf = (sql: Sql, result: RecordReply, day: LimitDays | null, now: Date) =>
  queryOne<{
    status: ReplyStatus
    was: ReplyStatus
    sentAt: Date | null
    kind: ReplyKind
    leadId: string | null
    conversationId: string | null
  }>(sql)`
  WITH changed AS (
    UPDATE replies r
    SET status = ${result.status}::text,
        due_at = COALESCE(${result.dueAt}::timestamptz, r.due_at),
        taken_emails = ARRAY(SELECT DISTINCT unnest(r.taken_emails || ${result.taken}::text[])),
        refused_emails = ARRAY(SELECT DISTINCT unnest(r.refused_emails || ${result.refused}::text[])),
        sent_at = CASE WHEN ${result.status}::text = 'sent' THEN COALESCE(r.sending_since, ${now}::timestamptz) END,
        held_at = CASE WHEN ${result.status}::text = 'held' THEN ${now}::timestamptz END,
        ended_at = CASE WHEN ${result.status}::text IN ('sent', 'failed') THEN ${now}::timestamptz END,
        reason = ${result.reason}::text, response = COALESCE(${result.response}::text, r.response),
        retry_count = r.retry_count + ${result.attemptUsed ? 1 : 0}::int,
        provider_message_id = COALESCE(r.provider_message_id, ${result.providerMessageId}::text),
        lease_until = NULL, updated_at = ${now}
    WHERE r.id = ${result.id}::uuid AND r.claim = ${result.fencingToken}::int
      AND (r.status IN ('sending', 'held') OR (r.status IN ('pending', 'cancelled', 'failed') AND ${result.status}::text = 'sent'))
    RETURNING new.status, new.sent_at, old.status AS was, new.kind, new.lead_id, new.conversation_id, new.mailbox_id, new.sending_since, new.to_emails || new.cc_emails AS recipients
  ), lead AS (
    UPDATE leads l SET last_contacted_at = GREATEST(l.last_contacted_at, c.sending_since), updated_at = ${now}
    FROM changed c WHERE l.id = c.lead_id AND l.email = ANY (c.recipients) AND c.status = 'sent'
  ), hour AS (
    INSERT INTO mailbox_hours AS h (mailbox_id, hour, mails, bounces)
    SELECT mailbox_id, date_trunc('hour', ${now}::timestamptz, 'UTC'), 1, ${result.bounces}::int FROM changed
    WHERE status = 'sent' OR ${result.bounces}::int > 0
    ON CONFLICT (mailbox_id, hour) DO UPDATE SET mails = h.mails + EXCLUDED.mails, bounces = h.bounces + EXCLUDED.bounces
  )${day ? release(day, result.taken.length) : Prisma.empty}
  SELECT status, was, sent_at AS "sentAt", kind, lead_id AS "leadId", conversation_id AS "conversationId" FROM changed`

// Only real sends count against a limit: what a server has taken for somebody has left.
const release = ({ mailboxId, mailboxDay }: LimitDays, taken: number) => Prisma.sql`, release AS (
    UPDATE mailbox_days d SET reserved = GREATEST(0, d.reserved - 1) FROM changed c
    WHERE c.status IN ('failed', 'pending') AND ${taken}::int = 0 AND d.mailbox_id = ${mailboxId}::uuid AND d.day = ${mailboxDay}::date
  )`
