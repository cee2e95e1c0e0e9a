import { Prisma } from '@/db/generated/client'
import { query, queryCount, type Sql } from '@/db/sql'
import type { CampaignStatus, CampaignType } from '@/domain/campaign/state'
import type { NamedListRead } from '@/domain/lists/named-list'

export type BatchRow = {
  id: string
  name: string
  description: string | null
  leadCount: number
  campaignCount: number
  activeCampaignId: string | null
  activeCampaignName: string | null
  activeCampaignStatus: CampaignStatus | null
  activeCampaignType: CampaignType | null
  createdAt: Date
  updatedAt: Date
}

/** `behind`: from the row after this one on, whatever is made or goes meanwhile. */
type BatchesAsked = { id: string } | (NamedListRead & { behind?: { createdAt: Date; id: string } | undefined })
type Named = Pick<NamedListRead, 'search' | 'ids'>

const isNamed = ({ search, ids }: Named) =>
  ids
    ? Prisma.sql`b.id = ANY(${[...ids]}::uuid[])`
    : Prisma.sql`strpos(fold_text(b.name), fold_text(${search}::text)) > 0`

const isBehind = (row: { createdAt: Date; id: string } | undefined) =>
  row ? Prisma.sql`AND (b.created_at, b.id) < (${row.createdAt}::timestamptz, ${row.id}::uuid)` : Prisma.empty

/** Batches with their number of leads and the campaign that holds them, the newest first; a page of them, or one by its id. */
export const selectBatches = (sql: Sql, asked: BatchesAsked) =>
  query<BatchRow>(sql)`
  SELECT b.id, b.name, b.description, b.created_at AS "createdAt", b.updated_at AS "updatedAt",
         (SELECT COALESCE(sum(count), 0)::int FROM (
            SELECT count FROM lead_counts WHERE batch_id = b.id
            UNION ALL SELECT count FROM lead_count_changes WHERE batch_id = b.id) counted) AS "leadCount",
         (SELECT count(*)::int FROM campaign_batches cb WHERE cb.batch_id = b.id) AS "campaignCount",
         c.id AS "activeCampaignId", c.name AS "activeCampaignName", c.status AS "activeCampaignStatus",
         c.campaign_type AS "activeCampaignType"
  FROM (SELECT * FROM lead_batches b
        ${
          'id' in asked
            ? Prisma.sql`WHERE b.id = ${asked.id}::uuid`
            : Prisma.sql`WHERE ${isNamed(asked)} ${isBehind(asked.behind)} ORDER BY b.created_at DESC, b.id DESC LIMIT ${asked.limit} OFFSET ${asked.offset}`
        }) b
  LEFT JOIN campaigns c ON c.id = b.active_campaign_id
  ORDER BY b.created_at DESC, b.id DESC`

/** Count of the batches whose name contains `search`, or of those with these ids. */
export const countBatches = (sql: Sql, named: Named) =>
  queryCount(sql)`SELECT count(*)::int AS count FROM lead_batches b WHERE ${isNamed(named)}`
