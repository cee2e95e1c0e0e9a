import { queryCount, type Tx } from '@/db/sql'

/** Cancels the campaign's pending emails. Returns how many. Emails on the wire stay as they are. */
export const cancelPending = (tx: Tx, campaignId: string, at: Date) =>
  queryCount(tx)`
  WITH cancelled AS (
    UPDATE scheduled_emails SET status = 'cancelled', wait_reason = NULL, ended_at = ${at}, updated_at = ${at}
    WHERE campaign_id = ${campaignId}::uuid AND status = 'pending'
    RETURNING 1
  )
  SELECT count(*)::int AS count FROM cancelled`
