import { Prisma } from '@/db/generated/client'
import { execute, query, type Sql, type Tx } from '@/db/sql'
import { MOST_KNOWN_ANSWERS } from '@/domain/reply/state'

/** Lets one answer after the other to a message be stored, until the transaction ends: each sees those before it. */
export const lockAnswersTo = (tx: Tx, messageId: string) =>
  execute(tx)`SELECT pg_advisory_xact_lock(hashtextextended(${`answers to ${messageId}`}, 0))::text`

/** An answer to a message that has left or is to leave. `writtenBy`: the name; null once the account is gone. */
export type AnswerToMessage = { id: string; writtenBy: string | null; at: Date }

// What was taken back or has reached nobody answers nothing.
const answersTo = (messageId: string) =>
  Prisma.sql`r.received_message_id = ${messageId}::uuid AND r.kind = 'answer' AND r.status NOT IN ('cancelled', 'failed')`

/** The ids of the answers to a message, the latest first. */
export const selectAnswerIds = (sql: Sql, messageId: string) =>
  query<{ id: string }>(sql)`
  SELECT r.id FROM replies r WHERE ${answersTo(messageId)} ORDER BY r.created_at DESC, r.id DESC LIMIT ${MOST_KNOWN_ANSWERS}`

/** Answers to a message by anybody else, beside those that are known, the oldest first. */
export const selectAnswersOfOthers = (
  sql: Sql,
  { messageId, by, known }: { messageId: string; by: string; known: readonly string[] },
) =>
  query<AnswerToMessage>(sql)`
  SELECT r.id, u.name AS "writtenBy", r.created_at AS at
  FROM replies r LEFT JOIN users u ON u.id = r.written_by
  WHERE ${answersTo(messageId)} AND r.written_by <> ${by} AND NOT r.id = ANY(${[...known]}::uuid[])
  ORDER BY r.created_at, r.id LIMIT ${MOST_KNOWN_ANSWERS}`
