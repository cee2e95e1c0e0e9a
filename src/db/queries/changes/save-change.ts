import { execute, query, queryCount, queryOne, type Sql, type Tx } from '@/db/sql'

export type SavedChange = {
  campaignId: string
  version: number
  at: Date
  actor: string
  change: unknown
  effect: unknown
  workflowId: string | null
  undoes: number | null
}

/** Writes a change down. It is never written again. */
export const insertChange = (tx: Tx, saved: SavedChange) =>
  execute(tx)`
  INSERT INTO campaign_changes (campaign_id, version, at, actor, change, effect, workflow_id, undoes)
  VALUES (${saved.campaignId}::uuid, ${saved.version}, ${saved.at}, ${saved.actor}, ${JSON.stringify(saved.change)}::jsonb,
          ${JSON.stringify(saved.effect)}::jsonb, ${saved.workflowId}::uuid, ${saved.undoes}::int)`

/** The version that the campaign is at: 1 as it was started. */
export const selectVersion = (sql: Sql, campaignId: string) =>
  queryCount(sql)`
  SELECT COALESCE(max(version), 1) AS count FROM campaign_changes WHERE campaign_id = ${campaignId}::uuid`

/** Inserts a sequence that belongs to one campaign alone, without its steps. */
export const insertOwnSequence = (tx: Tx, { name, at }: { name: string; at: Date }) =>
  queryOne<{ id: string }>(tx)`
  INSERT INTO workflows (name, listed, created_at, updated_at) VALUES (${name}, false, ${at}, ${at}) RETURNING id`

/** The campaign goes on by this sequence. */
export const setSequence = (tx: Tx, { campaignId, workflowId }: { campaignId: string; workflowId: string }) =>
  execute(tx)`
  UPDATE campaigns SET workflow_id = ${workflowId}::uuid, use_workflow = true WHERE id = ${campaignId}::uuid`

export type ChangeRow = Omit<SavedChange, 'campaignId'> & { actorName: string | null }

/** The changes of a campaign, the latest first. */
export const selectChanges = (sql: Sql, campaignId: string) =>
  query<ChangeRow>(sql)`
  SELECT c.version, c.at, c.actor, u.name AS "actorName", c.change, c.effect, c.workflow_id AS "workflowId", c.undoes
  FROM campaign_changes c LEFT JOIN users u ON u.id = c.actor
  WHERE c.campaign_id = ${campaignId}::uuid ORDER BY c.version DESC`

/** The leads of these batches whose first email was planned at this moment: by a change that added the batches. */
export const selectLeadsAddedAt = (
  sql: Sql,
  { campaignId, batchIds, at }: { campaignId: string; batchIds: readonly string[]; at: Date },
) =>
  query<{ id: string }>(sql)`
  SELECT lead_id AS id FROM scheduled_emails se
  WHERE campaign_id = ${campaignId}::uuid AND workflow_step_number = 1 AND created_at = ${at}
    AND EXISTS (SELECT 1 FROM batch_leads bl WHERE bl.lead_id = se.lead_id AND bl.batch_id = ANY(${[...batchIds]}::uuid[]))`
