import { execute, queryOne, type Sql, type Tx } from '@/db/sql'

/**
 * Takes all of the campaign's batches that are free or its own already. Returns how many; fewer than it has when one is
 * busy.
 */
export const lockBatchesIfFree = (tx: Tx, { campaignId, at }: { campaignId: string; at: Date }) =>
  execute(tx)`
  WITH held AS (
    UPDATE lead_batches SET active_campaign_id = ${campaignId}::uuid, updated_at = ${at}
    WHERE id IN (SELECT batch_id FROM campaign_batches WHERE campaign_id = ${campaignId}::uuid)
      AND (active_campaign_id IS NULL OR active_campaign_id = ${campaignId}::uuid)
    RETURNING id
  ), history AS (
    UPDATE campaign_batches SET started_at = COALESCE(started_at, ${at}::timestamptz), completed_at = NULL
    WHERE campaign_id = ${campaignId}::uuid AND batch_id IN (SELECT id FROM held)
  )
  SELECT id FROM held`

export type BusyBatch = { batchId: string; batchName: string; holderId: string; holderName: string }

/** The first batch of the campaign that another one holds, with its holder; null when all are free. */
export const selectBusyBatch = (sql: Sql, { campaignId }: { campaignId: string }) =>
  queryOne<BusyBatch>(sql)`
  SELECT b.id AS "batchId", b.name AS "batchName", holder.id AS "holderId", holder.name AS "holderName"
  FROM campaign_batches cb
  JOIN lead_batches b ON b.id = cb.batch_id
  JOIN campaigns holder ON holder.id = b.active_campaign_id
  WHERE cb.campaign_id = ${campaignId}::uuid AND holder.id <> ${campaignId}::uuid
  ORDER BY b.name LIMIT 1`

/** Gives the campaigns' batches back and closes their history. */
export const releaseBatches = (tx: Tx, { campaignIds, at }: { campaignIds: readonly string[]; at: Date }) =>
  execute(tx)`
  WITH released AS (
    UPDATE lead_batches SET active_campaign_id = NULL, updated_at = ${at}
    WHERE active_campaign_id = ANY(${campaignIds}::uuid[])
  )
  UPDATE campaign_batches SET completed_at = ${at}
  WHERE campaign_id = ANY(${campaignIds}::uuid[]) AND started_at IS NOT NULL AND completed_at IS NULL`
