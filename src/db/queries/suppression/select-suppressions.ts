import { Prisma } from '@/db/generated/client'
import { literalPattern } from '@/db/literal-pattern'
import { query, queryCount, queryOne, type Sql } from '@/db/sql'
import type { PageRead } from '@/domain/lists/place'

export type SuppressionFilter = {
  search?: string | undefined
  /** Keyed hash of the address that is searched for, if it is a whole one. */
  hash?: string | undefined
  kind?: 'address' | 'domain' | undefined
  /** Look at all entries, not at the newest alone. */
  searchAll: boolean
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

/** Entries that are looked through, the newest, where no index can be asked. A whole address is always found. */
const SEARCHED_WITHOUT_INDEX = 20_000
/** Entries that are counted at the most. */
export const ENTRIES_COUNTED = 10_000

/**
 * Whether a search for parts of values is answered by an index: the server has its extension, and three letters are given. Else
 * the newest entries are searched; `searchedNewest` is null unless there are others.
 */
export async function reachOfSearch(
  sql: Sql,
  search: string | undefined,
): Promise<{ searchAll: boolean; searchedNewest: number | null }> {
  if (!search) return { searchAll: true, searchedNewest: null }
  const known = await queryOne<{ indexed: boolean }>(sql)`
  SELECT to_regclass('idx_suppressions_search') IS NOT NULL AS indexed`
  if ([...search].length >= 3 && known?.indexed) return { searchAll: true, searchedNewest: null }
  const others = await queryOne<{ id: string }>(sql)`
  SELECT id FROM suppressions OFFSET ${SEARCHED_WITHOUT_INDEX} LIMIT 1`
  return { searchAll: false, searchedNewest: others ? SEARCHED_WITHOUT_INDEX : null }
}

/** Entries that match, the latest first, from a place (its time is the value) on or back. */
export function selectSuppressions(sql: Sql, filter: SuppressionFilter, { onwards, from, limit }: PageRead) {
  const direction = Prisma.raw(onwards ? 'DESC' : 'ASC')
  const beyond = Prisma.raw(onwards ? '<' : '>')
  const place = from
    ? Prisma.sql`AND (created_at, id) ${beyond} (${String(from.value)}::timestamptz, ${from.id}::uuid)`
    : Prisma.empty
  return query<SuppressionRow>(sql)`
  SELECT id, kind, value, reason, source, created_at AS "createdAt" FROM suppressions ${where(filter)} ${place}
  ORDER BY created_at ${direction}, id ${direction} LIMIT ${limit}`
}

/** Count of the entries that match, up to one more than are counted. */
export const countSuppressions = (sql: Sql, filter: SuppressionFilter) =>
  queryCount(sql)`
  SELECT count(*)::int AS count FROM (SELECT 1 FROM suppressions ${where(filter)} LIMIT ${ENTRIES_COUNTED + 1}) found`

function where({ search, hash, kind, searchAll }: SuppressionFilter) {
  const conditions = [Prisma.sql`TRUE`]
  if (kind) conditions.push(Prisma.sql`kind = ${kind}`)
  if (search) {
    const newest = Prisma.sql`id IN (SELECT id FROM suppressions ORDER BY created_at DESC, id DESC LIMIT ${SEARCHED_WITHOUT_INDEX})`
    // Values are kept in lower case; folded here, the search is the same in every locale, and its index serves it.
    const part = Prisma.sql`value LIKE ${`%${literalPattern(search.toLowerCase())}%`}`
    conditions.push(Prisma.sql`(${searchAll ? part : Prisma.sql`(${part} AND ${newest})`}
      OR (kind = 'address' AND value = ${search.toLowerCase()}) OR (kind = 'address' AND value_hash = ${hash ?? null}))`)
  }
  return Prisma.sql`WHERE ${Prisma.join(conditions, ' AND ')}`
}
