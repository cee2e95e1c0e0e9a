import { query, type Sql } from '@/db/sql'
import type { ThreadMessage } from '@/domain/conversation/thread'

/**
 * What either side has written in the conversation of a received message, the oldest first and the message itself last: the email that
 * it answers, other messages about that, and our replies to them.
 */
export const selectThread = (sql: Sql, receivedMessageId: string) =>
  query<ThreadMessage>(sql)`
  WITH answered AS (SELECT * FROM received_messages WHERE id = ${receivedMessageId}::uuid), message AS (
    SELECT e.message_id, e.provider_message_id, '{}'::text[] AS "references", NULL AS thread_index, e.sent_at AS at, 0 AS place
    FROM answered a JOIN emails e ON e.id = a.scheduled_email_id
    UNION ALL
    SELECT r.message_id, NULL, r."references", r.thread_index, r.created_at, CASE WHEN r.id = a.id THEN 1 ELSE 0 END
    FROM answered a JOIN received_messages r ON r.id = a.id
      OR (r.lead_id = a.lead_id AND r.scheduled_email_id = a.scheduled_email_id AND r.kind <> 'own' AND r.created_at <= a.created_at)
    UNION ALL
    SELECT p.message_id, p.provider_message_id, '{}', NULL, p.created_at, 0
    FROM answered a JOIN replies p ON (p.received_message_id = a.id OR p.scheduled_email_id = a.scheduled_email_id)
    WHERE p.kind = 'answer' AND p.status IN ('sending', 'held', 'sent')
  )
  SELECT message_id AS "messageId", provider_message_id AS "providerMessageId", "references", thread_index AS "threadIndex"
  FROM message WHERE message_id <> '' ORDER BY place, at`
