import { query, queryOne, type Sql, type Tx } from '@/db/sql'
import { type Matching, matching } from './count-matching'

/** Takes these leads out of the batch. Returns those that were in it, and since when. */
export const leaveBatch = (tx: Tx, { leadIds, batchId }: { leadIds: readonly string[]; batchId: string }) =>
  query<{ id: string; addedAt: Date }>(tx)`
  DELETE FROM batch_leads WHERE batch_id = ${batchId}::uuid AND lead_id = ANY(${[...leadIds]}::uuid[])
  RETURNING lead_id AS id, added_at AS "addedAt"`

/** Puts these leads back into the batch that an act has taken them out of, as of when they had joined it; those in it again stay. */
export const returnToBatch = (
  tx: Tx,
  { actId, leadIds, batchId }: { actId: string; leadIds: readonly string[]; batchId: string },
) =>
  query<{ id: string }>(tx)`
  INSERT INTO batch_leads (batch_id, lead_id, added_at)
  SELECT ${batchId}::uuid, m.lead_id, m.was::timestamptz FROM mass_act_leads m
  WHERE m.mass_act_id = ${actId}::uuid AND m.lead_id = ANY(${[...leadIds]}::uuid[]) ORDER BY m.lead_id
  ON CONFLICT DO NOTHING
  RETURNING lead_id AS id`

/** Emails that campaigns of this batch have planned for the leads that match, which stay planned where these leave it. */
export const countPlannedByBatch = (sql: Sql, filter: Matching, batchId: string) =>
  queryOne<{ planned: number; campaigns: number }>(sql)`
  SELECT count(*)::int AS planned, count(DISTINCT se.campaign_id)::int AS campaigns FROM scheduled_emails se
  WHERE se.status = 'pending' AND se.lead_id IN (${matching(filter)})
    AND se.campaign_id IN (SELECT campaign_id FROM campaign_batches WHERE batch_id = ${batchId}::uuid)`
