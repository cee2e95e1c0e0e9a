import { Prisma } from '@/db/generated/client'
import { contains } from '@/db/literal-pattern'
import { query, type Sql } from '@/db/sql'
import type { CampaignStatus, CampaignType } from '@/domain/campaign/state'

/** Campaigns that are not archived, by type and status: all of them, and those that a search finds. */
export const countCampaigns = (sql: Sql, search: string | undefined) =>
  query<{ type: CampaignType; status: CampaignStatus; all: number; found: number }>(sql)`
  SELECT c.campaign_type AS type, c.status, count(*)::int AS all,
         ${search ? Prisma.sql`count(*) FILTER (WHERE ${isFound(search)})` : Prisma.sql`count(*)`}::int AS found
  FROM campaigns c WHERE c.archived_at IS NULL GROUP BY 1, 2`

const isFound = (search: string) => Prisma.sql`(${contains(Prisma.sql`c.name`, search)}
    OR c.workflow_id IN (SELECT id FROM workflows w WHERE ${contains(Prisma.sql`w.name`, search)})
    OR c.id IN (SELECT cb.campaign_id FROM campaign_batches cb JOIN lead_batches b ON b.id = cb.batch_id WHERE ${contains(Prisma.sql`b.name`, search)}))`

/** Ids of the campaigns of a type for a page: of a status where one is given, and those that a search finds. */
export const selectCampaignPage = (
  sql: Sql,
  input: {
    type: CampaignType
    status: CampaignStatus | undefined
    search: string | undefined
    sort: 'created' | 'name'
    limit: number
    offset: number
  },
) =>
  query<{ id: string }>(sql)`
  SELECT c.id FROM campaigns c
  WHERE c.campaign_type = ${input.type} AND c.archived_at IS NULL
    ${input.status ? Prisma.sql`AND c.status = ${input.status}` : Prisma.empty}
    ${input.search ? Prisma.sql`AND ${isFound(input.search)}` : Prisma.empty}
  ORDER BY ${input.sort === 'name' ? Prisma.sql`c.name, c.id` : Prisma.sql`c.created_at DESC, c.id DESC`}
  LIMIT ${input.limit} OFFSET ${input.offset}`
