import { execute, type Sql } from '@/db/sql'

export type CampaignEventInput = {
  campaignId: string
  at: Date
  kind: string
  actor: string | null
  message: string
  details?: Record<string, unknown>
}

/** Writes an event of the campaign's history that is no change of state. */
export const insertEvent = (sql: Sql, { campaignId, at, kind, actor, message, details }: CampaignEventInput) =>
  execute(sql)`
  INSERT INTO campaign_events (campaign_id, at, kind, actor, message, details)
  VALUES (${campaignId}::uuid, ${at}, ${kind}, ${actor}, ${message}, ${details ? JSON.stringify(details) : null}::jsonb)`
