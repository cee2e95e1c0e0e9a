import { Prisma } from '@/db/generated/client'
import { contains } from '@/db/literal-pattern'
import { query, queryCount, type Sql } from '@/db/sql'
import type { CampaignStatus } from '@/domain/campaign/state'
import type { NamedListRead } from '@/domain/lists/named-list'

export type WorkflowRow = {
  id: string
  name: string
  description: string | null
  steps: number
  /** Days between the steps, in their order. */
  daysAfterPrevious: number[]
  users: number
  userId: string | null
  userName: string | null
  userStatus: CampaignStatus | null
  createdAt: Date
  updatedAt: Date
}

type Named = Pick<NamedListRead, 'search' | 'ids'>

// The sequence that a campaign has for itself is found there.
const isNamed = ({ search, ids }: Named) =>
  Prisma.sql`w.listed AND w.campaign_id IS NULL AND ${ids ? Prisma.sql`w.id = ANY(${[...ids]}::uuid[])` : contains(Prisma.sql`w.name`, search)}`

/**
 * A page of the workflows whose name contains `search`, by name: each with its steps, the number of campaigns in one of these
 * states that use it, and the first of them by name.
 */
export const selectWorkflows = (sql: Sql, input: NamedListRead & { live: readonly CampaignStatus[] }) =>
  query<WorkflowRow>(sql)`
  SELECT w.id, w.name, w.description, w.created_at AS "createdAt", w.updated_at AS "updatedAt",
         steps.count AS steps, steps.days AS "daysAfterPrevious", COALESCE(first.users, 0) AS users,
         first.id AS "userId", first.name AS "userName", first.status AS "userStatus"
  FROM (SELECT * FROM workflows w WHERE ${isNamed(input)} ORDER BY w.name, w.id
        LIMIT ${input.limit} OFFSET ${input.offset}) w
  CROSS JOIN LATERAL (
    SELECT count(*)::int AS count, COALESCE(array_agg(s.days_after_previous ORDER BY s.step_number), '{}') AS days
    FROM workflow_steps s WHERE s.workflow_id = w.id) steps
  LEFT JOIN LATERAL (
    SELECT c.id, c.name, c.status, count(*) OVER ()::int AS users FROM campaigns c
    WHERE c.workflow_id = w.id AND c.use_workflow AND c.status = ANY(${[...input.live]}::text[])
    ORDER BY c.name, c.id LIMIT 1) first ON true
  ORDER BY w.name, w.id`

/** Count of the workflows whose name contains `search`, or of those with these ids. */
export const countWorkflows = (sql: Sql, named: Named) =>
  queryCount(sql)`SELECT count(*)::int AS count FROM workflows w WHERE ${isNamed(named)}`
