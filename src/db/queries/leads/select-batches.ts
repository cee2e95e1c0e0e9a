import { Prisma } from '@/db/generated/client'
import { query, type Sql } from '@/db/sql'
import type { CampaignStatus } from '@/domain/campaign/state'

export type BatchRow = {
  id: string
  name: string
  description: string | null
  leadCount: number
  campaignCount: number
  activeCampaignId: string | null
  activeCampaignName: string | null
  activeCampaignStatus: CampaignStatus | null
  createdAt: Date
  updatedAt: Date
}

/** Batches with their number of leads and the campaign that holds them, the newest first; all, or one by its id. */
export const selectBatches = (sql: Sql, { id, search }: { id?: string; search?: string | undefined } = {}) =>
  query<BatchRow>(sql)`
  SELECT b.id, b.name, b.description, b.created_at AS "createdAt", b.updated_at AS "updatedAt",
         count(bl.lead_id)::int AS "leadCount",
         (SELECT count(*)::int FROM campaign_batches cb WHERE cb.batch_id = b.id) AS "campaignCount",
         c.id AS "activeCampaignId", c.name AS "activeCampaignName", c.status AS "activeCampaignStatus"
  FROM lead_batches b
  LEFT JOIN batch_leads bl ON bl.batch_id = b.id
  LEFT JOIN campaigns c ON c.id = b.active_campaign_id
  WHERE ${id ? Prisma.sql`b.id = ${id}::uuid` : Prisma.sql`strpos(fold_text(b.name), fold_text(${search ?? ''}::text)) > 0`}
  GROUP BY b.id, c.id
  ORDER BY b.created_at DESC, b.id DESC`
