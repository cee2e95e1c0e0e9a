import { query, type Sql } from '@/db/sql'
import { MISSED_AFTER_MS } from '@/domain/conversation/sent-copies'

/**
 * Held emails of a campaign whose copies are missing: their provider files what it takes by itself, and the folder for it was read to
 * its end an hour after they may have left. Folders are read in real time, of which campaign time is `aheadMs` ahead.
 */
export const selectMissingCopies = (sql: Sql, { campaignId, aheadMs }: { campaignId: string; aheadMs: number }) =>
  query<{ id: string }>(sql)`
  SELECT se.id FROM scheduled_emails se
  JOIN mailbox_readers r ON r.mailbox_id = se.mailbox_id AND r.files_sent
  WHERE se.campaign_id = ${campaignId}::uuid AND se.status = 'held' AND EXISTS (
    SELECT 1 FROM mailbox_folders f
    WHERE f.mailbox_id = se.mailbox_id AND f.role IN ('sent', 'all') AND f.failure IS NULL
      AND f.last_read_at >= se.sending_since + make_interval(secs => ${(MISSED_AFTER_MS - aheadMs) / 1_000}::float8))`
