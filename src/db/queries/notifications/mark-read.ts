import { execute, type Sql, type Tx } from '@/db/sql'

/** Which notifications of a person were read. */
export type ReadNotifications = {
  id?: string | undefined
  upTo?: string | undefined
  conversationId?: string | undefined
  seen?: string | undefined
}

/**
 * Marks one notification of a person as read, all up to the one that they saw last, or those of a conversation, of messages up to the one
 * that was seen. Returns how many were unread.
 */
export const markRead = (sql: Sql, { userId, at, ...which }: { userId: string; at: Date } & ReadNotifications) =>
  execute(sql)`
  UPDATE notifications SET read_at = ${at}
  WHERE user_id = ${userId} AND read_at IS NULL AND in_app
    AND (id = ${which.id ?? null}::uuid OR id <= ${which.upTo ?? null}::uuid OR message_id IN (
      SELECT id FROM received_messages WHERE conversation_id = ${which.conversationId ?? null}::uuid AND id <= ${which.seen ?? null}::uuid))`

/**
 * Marks as read, for everybody, what was told of a conversation that was answered or is done: of messages that had come by `until`, or all
 * of it. What somebody else is writing to meanwhile is left as it is: nothing of the mail waits for a badge.
 */
export const markAnsweredRead = (
  tx: Tx,
  { conversationId, until, at }: { conversationId: string; until: Date | null; at: Date },
) =>
  execute(tx)`
  UPDATE notifications SET read_at = ${at}
  WHERE id IN (
    SELECT n.id FROM received_messages m JOIN notifications n ON n.message_id = m.id
    WHERE m.conversation_id = ${conversationId}::uuid AND (${until}::timestamptz IS NULL OR m.received_at <= ${until}::timestamptz) AND n.read_at IS NULL
    FOR NO KEY UPDATE OF n SKIP LOCKED)`
