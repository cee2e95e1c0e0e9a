import {
  countSuppressions,
  ENTRIES_COUNTED,
  reachOfSearch,
  type SuppressionFilter,
  selectSuppressions,
} from '@/db/queries/suppression/select-suppressions'
import type { Deps } from '@/deps'
import { normaliseEmail } from '@/domain/lead/email'
import { boundedCount, type PageAsked, pageOf, pageRead } from '@/domain/lists/place'
import { addressHash } from '@/lib/encryption'

export type ListSuppressions = Omit<SuppressionFilter, 'hash' | 'searchAll'> & PageAsked

/**
 * A page of the suppression list, the latest first, with the number of the entries that match, counted up to 10,000. An address
 * that was erased is found by its whole spelling alone.
 */
export async function listSuppressions(deps: Deps, input: ListSuppressions) {
  const { sql, asOf = null } = deps
  const { pageSize = 50, after, before } = input
  const { filter, searchedNewest } = await readFilter(deps, input)
  const read = pageRead({ after, before }, pageSize, { value: 'time' })
  const [found, counted] = await Promise.all([selectSuppressions(sql, filter, read), countSuppressions(sql, filter)])
  const { rows: entries, ...ways } = pageOf(read, found, ({ id, createdAt }) => ({
    id,
    value: createdAt.toISOString(),
  }))
  return {
    entries,
    ...ways,
    ...boundedCount(counted, ENTRIES_COUNTED),
    pageSize,
    /** The search looked at so many entries, the newest; null when at all. */
    searchedNewest,
    /** What it shows is as old as this; null: as it is now. */
    asOf,
  }
}

/** How the list is asked for what is looked for, and how far that reaches. */
export async function readFilter({ sql, config }: Deps, { kind, search }: Pick<ListSuppressions, 'kind' | 'search'>) {
  const address = search ? normaliseEmail(search) : null
  const hash = address?.ok ? addressHash(config.consentKey, address.email) : undefined
  const { searchAll, searchedNewest } = await reachOfSearch(sql, search)
  return { filter: { kind, search, hash, searchAll }, searchedNewest }
}
