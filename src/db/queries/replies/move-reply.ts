import { Prisma } from '@/db/generated/client'
import { execute, executeIf, query, queryOne, type Sql } from '@/db/sql'
import { isOfRestore } from '../restores/of-restore'
import { type LeftReply, returningChanged, selectLeft } from './left-reply'

/** Takes back a reply that has not begun to leave. False when it has. */
export const cancelReplyIfPending = (sql: Sql, { id, at }: { id: string; at: Date }) =>
  executeIf(sql)`
  UPDATE replies SET status = 'cancelled', ended_at = ${at}, reason = NULL, updated_at = ${at}
  WHERE id = ${id}::uuid AND status = 'pending' AND taken_emails = '{}'`

/** Puts a reply of one of these states back to be sent at once, to those whom it has not reached. False when it has another state. */
export const putReplyBackIf = (
  sql: Sql,
  {
    id,
    from,
    despiteSuppressed,
    at,
  }: { id: string; from: 'held' | 'failed'; despiteSuppressed: readonly string[]; at: Date },
) =>
  executeIf(sql)`
  UPDATE replies
  SET status = 'pending', due_at = ${at}, held_at = NULL, ended_at = NULL, reason = NULL, refused_emails = '{}', retry_count = 0,
      despite_suppressed = ARRAY(SELECT DISTINCT unnest(despite_suppressed || ${[...despiteSuppressed]}::text[])), updated_at = ${at}
  WHERE id = ${id}::uuid AND status = ${from}`

/**
 * Ends a reply that may not leave, for a reason of ours: it has failed, or where somebody has got it already, it is sent, and says so.
 * Null when it is not pending.
 */
export const endReplyIfPending = (sql: Sql, { id, reason, at }: { id: string; reason: string | null; at: Date }) =>
  queryOne<LeftReply>(sql)`
  WITH changed AS (
  UPDATE replies
  SET status = CASE WHEN taken_emails = '{}' THEN 'failed' ELSE 'sent' END, reason = ${reason},
      sent_at = CASE WHEN taken_emails <> '{}' THEN COALESCE(sending_since, ${at}) END, ended_at = ${at}, updated_at = ${at}
  WHERE id = ${id}::uuid AND status = 'pending'
    ${returningChanged}
  )
  ${selectLeft}`

/** Puts pending replies of a mailbox off until then. Returns how many. */
export const deferReplies = (
  sql: Sql,
  { ids, until, reason, at }: { ids: readonly string[]; until: Date; reason: string; at: Date },
) =>
  execute(sql)`
  UPDATE replies SET due_at = GREATEST(due_at, ${until}), reason = ${reason}, updated_at = ${at}
  WHERE id = ANY(${[...ids]}::uuid[]) AND status = 'pending'`

/** Holds replies still `sending` after their lease: their worker is gone, and whether they were delivered is unknown. */
export const holdRepliesIfLeaseExpired = (
  sql: Sql,
  { realNow, now, reason }: { realNow: Date; now: Date; reason: string },
) =>
  query<{ id: string }>(sql)`
  UPDATE replies SET status = 'held', held_at = ${now}, lease_until = NULL, reason = ${reason}, updated_at = ${now}
  WHERE status = 'sending' AND lease_until < ${realNow} RETURNING id`

/** Replies that are held since then or longer. `isRestored`: they were when a backup was restored, or became so by that. */
export const selectRepliesHeldBefore = (sql: Sql, heldBefore: Date) =>
  query<{ id: string; isRestored: boolean }>(sql)`
  SELECT id, ${isOfRestore(Prisma.sql`held_at`)} AS "isRestored"
  FROM replies WHERE status = 'held' AND held_at <= ${heldBefore} ORDER BY id`

/** Replies to leads that have not left, are being sent, or may have left. Behind the closed send gate none begins meanwhile. */
export type OpenReplies = { waiting: number; sending: number; held: number }

export const countOpenReplies = async (sql: Sql, leadIds: readonly string[]): Promise<OpenReplies> => {
  const counts = await queryOne<OpenReplies>(sql)`
  SELECT count(*) FILTER (WHERE status = 'pending')::int AS waiting, count(*) FILTER (WHERE status = 'sending')::int AS sending,
         count(*) FILTER (WHERE status = 'held')::int AS held
  FROM replies WHERE lead_id = ANY(${[...leadIds]}::uuid[])`
  return counts ?? { waiting: 0, sending: 0, held: 0 }
}
