import { query, type Sql } from '@/db/sql'
import type { SandboxAnswerKind } from '@/domain/conversation/sandbox-answer'

export type AnswerRow = {
  uid: number
  kind: SandboxAnswerKind
  receivedAt: Date
  /** What the reader took it for, and what it did; null until it is read. */
  readAs: string | null
  conversationId: string | null
  effects: unknown
}

/** Answers to an email of the sandbox with what the reader made of them, the latest first. */
export const selectAnswersTo = (sql: Sql, { id, limit }: { id: string; limit: number }) =>
  query<AnswerRow>(sql)`
  SELECT a.uid, a.kind, a.received_at AS "receivedAt", r.kind AS "readAs", r.conversation_id AS "conversationId", r.effects
  FROM sandbox_answers a
  LEFT JOIN received_messages r ON r.mailbox_id = a.mailbox_id AND r.received_at = a.received_at AND r.uid = a.uid
  WHERE a.sandbox_message_id = ${id}::uuid
  ORDER BY a.uid DESC LIMIT ${limit}`
