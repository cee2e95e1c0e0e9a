import { query, type Sql } from '@/db/sql'
import type { ReplyKind } from '@/domain/reply/state'

/** A reply that is due, with what its message is made of. */
export type DueReply = {
  id: string
  leadId: string | null
  kind: ReplyKind
  messageId: string
  inReplyTo: string | null
  references: string[]
  threadIndex: string | null
  fromEmail: string
  fromName: string
  toEmails: string[]
  ccEmails: string[]
  takenEmails: string[]
  refusedEmails: string[]
  despiteSuppressed: string[]
  subject: string
  bodyText: string
  bodyHtml: string | null
  retryCount: number
}

/** Replies of a mailbox that may leave now, the oldest first. */
export const selectDueReplies = (
  sql: Sql,
  { mailboxId, now, limit }: { mailboxId: string; now: Date; limit: number },
) =>
  query<DueReply>(sql)`
  SELECT id, lead_id AS "leadId", kind, message_id AS "messageId", in_reply_to AS "inReplyTo", "references", thread_index AS "threadIndex",
         from_email AS "fromEmail", from_name AS "fromName", to_emails AS "toEmails", cc_emails AS "ccEmails",
         taken_emails AS "takenEmails", refused_emails AS "refusedEmails", despite_suppressed AS "despiteSuppressed", subject,
         body_text AS "bodyText", body_html AS "bodyHtml", retry_count AS "retryCount"
  FROM replies WHERE mailbox_id = ${mailboxId}::uuid AND status = 'pending' AND due_at <= ${now}
  ORDER BY due_at, created_at, id LIMIT ${limit}`

/** Mailboxes that could send a reply now: neither stopped nor cooling down. */
export const selectMailboxesWithDueReplies = (sql: Sql, now: Date) =>
  query<{ id: string }>(sql)`
  SELECT m.id FROM mailboxes m
  WHERE m.health <> 'stopped' AND (m.health <> 'cooling_down' OR m.cool_down_until <= ${now})
    AND EXISTS (SELECT FROM replies r WHERE r.mailbox_id = m.id AND r.status = 'pending' AND r.due_at <= ${now})`

/** When the next pending reply of a mailbox is due; null without one. */
export const selectNextDue = async (sql: Sql, mailboxId: string): Promise<Date | null> => {
  const [row] = await query<{ dueAt: Date | null }>(sql)`
  SELECT min(due_at) AS "dueAt" FROM replies WHERE mailbox_id = ${mailboxId}::uuid AND status = 'pending'`
  return row?.dueAt ?? null
}
