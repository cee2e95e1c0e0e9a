import { Prisma } from '@/db/generated/client'
import { contains } from '@/db/literal-pattern'
import { query, type Sql } from '@/db/sql'
import type { CampaignSort } from '@/domain/campaign/sorts'
import type { CampaignStatus, CampaignType } from '@/domain/campaign/state'

/** Campaigns that are not archived, by type and status (idx_campaigns_counted): all of them, and those that a search finds. */
export async function countCampaigns(sql: Sql, search: string | undefined): Promise<CampaignCount[]> {
  const [all, found] = await Promise.all([countOf(sql, undefined), search ? countOf(sql, search) : null])
  return all.map(({ type, status, count }) => {
    const isSame = (row: Counted) => row.type === type && row.status === status
    return { type, status, all: count, found: found ? (found.find(isSame)?.count ?? 0) : count }
  })
}

export type CampaignCount = { type: CampaignType; status: CampaignStatus; all: number; found: number }
type Counted = { type: CampaignType; status: CampaignStatus; count: number }

const countOf = (sql: Sql, search: string | undefined) =>
  query<Counted>(sql)`
  SELECT c.campaign_type AS type, c.status, count(*)::int AS count
  FROM campaigns c WHERE c.archived_at IS NULL AND ${isFound(search)} GROUP BY 1, 2`

/** Archived campaigns of a type, by status: all of them, or those that a search finds (idx_campaigns_archived). */
export const countArchived = (sql: Sql, { type, search }: { type: CampaignType; search: string | undefined }) =>
  query<{ status: CampaignStatus; count: number }>(sql)`
  SELECT c.status, count(*)::int AS count FROM campaigns c
  WHERE c.campaign_type = ${type} AND c.archived_at IS NOT NULL AND ${isFound(search)} GROUP BY 1`

// Each way by an index of its own; joined by OR, they would be asked of every campaign, and joined as a table, all would be read.
const isFound = (search: string | undefined) =>
  search
    ? Prisma.sql`c.id = ANY(ARRAY(
      SELECT id FROM campaigns WHERE ${contains(Prisma.sql`name`, search)}
      UNION ALL SELECT planned.id FROM workflows w JOIN campaigns planned ON planned.workflow_id = w.id WHERE ${contains(Prisma.sql`w.name`, search)}
      UNION ALL SELECT cb.campaign_id FROM lead_batches b JOIN campaign_batches cb ON cb.batch_id = b.id WHERE ${contains(Prisma.sql`b.name`, search)}))`
    : Prisma.sql`TRUE`

// By arrival and by name an index has them in order; else those of the type are read, 10,000 in a full house, and the first ones kept.
const COLUMNS: Record<CampaignSort, string> = {
  created: 'c.created_at',
  name: 'c.name',
  // As the chips stand.
  status: `array_position(ARRAY['running', 'scheduled', 'paused', 'draft', 'completed', 'failed'], c.status)`,
  leads: 'c.total_leads_targeted',
  sent: 'c.emails_sent_count',
  limit: 'c.max_results_per_run',
  nextRun: 'c.next_run_at',
}

// What has no such value stands last either way.
const CAN_BE_EMPTY: readonly CampaignSort[] = ['limit', 'nextRun']

function orderBy(sort: CampaignSort, descending: boolean): Prisma.Sql {
  const direction = descending ? 'DESC' : 'ASC'
  const empty = CAN_BE_EMPTY.includes(sort) ? ' NULLS LAST' : ''
  return Prisma.raw(`${COLUMNS[sort]} ${direction}${empty}, c.id ${direction}`)
}

/** Ids of the campaigns of a type for a page: of a status where one is given, and those that a search finds. */
export const selectCampaignPage = (
  sql: Sql,
  input: {
    type: CampaignType
    status: CampaignStatus | undefined
    search: string | undefined
    sort: CampaignSort
    descending: boolean
    /** Those in the archive alone, or the others alone. */
    archived: boolean
    limit: number
    offset?: number
    /** From the row after this one on, by their creation, whatever is made or goes meanwhile. */
    behind?: { createdAt: Date; id: string } | undefined
  },
) =>
  query<{ id: string; createdAt: Date }>(sql)`
  SELECT c.id, c.created_at AS "createdAt" FROM campaigns c
  WHERE c.campaign_type = ${input.type} AND c.archived_at IS ${input.archived ? Prisma.sql`NOT NULL` : Prisma.sql`NULL`}
    ${input.status ? Prisma.sql`AND c.status = ${input.status}` : Prisma.empty}
    ${input.behind ? Prisma.sql`AND (c.created_at, c.id) < (${input.behind.createdAt}::timestamptz, ${input.behind.id}::uuid)` : Prisma.empty}
    AND ${isFound(input.search)}
  ORDER BY ${orderBy(input.sort, input.descending)}
  LIMIT ${input.limit} OFFSET ${input.offset ?? 0}`
