import { queryOne, type Sql } from '@/db/sql'
import type { ReplyKind, ReplyStatus } from '@/domain/reply/state'

/** A reply as it was written. */
export type ReplyAsWritten = {
  id: string
  kind: ReplyKind
  status: ReplyStatus
  /** Null once the message is gone. */
  receivedMessageId: string | null
  toEmails: string[]
  ccEmails: string[]
  subject: string
  bodyText: string
  bodyHtml: string | null
  /** Digest of what was asked for; null where that was not kept yet. */
  askedHash: string | null
  dueAt: Date
  writtenBy: string
}

/** The reply with this id; null where there is none. */
export const selectWritten = (sql: Sql, id: string) =>
  queryOne<ReplyAsWritten>(sql)`
  SELECT id, kind, status, received_message_id AS "receivedMessageId", to_emails AS "toEmails", cc_emails AS "ccEmails", subject,
         body_text AS "bodyText", body_html AS "bodyHtml", asked_hash AS "askedHash", due_at AS "dueAt", written_by AS "writtenBy"
  FROM replies WHERE id = ${id}::uuid`
