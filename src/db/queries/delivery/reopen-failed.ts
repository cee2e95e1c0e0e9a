import { queryCount, type Tx } from '@/db/sql'
import { emailsOfLead } from './moved-emails'

/**
 * Puts failed emails back with their attempts reset, and the steps that were skipped because of them, shifted so that
 * the gaps to the failed step hold. Why they failed stays until a new attempt has an answer. Returns how many failed
 * ones were.
 */
export const reopenFailed = (
  tx: Tx,
  {
    campaignId,
    ids,
    now,
  }: {
    campaignId: string
    ids: readonly string[]
    now: Date
  },
) =>
  queryCount(tx)`
  WITH reopened AS (
    UPDATE scheduled_emails
    SET status = 'pending', scheduled_for = GREATEST(scheduled_for, ${now}), retry_count = 0, failed_at = NULL,
        ended_at = NULL, wait_reason = NULL, updated_at = ${now}
    WHERE campaign_id = ${campaignId}::uuid AND status = 'failed' AND id = ANY(${[...ids]}::uuid[])
    RETURNING new.lead_id, new.workflow_step_number, new.scheduled_for - old.scheduled_for AS shift
  ), later AS (
    UPDATE scheduled_emails later
    SET status = 'pending', failure_reason = NULL, ended_at = NULL,
        scheduled_for = later.scheduled_for + reopened.shift, updated_at = ${now}
    FROM reopened CROSS JOIN ${emailsOfLead('reopened')}
    WHERE later.id = own.id AND own.campaign_id = ${campaignId}::uuid AND later.status = 'skipped'
      AND later.failure_reason = 'previous_step_not_delivered'
      AND own.workflow_step_number > reopened.workflow_step_number
  ), counters AS (
    UPDATE campaigns SET emails_failed_count = emails_failed_count - (SELECT count(*)::int FROM reopened), updated_at = ${now}
    WHERE id = ${campaignId}::uuid
  )
  SELECT count(*)::int AS count FROM reopened`
