import { Prisma } from '@/db/generated/client'
import { literalPattern } from '@/db/literal-pattern'
import { query, queryCount, type Sql } from '@/db/sql'

export type SuppressionFilter = {
  search?: string | undefined
  /** Keyed hash of the address that is searched for, if it is a whole one. */
  hash?: string | undefined
  kind?: 'address' | 'domain' | undefined
}

export type SuppressionRow = {
  id: string
  kind: 'address' | 'domain'
  /** Null once the person was erased. */
  value: string | null
  reason: string
  source: string
  createdAt: Date
}

/** A page of the list, the latest first. */
export const selectSuppressions = (
  sql: Sql,
  filter: SuppressionFilter,
  { limit, offset }: { limit: number; offset: number },
) =>
  query<SuppressionRow>(sql)`
  SELECT id, kind, value, reason, source, created_at AS "createdAt" FROM suppressions ${where(filter)}
  ORDER BY created_at DESC, id DESC LIMIT ${limit} OFFSET ${offset}`

/** Count of the entries that match. */
export const countSuppressions = (sql: Sql, filter: SuppressionFilter) =>
  queryCount(sql)`
  SELECT count(*)::int AS count FROM suppressions ${where(filter)}`

function where({ search, hash, kind }: SuppressionFilter) {
  const conditions = [Prisma.sql`TRUE`]
  if (kind) conditions.push(Prisma.sql`kind = ${kind}`)
  if (search)
    conditions.push(Prisma.sql`(value ILIKE ${`%${literalPattern(search)}%`} OR value_hash = ${hash ?? null})`)
  return Prisma.sql`WHERE ${Prisma.join(conditions, ' AND ')}`
}
