import { queryOne, type Sql } from '@/db/sql'
import type { ReplyKind } from '@/domain/reply/state'

/** A reply as it is written. */
export type NewReply = {
  /** Made by whoever writes it. */
  id: string
  mailboxId: string
  receivedMessageId: string
  leadId: string | null
  scheduledEmailId: string | null
  conversationId: string | null
  kind: ReplyKind
  /** The domain of its Message-ID, whose other part is the id of the row. */
  domain: string
  inReplyTo: string | null
  references: readonly string[]
  threadIndex: string | null
  /** Its own id stands last in References: the provider may replace the Message-ID. */
  namesItself: boolean
  fromEmail: string
  fromName: string
  toEmails: readonly string[]
  ccEmails: readonly string[]
  subject: string
  bodyText: string
  bodyHtml: string | null
  /** Digest of what was asked for. */
  askedHash: string
  despiteSuppressed: readonly string[]
  dueAt: Date
  writtenBy: string
}

/** Stores a reply that is to leave; null where there is one with its id. */
export const insertReplyIf = (sql: Sql, r: NewReply, at: Date) =>
  queryOne<{ id: string }>(sql)`
  WITH named AS (SELECT ${r.id}::uuid AS id, format('<%s@%s>', ${r.id}::uuid, ${r.domain}::text) AS message_id)
  INSERT INTO replies (id, mailbox_id, received_message_id, lead_id, scheduled_email_id, conversation_id, kind, message_id, in_reply_to, "references",
    thread_index, from_email, from_name, to_emails, cc_emails, subject, body_text, body_html, asked_hash, despite_suppressed, due_at, written_by,
    created_at, updated_at)
  SELECT id, ${r.mailboxId}::uuid, ${r.receivedMessageId}::uuid, ${r.leadId}::uuid, ${r.scheduledEmailId}::uuid, ${r.conversationId}::uuid, ${r.kind}, message_id,
    ${r.inReplyTo}, ${[...r.references]}::text[] || CASE WHEN ${r.namesItself} THEN ARRAY[message_id] ELSE '{}' END, ${r.threadIndex},
    ${r.fromEmail}, ${r.fromName}, ${[...r.toEmails]}::text[], ${[...r.ccEmails]}::text[], ${r.subject}, ${r.bodyText}, ${r.bodyHtml}, ${r.askedHash},
    ${[...r.despiteSuppressed]}::text[], ${r.dueAt}::timestamptz, ${r.writtenBy}, ${at}::timestamptz, ${at}::timestamptz
  FROM named
  ON CONFLICT DO NOTHING
  RETURNING id`
