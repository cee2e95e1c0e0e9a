import { execute, query, queryOne, type Sql } from '@/db/sql'

export type SessionRow = {
  id: string
  ipAddress: string | null
  userAgent: string | null
  createdAt: Date
  /** Renewed once a day at most. */
  seenAt: Date
}

/** The sessions of a person that have not ended, the latest first. */
export const selectSessions = (sql: Sql, { userId, at }: { userId: string; at: Date }) =>
  query<SessionRow>(sql)`
  SELECT id, ip_address AS "ipAddress", user_agent AS "userAgent", created_at AS "createdAt", updated_at AS "seenAt"
  FROM sessions WHERE user_id = ${userId} AND expires_at > ${at} ORDER BY updated_at DESC, id`

/** Ends one session of a person; null when it is none of theirs. */
export const deleteSession = (sql: Sql, { id, userId }: { id: string; userId: string }) =>
  queryOne<{ id: string }>(sql)`DELETE FROM sessions WHERE id = ${id} AND user_id = ${userId} RETURNING id`

/** Ends all sessions of a person but one. */
export const deleteOtherSessions = (sql: Sql, { userId, keep }: { userId: string; keep: string }) =>
  execute(sql)`DELETE FROM sessions WHERE user_id = ${userId} AND id <> ${keep}`
