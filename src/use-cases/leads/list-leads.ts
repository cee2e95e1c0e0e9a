import { ALL_LEADS, selectLeadCounts } from '@/db/queries/leads/lead-counts'
import { reachOfSearch } from '@/db/queries/leads/search-leads'
import { selectCustomFields } from '@/db/queries/leads/select-custom-fields'
import {
  countFound,
  countFoundByStatus,
  countOfStatus,
  hasOrigin,
  isNarrowed,
  type LeadFilter,
  type LeadRow,
  selectLeads,
  sortedBy,
} from '@/db/queries/leads/select-leads'
import type { Sql } from '@/db/sql'
import type { Deps } from '@/deps'
import type { LeadSort } from '@/domain/lead/sorts'
import type { LeadStatus } from '@/domain/lead/status'
import {
  type BoundedCount,
  boundedCount,
  COUNTED_AT_MOST,
  type ListPage,
  type PageAsked,
  pageOf,
  pageRead,
} from '@/domain/lists/place'

export type ListLeads = Omit<LeadFilter, 'searchAll'> &
  PageAsked & { sort?: LeadSort; descending?: boolean; customFields?: readonly string[] }

export type LeadList = Omit<ListPage<never>, 'rows'> &
  BoundedCount & {
    leads: Omit<LeadRow, 'sortedBy'>[]
    pageSize: number
    /** By what they are sorted, which is their arrival where too many are found. */
    sort: LeadSort
    /** Of all that match but for their status; null where a search, a source or days found too many to count them. */
    statusCounts: Partial<Record<LeadStatus, number>> | null
    /** The search looked at so many leads, the newest; null when at all. */
    searchedNewest: number | null
    /** What it shows is as old as this; null: as it is now. */
    asOf: Date | null
  }

/** Names of the custom fields of the newest leads, by name: columns that a list of leads can show. */
export const listCustomFields = async ({ sql }: Pick<Deps, 'sql'>): Promise<string[]> =>
  (await selectCustomFields(sql)).map(({ name }) => name)

/**
 * A page of leads with the number of all that match, and counts by status without the status filter. What a search, a source or days
 * of arrival find is sorted as asked while it can be counted; where that is more, by arrival, which needs no look at all of them.
 */
export async function listLeads({ sql, asOf }: Pick<Deps, 'sql' | 'asOf'>, input: ListLeads): Promise<LeadList> {
  const {
    sort: askedSort = 'created',
    descending = true,
    pageSize = 50,
    after,
    before,
    statuses,
    customFields,
    ...rest
  } = input
  const { searchAll, searchedNewest } = await reachOfSearch(sql, rest.search)
  const filter = { ...rest, searchAll }
  const counts = await countLeads(sql, filter, statuses)
  const sort = counts.more ? 'created' : askedSort
  const read = pageRead({ after, before }, pageSize, sortedBy(sort, filter))
  const few = areFew({ ...filter, statuses }, sort, counts)
  const found = await selectLeads(sql, { ...filter, few, statuses }, { sort, descending, customFields, ...read })
  const { rows, ...ways } = pageOf(read, found, ({ id, sortedBy }) => ({ id, value: sortedBy }))
  return {
    ...ways,
    leads: rows.map(({ sortedBy: _, ...lead }) => lead),
    ...counts,
    pageSize,
    sort,
    searchedNewest,
    asOf: asOf ?? null,
  }
}

// Two ways lead to a page that is sorted: collecting all that match, or going along the sort until enough of them have come by. Of 2,000,000
// leads both look at 10,000 where so many match; where these stand far down, the second looks at all others before them.
export const COLLECTED_AT_MOST = 10_000

/** Whether those that match are collected first, and then sorted: of a batch or a status the kept counts say how many there are. */
function areFew(filter: LeadFilter, sort: LeadSort, { total, more }: BoundedCount): boolean {
  if (more) return false
  if (isNarrowed(filter)) return true
  return sort !== 'created' && Boolean(filter.batchId || filter.statuses?.length) && total <= COLLECTED_AT_MOST
}

async function countLeads(sql: Sql, filter: LeadFilter, statuses: readonly string[] | undefined) {
  const { batchId = ALL_LEADS } = filter
  const narrowed = isNarrowed(filter)
  const counts = narrowed ? await countFoundByStatus(sql, filter) : await selectLeadCounts(sql, [batchId])
  const all = sumOf(counts)
  const complete = !narrowed || all <= COUNTED_AT_MOST
  const statusCounts = complete ? Object.fromEntries(counts.map(({ status, count }) => [status, count])) : null
  if (!narrowed) {
    const counted = statuses?.length ? counts.filter(({ status }) => statuses.includes(status)) : counts
    return { statusCounts, total: sumOf(counted), more: false }
  }
  if (!statuses?.length) return { statusCounts, ...boundedCount(all) }
  if (complete) {
    const ofStatuses = counts.filter(({ status }) => statuses.includes(status))
    return { statusCounts, ...boundedCount(sumOf(ofStatuses)) }
  }
  const asked = { ...filter, statuses }
  const counted = hasOrigin(filter) ? await countOfStatus(sql, asked) : boundedCount(await countFound(sql, asked))
  return { statusCounts, ...counted }
}

const sumOf = (counts: readonly { count: number }[]) => counts.reduce((sum, { count }) => sum + count, 0)
