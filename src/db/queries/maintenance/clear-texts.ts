import { Prisma } from '@/db/generated/client'
import { execute, queryOne } from '@/db/sql'
import { firstIdAt } from '@/domain/uuid'
import { type Clearing, daysBefore, keptDays, keptSince, ROWS_AT_ONCE } from './clear-old-rows'

/** Texts that a statement deletes at the most: each is a row written anew. */
export const TEXTS_AT_ONCE = 500

// Replies and answers come in real time, whatever time is simulated.
const earlier = (now: Date, realNow: Date) => new Date(Math.min(now.getTime(), realNow.getTime()))

/** Texts of sent emails (idx_emails_with_text); their subject, addresses, times and the server's answer stay. */
export const clearSentTexts: Clearing = (sql, { now }) =>
  execute(sql)`
  UPDATE emails SET body_text = '', body_html = NULL, text_kept_days = ${keptDays('sentTextDays')}
  WHERE id IN (
    SELECT id FROM emails WHERE text_kept_days IS NULL AND sent_at < ${keptSince(now, 'sentTextDays')}
    ORDER BY sent_at LIMIT ${TEXTS_AT_ONCE} FOR UPDATE SKIP LOCKED)`

// By an array: in a join the server may look through all conversations, each minute, for none.
const listedCleared = ({ now, realNow }: { now: Date; realNow: Date }) => Prisma.sql`listed AS (
    UPDATE conversations SET excerpt = ''
    WHERE id = ANY(ARRAY(SELECT conversation_id FROM cleared))
      AND last_message_at < ${keptSince(earlier(now, realNow), 'conversationTextDays')}
  )`

/**
 * Texts of received messages (idx_received_messages_with_text), and the beginning that lists show of a conversation whose latest message
 * was one of them. Who wrote, when, about what, and what it did stay.
 */
export const clearReceivedTexts: Clearing = (sql, { now, realNow }) =>
  execute(sql)`
  WITH cleared AS (
    UPDATE received_messages
    SET new_text = '', body_text = '', body_html = NULL, text_kept_days = ${keptDays('conversationTextDays')}
    WHERE id IN (
      SELECT id FROM received_messages
      WHERE text_kept_days IS NULL AND received_at < ${keptSince(earlier(now, realNow), 'conversationTextDays')}
      ORDER BY received_at LIMIT ${TEXTS_AT_ONCE} FOR UPDATE SKIP LOCKED)
    RETURNING conversation_id
  ), ${listedCleared({ now, realNow })}
  SELECT FROM cleared`

/**
 * Texts of what people have answered (idx_replies_with_text), and their beginning in lists of conversations: of what has failed the text
 * stays, since it may be sent again.
 */
export const clearReplyTexts: Clearing = (sql, { now, realNow }) =>
  execute(sql)`
  WITH cleared AS (
    UPDATE replies SET body_text = '', body_html = NULL, text_kept_days = ${keptDays('conversationTextDays')}
    WHERE id IN (
      SELECT id FROM replies
      WHERE text_kept_days IS NULL AND status IN ('sent', 'cancelled') AND ended_at < ${keptSince(earlier(now, realNow), 'conversationTextDays')}
      ORDER BY ended_at LIMIT ${TEXTS_AT_ONCE} FOR UPDATE SKIP LOCKED)
    RETURNING conversation_id
  ), ${listedCleared({ now, realNow })}
  SELECT FROM cleared`

/**
 * Events of campaigns that are completed, by the real time at which they were written: their ids ascend with it. Those of campaigns that are not
 * over stay, since rules ask them why one was paused.
 */
export const clearHistory: Clearing = async (sql, { realNow }) => {
  const days = await queryOne<{ days: number | null }>(sql)`SELECT history_days AS days FROM settings WHERE id = 1`
  if (!days || days.days === null) return 0
  return execute(sql)`
  DELETE FROM campaign_events WHERE id IN (
    SELECT e.id FROM campaign_events e JOIN campaigns c ON c.id = e.campaign_id
    WHERE e.id < ${firstIdAt(daysBefore(realNow, days.days))}::uuid AND c.status = 'completed'
    ORDER BY e.id LIMIT ${ROWS_AT_ONCE})`
}
