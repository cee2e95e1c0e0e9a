import { queryOne, type Tx } from '@/db/sql'
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
