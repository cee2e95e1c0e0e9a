import { Prisma } from '@/db/generated/client'
import { query, type Sql } from '@/db/sql'
import { isEligible } from '../campaigns/select-eligible-leads'
import { isSuppressed } from '../suppression/suppressed'

/**
 * The lead of the campaign's batches that stands next `after` or `before` another, of those who would be planned; the first
 * one without either. One look into each batch.
 */
export async function selectLeadBeside(
  sql: Sql,
  campaignId: string,
  { after, before }: { after?: string | undefined; before?: string | undefined } = {},
): Promise<string | null> {
  const side = before
    ? Prisma.sql`bl.lead_id < ${before}::uuid`
    : after
      ? Prisma.sql`bl.lead_id > ${after}::uuid`
      : Prisma.sql`true`
  const order = before ? Prisma.sql`DESC` : Prisma.sql`ASC`
  const [row] = await query<{ id: string }>(sql)`
  SELECT near.lead_id AS id
  FROM campaign_batches cb
  CROSS JOIN LATERAL (
    SELECT bl.lead_id FROM batch_leads bl JOIN leads l ON l.id = bl.lead_id
    WHERE bl.batch_id = cb.batch_id AND ${side} AND ${isEligible(campaignId, isSuppressed)}
    ORDER BY bl.lead_id ${order} LIMIT 1) near
  WHERE cb.campaign_id = ${campaignId}::uuid
  ORDER BY near.lead_id ${order} LIMIT 1`
  return row?.id ?? null
}
