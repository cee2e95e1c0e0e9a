import { Prisma } from '@/db/generated/client'
import { queryOne, type Sql } from '@/db/sql'
import type { ReplyResult } from '@/domain/reply/result'
import type { LimitDays } from '../delivery/mark-sending'
import { contactLead, type LeftReply, leadIsLocked, lockLeadOf, returningChanged, selectLeft } from './left-reply'

export type RecordReply = Omit<ReplyResult, 'invalid'> & {
  id: string
  fencingToken: number
  /** How many of its recipients the server has refused for their address. */
  bounces: number
  providerMessageId: string | null
}

/**
 * Records what became of a claimed reply, its lead locked before it: its row, its lead's last contact, the hour of its mailbox, and the limit's reservation of one
 * that surely did not leave. Null, and nothing is written, for the result of an older claim. A reply that was put back, taken back or has
 * failed since is sent where the evidence shows that it had left; one that has reached somebody meanwhile does not fail.
 */
export const recordReplyIf = (sql: Sql, result: RecordReply, day: LimitDays | null, now: Date) =>
  queryOne<LeftReply>(sql)`
  WITH ${lockLeadOf(result.id)}, changed AS (
    UPDATE replies r
    SET status = ${outcome(result)},
        due_at = COALESCE(${result.dueAt}::timestamptz, r.due_at),
        taken_emails = ARRAY(SELECT DISTINCT unnest(r.taken_emails || ${result.taken}::text[])),
        refused_emails = ARRAY(SELECT DISTINCT unnest(r.refused_emails || ${result.refused}::text[])),
        sent_at = CASE WHEN ${outcome(result)} = 'sent' THEN COALESCE(r.sending_since, ${now}::timestamptz) END,
        held_at = CASE WHEN ${result.status}::text = 'held' THEN ${now}::timestamptz END,
        ended_at = CASE WHEN ${result.status}::text IN ('sent', 'failed') THEN ${now}::timestamptz END,
        reason = ${result.reason}::text, response = COALESCE(${result.response}::text, r.response),
        retry_count = r.retry_count + ${result.attemptUsed ? 1 : 0}::int,
        provider_message_id = COALESCE(r.provider_message_id, ${result.providerMessageId}::text),
        lease_until = NULL, updated_at = ${now}
    WHERE ${leadIsLocked} AND r.id = ${result.id}::uuid AND r.claim = ${result.fencingToken}::int
      AND (r.status IN ('sending', 'held') OR (r.status IN ('pending', 'cancelled', 'failed') AND ${result.status}::text = 'sent'))
    ${returningChanged}
  ), lead AS (${contactLead(now)}
  ), hour AS (
    INSERT INTO mailbox_hours AS h (mailbox_id, hour, mails, bounces)
    SELECT mailbox_id, date_trunc('hour', ${now}::timestamptz, 'UTC'), 1, ${result.bounces}::int FROM changed
    WHERE status = 'sent' OR ${result.bounces}::int > 0
    ON CONFLICT (mailbox_id, hour) DO UPDATE SET mails = h.mails + EXCLUDED.mails, bounces = h.bounces + EXCLUDED.bounces
  )${day ? release(day, result.taken.length) : Prisma.empty}
  ${selectLeft}`

const outcome = ({ status }: RecordReply) => Prisma.sql`
        CASE WHEN ${status}::text = 'failed' AND r.taken_emails <> '{}' THEN 'sent' ELSE ${status}::text END`

// Only real sends count against a limit: what a server has taken for somebody has left.
const release = ({ mailboxId, mailboxDay }: LimitDays, taken: number) => Prisma.sql`, release AS (
    UPDATE mailbox_days d SET reserved = GREATEST(0, d.reserved - 1) FROM changed c
    WHERE c.status IN ('failed', 'pending') AND ${taken}::int = 0 AND d.mailbox_id = ${mailboxId}::uuid AND d.day = ${mailboxDay}::date
  )`

/**
 * Adds whom a server has taken a reply for, as an answer says that came too late to record more: one of its attempts had left, and the
 * next leaves them out. Of the present attempt also whom it refused. One that was taken back or has failed is sent then. Null where
 * it was taken for nobody, or there was no such attempt.
 */
export const addTakenIf = (sql: Sql, result: RecordReply, now: Date) =>
  queryOne<LeftReply>(sql)`
  WITH ${lockLeadOf(result.id)}, changed AS (
    UPDATE replies r
    SET status = CASE WHEN r.status IN ('cancelled', 'failed') THEN 'sent' ELSE r.status END,
        taken_emails = ARRAY(SELECT DISTINCT unnest(r.taken_emails || ${result.taken}::text[])),
        refused_emails = ARRAY(SELECT DISTINCT unnest(r.refused_emails
          || CASE WHEN r.claim = ${result.fencingToken}::int THEN ${result.refused}::text[] ELSE '{}' END)),
        sent_at = CASE WHEN r.status IN ('cancelled', 'failed') THEN COALESCE(r.sending_since, ${now}::timestamptz) ELSE r.sent_at END,
        reason = CASE WHEN r.status IN ('sending', 'held') THEN r.reason ELSE COALESCE(${result.reason}::text, r.reason) END,
        response = COALESCE(r.response, ${result.response}::text),
        provider_message_id = COALESCE(r.provider_message_id, ${result.providerMessageId}::text), updated_at = ${now}
    WHERE ${leadIsLocked} AND r.id = ${result.id}::uuid AND r.claim >= ${result.fencingToken}::int AND ${result.taken}::text[] <> '{}'
    ${returningChanged}
  ), lead AS (${contactLead(now)}
  ), hour AS (
    INSERT INTO mailbox_hours AS h (mailbox_id, hour, mails, bounces)
    SELECT mailbox_id, date_trunc('hour', ${now}::timestamptz, 'UTC'), 1, 0 FROM changed WHERE status = 'sent' AND was <> 'sent'
    ON CONFLICT (mailbox_id, hour) DO UPDATE SET mails = h.mails + EXCLUDED.mails
  )
  ${selectLeft}`
