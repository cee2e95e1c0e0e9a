import { execute, query, queryCount, queryOne, type Sql, type Tx } from '@/db/sql'
import type { CampaignStatus } from '@/domain/campaign/state'

/** The batch, locked so that no campaign can choose it, and nobody adds a lead to it, before the transaction ends. */
export const lockBatchForDeletion = (tx: Tx, id: string) =>
  queryOne<{ name: string }>(tx)`
  SELECT name FROM lead_batches WHERE id = ${id}::uuid FOR UPDATE`

/** The number of its leads. Asked once it is locked, in a statement of its own: one that waits sees what was before it waited. */
export const countLeadsOfBatch = (tx: Tx, id: string) =>
  queryCount(tx)`
  SELECT count(*)::int AS count FROM batch_leads WHERE batch_id = ${id}::uuid`

export type BatchUser = { id: string; name: string; status: CampaignStatus; holds: boolean; started: boolean }

/** Campaigns that hold, used or chose the batch; the one that holds it first. */
export const selectCampaignsOfBatch = (sql: Sql, id: string) =>
  query<BatchUser>(sql)`
  SELECT c.id, c.name, c.status, b.active_campaign_id IS NOT DISTINCT FROM c.id AS holds, cb.started_at IS NOT NULL AS started
  FROM lead_batches b
  LEFT JOIN campaign_batches cb ON cb.batch_id = b.id
  JOIN campaigns c ON c.id = cb.campaign_id OR c.id = b.active_campaign_id
  WHERE b.id = ${id}::uuid
  ORDER BY holds DESC, started DESC, c.created_at`

/** Deletes the batch; its leads stay. */
export const deleteBatchRow = (sql: Sql, id: string) =>
  execute(sql)`DELETE FROM lead_batches WHERE id = ${id}::uuid RETURNING id`
