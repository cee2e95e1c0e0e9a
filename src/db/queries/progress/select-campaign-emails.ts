import { Prisma } from '@/db/generated/client'
import { query, queryCount, type Sql } from '@/db/sql'
import type { EmailStatus } from '@/domain/campaign/progress'
import { COUNTED_AT_MOST, type PageRead } from '@/domain/lists/place'
import { isFound, searchedLeads } from '../leads/search-leads'

export type EmailFilter = {
  campaignId: string
  status?: EmailStatus | undefined
  stepNumber?: number | undefined
  search?: string | undefined
  /** The search may look at all leads, not at the newest alone. */
  searchAll: boolean
}

export type EmailPlace = { id: string; leadId: string; stepNumber: number }

/**
 * Planned emails of a campaign that match, lead after lead in the order in which they came, each lead's by step; from a place
 * (the lead, and the step as its value) on or back. By an index over just this order, for all or for one state.
 */
export function selectEmailPlaces(sql: Sql, filter: EmailFilter, { onwards, from, limit }: PageRead) {
  const direction = Prisma.raw(onwards ? 'ASC' : 'DESC')
  const beyond = Prisma.raw(onwards ? '>' : '<')
  const conditions = conditionsOf(filter)
  if (from)
    conditions.push(
      Prisma.sql`(se.lead_id, se.workflow_step_number) ${beyond} (${from.id}::uuid, ${Number(from.value)}::int)`,
    )
  return query<EmailPlace>(sql)`
  SELECT se.id, se.lead_id AS "leadId", se.workflow_step_number AS "stepNumber"
  FROM ${sources(filter)} WHERE ${Prisma.join(conditions, ' AND ')}
  ORDER BY se.lead_id ${direction}, se.workflow_step_number ${direction} LIMIT ${limit}`
}

/** Count of the campaign's emails that match, up to one more than lists count. */
export const countFoundEmails = (sql: Sql, filter: EmailFilter) =>
  queryCount(sql)`
  SELECT count(*)::int AS count FROM (
    SELECT 1 FROM ${sources(filter)} WHERE ${Prisma.join(conditionsOf(filter), ' AND ')} LIMIT ${COUNTED_AT_MOST + 1}) found`

const sources = ({ search, searchAll }: EmailFilter) =>
  search
    ? Prisma.sql`scheduled_emails se JOIN ${searchedLeads(searchAll)} ON l.id = se.lead_id`
    : Prisma.sql`scheduled_emails se`

function conditionsOf({ campaignId, status, stepNumber, search }: EmailFilter): Prisma.Sql[] {
  return [
    Prisma.sql`se.campaign_id = ${campaignId}::uuid`,
    ...(status ? [Prisma.sql`se.status = ${status}`] : []),
    ...(stepNumber ? [Prisma.sql`se.workflow_step_number = ${stepNumber}`] : []),
    ...(search ? isFound(search) : []),
  ]
}
