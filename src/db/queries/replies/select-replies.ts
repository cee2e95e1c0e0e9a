import { Prisma } from '@/db/generated/client'
import { query, type Sql } from '@/db/sql'
import type { ReplyKind, ReplyStatus } from '@/domain/reply/state'

/** A reply as screens show it. */
export type ReplyRow = {
  id: string
  receivedMessageId: string | null
  kind: ReplyKind
  status: ReplyStatus
  toEmails: string[]
  ccEmails: string[]
  subject: string
  bodyText: string
  /** Days after which its text was deleted by the setting; null: it is there. */
  textKeptDays: number | null
  dueAt: Date
  sentAt: Date | null
  heldAt: Date | null
  endedAt: Date | null
  createdAt: Date
  reason: string | null
  refusedEmails: string[]
  canUndo: boolean
  /** Who wrote it; null once the account is gone. */
  writtenBy: string | null
  mailboxEmail: string
  mailboxTimezone: string
  /** Why its mailbox sends nothing now; null where it does. */
  mailboxStopped: string | null
}

const LONGEST_LIST = 200

/** Whose replies: those to a lead, to these messages, or of a conversation. */
export type RepliesOf = { leadId: string } | { messageIds: readonly string[] } | { conversationId: string }

function isOf(of: RepliesOf): Prisma.Sql {
  if ('leadId' in of) return Prisma.sql`r.lead_id = ${of.leadId}::uuid`
  if ('conversationId' in of) return Prisma.sql`r.conversation_id = ${of.conversationId}::uuid`
  return Prisma.sql`r.received_message_id = ANY(${[...of.messageIds]}::uuid[])`
}

/** The replies, the latest first. */
export const selectReplies = (sql: Sql, of: RepliesOf, now: Date) =>
  query<ReplyRow>(sql)`
  SELECT r.id, r.received_message_id AS "receivedMessageId", r.kind, r.status, r.to_emails AS "toEmails", r.cc_emails AS "ccEmails",
         r.subject, r.body_text AS "bodyText", r.text_kept_days AS "textKeptDays", r.due_at AS "dueAt", r.sent_at AS "sentAt", r.held_at AS "heldAt",
         r.ended_at AS "endedAt", r.created_at AS "createdAt", r.reason, r.refused_emails AS "refusedEmails",
         r.status = 'pending' AND r.taken_emails = '{}' AS "canUndo", u.name AS "writtenBy",
         m.from_email AS "mailboxEmail", m.timezone AS "mailboxTimezone",
         CASE WHEN m.health = 'stopped' OR (m.health = 'cooling_down' AND m.cool_down_until > ${now})
              THEN COALESCE(m.health_reason, m.health) END AS "mailboxStopped"
  FROM replies r JOIN mailboxes m ON m.id = r.mailbox_id LEFT JOIN users u ON u.id = r.written_by
  WHERE ${isOf(of)}
  ORDER BY r.created_at DESC, r.id DESC LIMIT ${LONGEST_LIST}`

/** How many replies of each mailbox stand where. */
export const selectReplyCounts = (sql: Sql) =>
  query<{ mailboxId: string; status: ReplyStatus; count: number }>(sql)`
  SELECT mailbox_id AS "mailboxId", status, count(*)::int AS count FROM replies GROUP BY 1, 2`
