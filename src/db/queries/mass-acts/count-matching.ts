import { Prisma } from '@/db/generated/client'
import { queryCount, queryOne, type Sql } from '@/db/sql'
import type { LeadStatus } from '@/domain/lead/status'
import { ALL_LEADS, selectLeadCounts } from '../leads/lead-counts'
import { type LeadFilter, matchingLeads } from '../leads/select-leads'

export type Matching = LeadFilter & { ids?: readonly string[] | undefined }

const matching = ({ ids, ...filter }: Matching) =>
  ids ? Prisma.sql`SELECT id FROM leads WHERE id = ANY(${[...ids]}::uuid[])` : matchingLeads(filter)

/** How many leads match, all of them: by the counts that the database keeps, but for what a search finds and for given ids. */
export async function countMatching(sql: Sql, filter: Matching): Promise<number> {
  const { ids, search, statuses, batchId = ALL_LEADS } = filter
  if (ids || search) return queryCount(sql)`SELECT count(*)::int AS count FROM (${matching(filter)}) m`
  const counts = await selectLeadCounts(sql, [batchId])
  return counts.reduce(
    (sum, { status, count }) => (statuses?.length && !statuses.includes(status) ? sum : sum + count),
    0,
  )
}

// The address itself: a domain that is suppressed is another entry.
const isOnList = Prisma.sql`(
  EXISTS (SELECT 1 FROM suppressions s WHERE s.kind = 'address' AND s.value = l.email)
  OR EXISTS (SELECT 1 FROM suppressions s WHERE s.kind = 'address' AND s.value_hash = l.email_hash))`

/** How many of the leads that match have this status, are in this batch, or have their address on the suppression list. */
export const countAlready = (
  sql: Sql,
  filter: Matching,
  as: { status: LeadStatus } | { batchId: string } | { suppressed: true },
) =>
  queryCount(sql)`
  SELECT count(*)::int AS count FROM leads l WHERE l.id IN (${matching(filter)}) AND ${
    'status' in as
      ? Prisma.sql`l.status = ${as.status}`
      : 'batchId' in as
        ? Prisma.sql`EXISTS (SELECT 1 FROM batch_leads x WHERE x.lead_id = l.id AND x.batch_id = ${as.batchId}::uuid)`
        : isOnList
  }`

export type MatchingEmails = { planned: number; sent: number; sending: number; campaigns: number }

/** The emails of the leads that match, by what they are, and in how many campaigns. */
export const countEmailsOfMatching = async (sql: Sql, filter: Matching): Promise<MatchingEmails> =>
  (await queryOne<MatchingEmails>(sql)`
  SELECT count(*) FILTER (WHERE se.status IN ('pending', 'held'))::int AS planned, count(*) FILTER (WHERE se.status = 'sent')::int AS sent,
    count(*) FILTER (WHERE se.status = 'sending')::int AS sending, count(DISTINCT se.campaign_id)::int AS campaigns
  FROM scheduled_emails se WHERE se.lead_id IN (${matching(filter)})`) ?? {
    planned: 0,
    sent: 0,
    sending: 0,
    campaigns: 0,
  }
