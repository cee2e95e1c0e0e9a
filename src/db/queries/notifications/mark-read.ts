import { execute, type Sql } from '@/db/sql'

/** Marks one notification of a person as read, or all up to the one that they saw last. Returns how many were unread. */
export const markRead = (
  sql: Sql,
  { userId, id, upTo, at }: { userId: string; id?: string; upTo?: string; at: Date },
) =>
  execute(sql)`
  UPDATE notifications SET read_at = ${at}
  WHERE user_id = ${userId} AND read_at IS NULL AND in_app
    AND (id = ${id ?? null}::uuid OR id <= ${upTo ?? null}::uuid)`
