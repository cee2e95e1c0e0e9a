import { executeIf, type Sql } from '@/db/sql'
import type { CampaignStatus } from '@/domain/campaign/state'

/** Archives the campaign if it has one of these statuses and is not archived, with its event. False when it was not. */
export const archiveCampaignIf = (
  sql: Sql,
  { id, from, at, actor }: { id: string; from: readonly CampaignStatus[]; at: Date; actor: string },
) =>
  executeIf(sql)`
  WITH archived AS (
    UPDATE campaigns SET archived_at = ${at}, updated_at = ${at}
    WHERE id = ${id}::uuid AND archived_at IS NULL AND status = ANY(${[...from]}::text[])
    RETURNING id
  )
  INSERT INTO campaign_events (campaign_id, at, kind, actor, message)
  SELECT id, ${at}::timestamptz, 'archived', ${actor}, 'Archived' FROM archived`

/** Puts it back on the lists, with its event. False when it was not archived. */
export const unarchiveCampaignIf = (sql: Sql, { id, at, actor }: { id: string; at: Date; actor: string }) =>
  executeIf(sql)`
  WITH back AS (
    UPDATE campaigns SET archived_at = NULL, updated_at = ${at} WHERE id = ${id}::uuid AND archived_at IS NOT NULL
    RETURNING id
  )
  INSERT INTO campaign_events (campaign_id, at, kind, actor, message)
  SELECT id, ${at}::timestamptz, 'unarchived', ${actor}, 'Taken out of the archive' FROM back`
