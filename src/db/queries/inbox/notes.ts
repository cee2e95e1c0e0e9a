import { executeIf, query, queryOne, type Sql } from '@/db/sql'

export type Note = { id: string; conversationId: string; at: Date; authorId: string; authorName: string; text: string }

const MOST_NOTES = 200

/** The latest notes of a conversation. */
export const selectNotes = (sql: Sql, conversationId: string) =>
  query<Note>(sql)`
  SELECT id, conversation_id AS "conversationId", created_at AS at, author_id AS "authorId", author_name AS "authorName", text FROM conversation_notes
  WHERE conversation_id = ${conversationId}::uuid ORDER BY created_at DESC, id DESC LIMIT ${MOST_NOTES}`

/** Adds a note, if the conversation is still there; null when it is gone. */
export const insertNoteIf = (
  sql: Sql,
  note: { conversationId: string; authorId: string; authorName: string; text: string; at: Date },
) =>
  queryOne<{ id: string }>(sql)`
  INSERT INTO conversation_notes (conversation_id, author_id, author_name, text, created_at)
  SELECT id, ${note.authorId}, ${note.authorName}, ${note.text}, ${note.at} FROM conversations
  WHERE id = ${note.conversationId}::uuid
  RETURNING id`

/** Removes a note, if it is this person's own. */
export const deleteNoteIf = (sql: Sql, { id, authorId }: { id: string; authorId: string }) =>
  executeIf(sql)`DELETE FROM conversation_notes WHERE id = ${id}::uuid AND author_id = ${authorId}`
