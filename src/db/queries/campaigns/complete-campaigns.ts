import { Prisma } from '@/db/generated/client'
import { query, type Tx } from '@/db/sql'
import type { CampaignType } from '@/domain/campaign/state'
import { isOpen } from './open-emails'

/**
 * Locks the running campaigns among `ids` (all when null) that look finished. The lock is a statement of its own: the
 * decision that follows must see everything that was committed before it. Every write that reopens an email locks the
 * campaign first.
 */
export const lockFinishedCampaigns = (tx: Tx, ids: readonly string[] | null) =>
  query<{ id: string }>(tx)`
  SELECT c.id FROM campaigns c
  WHERE c.status = 'running' AND (${ids === null} OR c.id = ANY(${[...(ids ?? [])]}::uuid[])) AND ${nothingIsLeft}
  ORDER BY c.id FOR NO KEY UPDATE`

const nothingIsLeft = Prisma.sql`
  c.next_run_at IS NULL
  AND NOT EXISTS (SELECT 1 FROM lead_generation_runs r WHERE r.campaign_id = c.id AND r.status IN ('pending', 'running'))
  AND NOT EXISTS (SELECT 1 FROM lead_generation_runs r
                  WHERE r.campaign_id = c.id AND r.outreach_at IS NOT NULL AND r.planned_at IS NULL)
  AND NOT EXISTS (SELECT 1 FROM scheduled_emails se
                  WHERE se.campaign_id = c.id AND ${isOpen('se')})`

/**
 * Completes the campaigns that are done: running, nothing pending, sending or held, no further run due. Releases their
 * batches, writes history and event, and returns them. No other statement completes a campaign by itself.
 */
export const completeCampaignsIfDone = (
  tx: Tx,
  { ids, at, because }: { ids: readonly string[]; at: Date; because: Record<CampaignType, string> },
) =>
  query<{ id: string }>(tx)`
  WITH done AS (
    UPDATE campaigns c SET status = 'completed', completed_at = ${at}, status_reason = NULL, updated_at = ${at}
    WHERE c.id = ANY(${[...ids]}::uuid[]) AND c.status = 'running' AND ${nothingIsLeft}
    RETURNING c.id, c.campaign_type
  ), released AS (
    UPDATE lead_batches SET active_campaign_id = NULL, updated_at = ${at}
    WHERE active_campaign_id IN (SELECT id FROM done)
  ), history AS (
    UPDATE campaign_batches SET completed_at = ${at}
    WHERE campaign_id IN (SELECT id FROM done) AND started_at IS NOT NULL AND completed_at IS NULL
  ), event AS (
    INSERT INTO campaign_events (campaign_id, at, kind, from_status, to_status, message)
    SELECT id, ${at}::timestamptz, 'completed', 'running', 'completed',
           CASE done.campaign_type WHEN 'lead_generation' THEN ${because.lead_generation}
                WHEN 'fully_automated' THEN ${because.fully_automated} ELSE ${because.outreach} END FROM done
  )
  SELECT id FROM done`
