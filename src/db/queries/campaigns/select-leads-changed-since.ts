import { query, queryOne, type Sql, type Tx } from '@/db/sql'
import { isEligible } from './select-eligible-leads'

/** A moment in the order of transactions: what was written by others before it has committed. */
export type Moment = { since: string }

/** The present moment. Reads that follow see all that was written before it. */
export async function selectMoment(sql: Sql): Promise<Moment> {
  const moment = await queryOne<Moment>(sql)`SELECT pg_snapshot_xmin(pg_current_snapshot())::xid::text AS since`
  if (!moment) throw new Error('The database did not say which transactions run')
  return moment
}

// xmin is the transaction that wrote a row's present version; the younger one has the smaller age.

/**
 * Ids of leads that would be planned and were saved, or put into one of the campaign's batches, since that moment; at most
 * `limit`. May name some that were saved shortly before.
 */
export const selectLeadsChangedSince = (
  tx: Tx,
  { campaignId, since, limit }: { campaignId: string; limit: number } & Moment,
) =>
  query<{ id: string }>(tx)`
  SELECT DISTINCT l.id
  FROM campaign_batches cb
  JOIN batch_leads bl ON bl.batch_id = cb.batch_id
  JOIN leads l ON l.id = bl.lead_id
  WHERE cb.campaign_id = ${campaignId}::uuid
    AND (age(l.xmin) <= age(${since}::xid) OR age(bl.xmin) <= age(${since}::xid))
    AND ${isEligible(campaignId)}
  LIMIT ${limit}`

/** Whether an entry was taken off the suppression list since that moment: leads may be planned who were not before. */
export async function isSuppressionLiftedSince(tx: Tx, { since }: Moment): Promise<boolean> {
  const row = await queryOne<{ lifted: boolean }>(tx)`
  SELECT EXISTS (SELECT 1 FROM suppression_removals r WHERE age(r.xmin) <= age(${since}::xid)) AS lifted`
  return row?.lifted ?? false
}
