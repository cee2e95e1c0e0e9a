import { countLeadsByStatus, type LeadFilter, type LeadPage, selectLeads } from '@/db/queries/leads/select-leads'
import type { Deps } from '@/deps'
import type { LeadSort } from '@/domain/lead/sorts'
import type { LeadStatus } from '@/domain/lead/status'

export type ListLeads = LeadFilter & { sort?: LeadSort; descending?: boolean; page?: number; pageSize?: number }

/** A page of leads with the number of all that match, and counts by status without the status filter. */
export async function listLeads({ sql }: Deps, input: ListLeads) {
  const { sort = 'created', descending = true, page = 1, pageSize = 50, statuses, ...filter } = input
  const window: LeadPage = { sort, descending, limit: pageSize, offset: (page - 1) * pageSize }
  const [leads, counts] = await Promise.all([
    selectLeads(sql, { ...filter, statuses }, window),
    countLeadsByStatus(sql, filter),
  ])
  const counted = statuses?.length ? counts.filter(({ status }) => statuses.includes(status)) : counts
  return {
    leads,
    total: counted.reduce((sum, { count }) => sum + count, 0),
    page,
    pageSize,
    statusCounts: Object.fromEntries(counts.map(({ status, count }) => [status, count])) as Partial<
      Record<LeadStatus, number>
    >,
  }
}
