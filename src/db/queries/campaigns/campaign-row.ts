import { assignmentsOf } from '@/db/columns'
import { Prisma } from '@/db/generated/client'
import { execute, executeIf, queryOne, type Tx } from '@/db/sql'
import type { CampaignDraft } from '@/domain/campaign/draft'
import type { CampaignType } from '@/domain/campaign/state'

export type CampaignInput = {
  name: string
  campaignType: CampaignType
  timezone: string
  /** Of a run of lead generation; null where nothing is generated. */
  maxResultsPerRun: number | null
  by: string
  at: Date
}

/** Creates a draft and writes the first event of its history. Returns its id. */
export async function insertCampaign(tx: Tx, input: CampaignInput): Promise<string> {
  const { name, campaignType, timezone, maxResultsPerRun, by, at } = input
  const leadSources = maxResultsPerRun === null ? null : '[]'
  const row = await queryOne<{ id: string }>(tx)`
  WITH campaign AS (
    INSERT INTO campaigns (name, campaign_type, timezone, lead_sources, max_results_per_run, created_by, created_at, updated_at)
    VALUES (${name}, ${campaignType}, ${timezone}, ${leadSources}::jsonb, ${maxResultsPerRun}, ${by}, ${at}, ${at})
    RETURNING id
  ), event AS (
    INSERT INTO campaign_events (campaign_id, at, kind, actor, message)
    SELECT id, ${at}, 'created', ${by}, 'Created' FROM campaign
  )
  SELECT id FROM campaign`
  if (!row) throw new Error('The campaign has no row')
  return row.id
}

export type CampaignPatch = Omit<CampaignDraft, 'batchIds' | 'mailboxIds' | 'ownSteps'>

/**
 * Writes the fields that are given; with `onlyDraft`, only while the campaign still is a draft. Returns whether a row
 * was written.
 */
export const updateCampaignIf = (
  tx: Tx,
  { campaignId, patch, onlyDraft, at }: { campaignId: string; patch: CampaignPatch; onlyDraft: boolean; at: Date },
) => {
  const { leadSources, leadCriteria, workflowId, emailTemplateId, ...plain } = patch
  const asIs = Object.entries(plain).map(([field, value]) => [
    field,
    value === undefined ? undefined : Prisma.sql`${value}`,
  ])
  const assignments = assignmentsOf({
    ...Object.fromEntries(asIs),
    leadSources: leadSources && Prisma.sql`${JSON.stringify(leadSources)}::jsonb`,
    leadCriteria: leadCriteria && Prisma.sql`${JSON.stringify(leadCriteria)}::jsonb`,
    workflowId: workflowId === undefined ? undefined : Prisma.sql`${workflowId}::uuid`,
    emailTemplateId: emailTemplateId === undefined ? undefined : Prisma.sql`${emailTemplateId}::uuid`,
    updatedAt: Prisma.sql`${at}`,
  })
  return executeIf(tx)`
  UPDATE campaigns SET ${Prisma.join(assignments)}
  WHERE id = ${campaignId}::uuid AND (NOT ${onlyDraft} OR status = 'draft')`
}

/** Sets the batches of the campaign; those it had keep their history. */
export const setChosenBatches = async (tx: Tx, campaignId: string, batchIds: readonly string[]): Promise<void> => {
  await execute(tx)`
  DELETE FROM campaign_batches WHERE campaign_id = ${campaignId}::uuid AND batch_id <> ALL(${batchIds}::uuid[])`
  await execute(tx)`
  INSERT INTO campaign_batches (campaign_id, batch_id)
  SELECT DISTINCT ${campaignId}::uuid, id FROM unnest(${batchIds}::uuid[]) AS chosen(id)
  ON CONFLICT DO NOTHING`
}

/** Sets the mailboxes of the campaign. */
export const setChosenMailboxes = async (tx: Tx, campaignId: string, mailboxIds: readonly string[]): Promise<void> => {
  await execute(tx)`
  DELETE FROM campaign_mailboxes WHERE campaign_id = ${campaignId}::uuid AND mailbox_id <> ALL(${mailboxIds}::uuid[])`
  await addMailboxes(tx, campaignId, mailboxIds)
}

/** Adds mailboxes to the campaign; those it has already stay. */
export const addMailboxes = (tx: Tx, campaignId: string, mailboxIds: readonly string[]) =>
  execute(tx)`
  INSERT INTO campaign_mailboxes (campaign_id, mailbox_id)
  SELECT DISTINCT ${campaignId}::uuid, id FROM unnest(${mailboxIds}::uuid[]) AS chosen(id)
  ON CONFLICT DO NOTHING`

/** Sets when the campaign starts by itself; null takes that back. */
export const setPlannedStart = (tx: Tx, { campaignId, startAt }: { campaignId: string; startAt: Date | null }) =>
  execute(tx)`
  UPDATE campaigns SET scheduled_start_at = ${startAt}, start_type = ${startAt ? 'scheduled' : 'manual'}
  WHERE id = ${campaignId}::uuid`

/**
 * Locks the campaign by a write of its own: a completion that is being decided waits, and then sees the writes that
 * follow.
 */
export const lockCampaignByWrite = (tx: Tx, { campaignId, at }: { campaignId: string; at: Date }) =>
  execute(tx)`UPDATE campaigns SET updated_at = ${at} WHERE id = ${campaignId}::uuid`
