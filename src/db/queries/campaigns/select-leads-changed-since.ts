import { Prisma } from '@/db/generated/client'
import { query, queryOne, type Sql, type Tx } from '@/db/sql'
import { isEligible } from './select-eligible-leads'

/**
 * A moment in the order of transactions: what was written by others before it has committed, or is named here. The oldest
 * transaction that still ran may be long under way, and in any database of the server: much may have been saved since.
 */
export type Moment = { since: string; savedLeads: string[]; liftedSuppressions: string[] }

// xmin is the transaction that wrote a row's present version; the younger one has the smaller age.
const isYounger = (row: Prisma.Sql, since: Prisma.Sql) => Prisma.sql`age(${row}.xmin) <= age(${since})`

// Rows `l` of leads and `bl` of the campaign's batches, of which one was saved since.
const savedSince = (campaignId: string, since: Prisma.Sql) => Prisma.sql`
  campaign_batches cb
  JOIN batch_leads bl ON bl.batch_id = cb.batch_id
  JOIN leads l ON l.id = bl.lead_id AND (${isYounger(Prisma.sql`l`, since)} OR ${isYounger(Prisma.sql`bl`, since)})
  WHERE cb.campaign_id = ${campaignId}::uuid`

const SAVED = Prisma.sql`concat_ws(' ', l.id, l.xmin, bl.xmin)`
const XMIN = Prisma.sql`pg_snapshot_xmin(pg_current_snapshot())::xid`

/** The present moment. Reads that follow see all that was written before it. */
export async function selectMoment(sql: Sql, campaignId: string): Promise<Moment> {
  const moment = await queryOne<Moment>(sql)`
  SELECT ${XMIN}::text AS since,
         ARRAY(SELECT ${SAVED} FROM ${savedSince(campaignId, XMIN)}) AS "savedLeads",
         ARRAY(SELECT r.id::text FROM suppression_removals r WHERE ${isYounger(Prisma.sql`r`, XMIN)})
           AS "liftedSuppressions"`
  if (!moment) throw new Error('The database did not say which transactions run')
  return moment
}

/**
 * Ids of leads that would be planned and were saved, or put into one of the campaign's batches, since that moment; at most
 * `limit`.
 */
export const selectLeadsChangedSince = (
  tx: Tx,
  { campaignId, since, savedLeads, limit }: { campaignId: string; limit: number } & Moment,
) =>
  query<{ id: string }>(tx)`
  SELECT DISTINCT l.id
  FROM ${savedSince(campaignId, Prisma.sql`${since}::xid`)}
    AND NOT EXISTS (SELECT 1 FROM unnest(${savedLeads}::text[]) AS before(saved) WHERE before.saved = ${SAVED})
    AND ${isEligible(campaignId)}
  LIMIT ${limit}`

/** Whether an entry was taken off the suppression list since that moment: leads may be planned who were not before. */
export async function isSuppressionLiftedSince(tx: Tx, { since, liftedSuppressions }: Moment): Promise<boolean> {
  const row = await queryOne<{ lifted: boolean }>(tx)`
  SELECT EXISTS (
    SELECT 1 FROM suppression_removals r
    WHERE ${isYounger(Prisma.sql`r`, Prisma.sql`${since}::xid`)} AND r.id::text <> ALL (${liftedSuppressions}::text[])
  ) AS lifted`
  return row?.lifted ?? false
}
