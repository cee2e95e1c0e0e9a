import { Prisma } from '@/db/generated/client'
import { query, type Sql } from '@/db/sql'

/**
 * Fragment: true when the lead `l` was emailed before, and not by this campaign alone: by another, or before it was deleted
 * and came back. An email whose delivery is unknown counts.
 */
export const wasMailedBefore = (campaignId: string) => Prisma.sql`(
  EXISTS (SELECT 1 FROM scheduled_emails o WHERE o.lead_id = l.id AND o.campaign_id <> ${campaignId}::uuid AND ${mailed})
  OR (l.last_contacted_at IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM scheduled_emails o WHERE o.lead_id = l.id AND o.campaign_id = ${campaignId}::uuid AND ${mailed})))`

const mailed = Prisma.sql`o.status IN ('sending', 'held', 'sent')`

/** Fragment: true when this campaign leaves out leads that were emailed before, and the lead `l` is one. */
export const isLeftOutAsMailed = (campaignId: string) => Prisma.sql`(
  (SELECT leave_out_mailed_before FROM campaigns WHERE id = ${campaignId}::uuid) AND ${wasMailedBefore(campaignId)})`

/** How many leads were emailed before, by the campaign that did so last; without one where it or the lead was deleted since. */
export type MailedBefore = { campaignId: string | null; campaign: string | null; leads: number }

/** Of the leads that `eligible` says of: those that were emailed before, by the campaign that did so last, the latest first. */
export const selectMailedBefore = (sql: Sql, campaignId: string, eligible: Prisma.Sql) =>
  query<MailedBefore>(sql)`
  SELECT c.id AS "campaignId", c.name AS campaign, count(*)::int AS leads
  FROM leads l
  LEFT JOIN LATERAL (
    SELECT o.campaign_id, COALESCE(o.sent_at, o.sending_since) AS at FROM scheduled_emails o
    WHERE o.lead_id = l.id AND o.campaign_id <> ${campaignId}::uuid AND ${mailed}
    ORDER BY at DESC NULLS LAST LIMIT 1) last ON true
  LEFT JOIN campaigns c ON c.id = last.campaign_id
  WHERE ${eligible} AND ${wasMailedBefore(campaignId)}
  GROUP BY c.id ORDER BY max(COALESCE(last.at, l.last_contacted_at)) DESC NULLS LAST, c.id`
