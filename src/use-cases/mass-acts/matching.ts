import { reachOfSearch } from '@/db/queries/leads/search-leads'
import type { Matching } from '@/db/queries/mass-acts/count-matching'
import type { Sql } from '@/db/sql'
import type { MassFilter } from '@/domain/lists/mass-act'

/** What these filters find, as far as their search reaches: the same leads that the list shows. */
export async function matchingOf(sql: Sql, { search, ...filter }: MassFilter): Promise<Matching> {
  const { searchAll } = await reachOfSearch(sql, search)
  return { ...filter, search, searchAll }
}
