import { Prisma } from '@/db/generated/client'
import { queryOne, type Sql } from '@/db/sql'

// Each word must be somewhere, in either case, with or without its accents: "ada nordwind" finds Ada at Nordwind.
const WORDS_AT_MOST = 8
// The index knows three letters at a time.
const INDEXED_LETTERS = 3
/** Leads that are looked through, the newest, where no index can be asked. */
export const SEARCHED_WITHOUT_INDEX = 10_000

const wordsOf = (search: string | undefined) => (search ?? '').split(/\s+/).filter(Boolean).slice(0, WORDS_AT_MOST)

/** How far a search reaches: all leads (or conversations), or the newest alone; `searchedNewest` is null unless there are others. */
export type SearchReach = { searchAll: boolean; searchedNewest: number | null }

/**
 * Whether the search is answered by the index over parts of words, so that all leads are searched: the server has its
 * extension, and some word has three letters. Also when nothing is searched for.
 */
export async function reachOfSearch(
  sql: Sql,
  search: string | undefined,
  table: 'leads' | 'conversations' = 'leads',
): Promise<SearchReach> {
  const words = wordsOf(search)
  if (words.length === 0) return { searchAll: true, searchedNewest: null }
  const isLong = words.some((word) => [...word].length >= INDEXED_LETTERS)
  const index = `idx_${table}_search`
  const known = await queryOne<{ indexed: boolean }>(sql)`SELECT to_regclass(${index}) IS NOT NULL AS indexed`
  if (isLong && known?.indexed) return { searchAll: true, searchedNewest: null }
  const rows = Prisma.raw(table)
  const others = await queryOne<{ id: string }>(sql)`SELECT id FROM ${rows} OFFSET ${SEARCHED_WITHOUT_INDEX} LIMIT 1`
  return { searchAll: false, searchedNewest: others ? SEARCHED_WITHOUT_INDEX : null }
}

/** Fragment: the leads that a search may look at, as `l`. */
export const searchedLeads = (all: boolean) =>
  all ? Prisma.sql`leads l` : Prisma.sql`(SELECT * FROM leads ORDER BY id DESC LIMIT ${SEARCHED_WITHOUT_INDEX}) l`

/** Fragments: true when the lead `l`, or the row of another table, holds each word of the search. */
export const isFound = (search: string | undefined, row: 'l' | 'c' = 'l'): Prisma.Sql[] =>
  wordsOf(search).map(
    (word) =>
      Prisma.sql`${Prisma.raw(row)}.search_text <> '' AND ${Prisma.raw(row)}.search_text LIKE '%' || regexp_replace(fold_text(${word}::text), '([\\%_])', '\\\\\\1', 'g') || '%'`,
  )
