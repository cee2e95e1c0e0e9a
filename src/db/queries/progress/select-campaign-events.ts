import { Prisma } from '@/db/generated/client'
import { query, queryCount, type Sql } from '@/db/sql'
import { COUNTED_AT_MOST, type PageRead } from '@/domain/lists/place'

export type EventRow = {
  id: string
  at: Date
  kind: string
  /** Id of the person; null for the system. */
  actor: string | null
  fromStatus: string | null
  toStatus: string | null
  message: string
}

/** Events of a campaign, the newest first, from a place (its time is the value) on or back (idx_campaign_events_campaign_at). */
export function selectEvents(sql: Sql, campaignId: string, { onwards, from, limit }: PageRead) {
  const direction = Prisma.raw(onwards ? 'DESC' : 'ASC')
  const beyond = Prisma.raw(onwards ? '<' : '>')
  const place = from
    ? Prisma.sql`AND (at, id) ${beyond} (${String(from.value)}::timestamptz, ${from.id}::uuid)`
    : Prisma.empty
  return query<EventRow>(sql)`
  SELECT id, at, kind, actor, from_status AS "fromStatus", to_status AS "toStatus", message FROM campaign_events
  WHERE campaign_id = ${campaignId}::uuid ${place} ORDER BY at ${direction}, id ${direction} LIMIT ${limit}`
}

/** Count of the events of a campaign, up to one more than lists count. */
export const countEvents = (sql: Sql, campaignId: string) =>
  queryCount(sql)`
  SELECT count(*)::int AS count
  FROM (SELECT 1 FROM campaign_events WHERE campaign_id = ${campaignId}::uuid LIMIT ${COUNTED_AT_MOST + 1}) found`
