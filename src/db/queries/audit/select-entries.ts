import { Prisma } from '@/db/generated/client'
import { query, type Sql } from '@/db/sql'
import type { Act, ActOutcome } from '@/domain/audit/acts'
import type { PageRead } from '@/domain/lists/place'

export type AuditFilter = {
  acts?: readonly Act[] | undefined
  actorId?: string | undefined
  outcome?: ActOutcome | undefined
}

export type AuditRow = {
  id: string
  at: Date
  act: Act
  outcome: ActOutcome
  actorId: string | null
  actorName: string | null
  subject: string | null
  ipAddress: string | null
  userAgent: string | null
  details: Record<string, string | number | boolean>
}

/** Entries that match, the latest first, from a place (its time is the value) on or back; the few that were not done by an index of theirs. */
export function selectEntries(sql: Sql, filter: AuditFilter, { onwards, from, limit }: PageRead) {
  const direction = Prisma.raw(onwards ? 'DESC' : 'ASC')
  const beyond = Prisma.raw(onwards ? '<' : '>')
  const conditions = [
    Prisma.sql`TRUE`,
    ...(filter.acts ? [Prisma.sql`act = ANY(${[...filter.acts]}::text[])`] : []),
    ...(filter.actorId ? [Prisma.sql`actor_id = ${filter.actorId}`] : []),
    ...(filter.outcome ? [Prisma.sql`outcome = ${filter.outcome}`] : []),
    ...(from ? [Prisma.sql`(at, id) ${beyond} (${String(from.value)}::timestamptz, ${from.id}::uuid)`] : []),
  ]
  return query<AuditRow>(sql)`
  SELECT id, at, act, outcome, actor_id AS "actorId", actor_name AS "actorName", subject, ip_address AS "ipAddress",
         user_agent AS "userAgent", details
  FROM audit_entries WHERE ${Prisma.join(conditions, ' AND ')}
  ORDER BY at ${direction}, id ${direction} LIMIT ${limit}`
}

/** Everybody who stands in the log, by their present name. */
export const selectActors = (sql: Sql) =>
  query<{ id: string; name: string }>(sql)`
  SELECT u.id, u.name FROM users u WHERE EXISTS (SELECT 1 FROM audit_entries a WHERE a.actor_id = u.id) ORDER BY u.name, u.id`
