import { Prisma } from '@/db/generated/client'
import { queryCount, queryOne, type Sql } from '@/db/sql'
import type { EndReason, LeadStatus } from '@/domain/lead/status'
import { isSkippable, isSparing } from '../delivery/skip-pending-of-leads'
import { keptLeads } from '../leads/kept-leads'
import { ALL_LEADS, selectLeadCounts } from '../leads/lead-counts'
import { isNarrowed, type LeadFilter, matchingLeads } from '../leads/select-leads'

export type Matching = LeadFilter & { ids?: readonly string[] | undefined }

/** Fragment: the ids of all leads that match. */
export const matching = ({ ids, ...filter }: Matching) =>
  ids ? Prisma.sql`SELECT id FROM leads WHERE id = ANY(${[...ids]}::uuid[])` : matchingLeads(filter)

/** How many leads match, all of them: by the counts that the database keeps, but for given ids and for what a search, a source or days find. */
export async function countMatching(sql: Sql, filter: Matching): Promise<number> {
  const { ids, statuses, batchId = ALL_LEADS } = filter
  if (ids || isNarrowed(filter)) return queryCount(sql)`SELECT count(*)::int AS count FROM (${matching(filter)}) m`
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

/** Emails of leads: that are planned, whose delivery is unknown, and that are being sent; in so many campaigns. */
export type OpenEmails = { planned: number; held: number; sending: number; campaigns: number }

/**
 * The emails of the leads that match which skipping them for this reason would skip (`planned`, in `campaigns`), as `skipPendingOfEach`
 * does, and the held ones and those being sent, which stay as they are. `exceptStatus`: leads that have it are not asked for.
 */
export const countSkippable = async (
  sql: Sql,
  filter: Matching,
  { reason, exceptStatus = null }: { reason: EndReason | 'suppressed'; exceptStatus?: LeadStatus | null },
): Promise<OpenEmails> => {
  const skipped = isSkippable(Prisma.sql`${isSparing(reason)}::bool`)
  const whose = exceptStatus
    ? Prisma.sql`SELECT l.id FROM leads l WHERE l.id IN (${matching(filter)}) AND l.status <> ${exceptStatus}`
    : matching(filter)
  const counts = await queryOne<OpenEmails>(sql)`
  SELECT count(*) FILTER (WHERE ${skipped})::int AS planned, count(*) FILTER (WHERE se.status = 'held')::int AS held,
    count(*) FILTER (WHERE se.status = 'sending')::int AS sending, count(DISTINCT se.campaign_id) FILTER (WHERE ${skipped})::int AS campaigns
  FROM scheduled_emails se WHERE se.status IN ('pending', 'held', 'sending') AND se.lead_id IN (${whose})`
  return counts ?? { planned: 0, held: 0, sending: 0, campaigns: 0 }
}

/** What a deletion takes along, and the leads that it leaves for what is on its way to them. */
export type Deletion = {
  planned: number
  held: number
  sent: number
  campaigns: number
  waitingReplies: number
  keptSending: number
  keptHeld: number
}

/** What deleting the leads that match would take along now, as `eraseLeads` counts it, and whom it would leave. */
export const countDeletion = (sql: Sql, filter: Matching) =>
  queryOne<Deletion>(sql)`
  WITH asked AS MATERIALIZED (${matching(filter)}),
  kept AS MATERIALIZED (${keptLeads((id) => Prisma.sql`${id} IN (SELECT id FROM asked)`)}),
  free AS MATERIALIZED (SELECT id FROM asked EXCEPT SELECT lead_id FROM kept)
  SELECT e.*, r.*, k.* FROM (
    SELECT count(*) FILTER (WHERE status = 'pending')::int AS planned, count(*) FILTER (WHERE status = 'held')::int AS held,
      count(*) FILTER (WHERE status = 'sent')::int AS sent, count(DISTINCT campaign_id)::int AS campaigns
    FROM scheduled_emails WHERE lead_id IN (SELECT id FROM free)) e, (
    SELECT count(*)::int AS "waitingReplies" FROM replies WHERE status = 'pending' AND lead_id IN (SELECT id FROM free)) r, (
    SELECT count(*) FILTER (WHERE NOT held)::int AS "keptSending", count(*) FILTER (WHERE held)::int AS "keptHeld" FROM kept) k`
