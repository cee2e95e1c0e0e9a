import { execute, queryOne, type Sql } from '@/db/sql'
import { contentSources, contentVersion, senderSources, senderVersion } from './content-version'
import { isStillPending } from './moved-emails'

/** An email that could not be made, and what it would have been made of. */
export type UnmadeEmail = {
  id: string
  campaignId: string
  contentVersion: string
  senderVersion: string
  /** Why, in one sentence. */
  reason: string
}

/**
 * Fails an email that could not be made, skips the lead's later steps, counts it, and names the lead in the campaign's
 * history. Returns for how many different leads in a row the same template had the same fault. Null, and nothing is
 * written, where the campaign does not run any more, the email is not planned any more, or something that it is made of was
 * saved meanwhile. The campaign is locked first, as by a completion that is being decided.
 */
export const failUnmadeIf = (sql: Sql, email: UnmadeEmail, now: Date) =>
  queryOne<{ inARow: number }>(sql)`
  WITH current AS MATERIALIZED (
    SELECT se.id, se.template_id, t.name AS template, concat_ws(', ', NULLIF(l.contact_name, ''), l.email) AS lead
    FROM scheduled_emails se
    JOIN campaigns c ON c.id = se.campaign_id
    JOIN leads l ON l.id = se.lead_id
    ${senderSources}
    ${contentSources}
    WHERE se.id = ${email.id}::uuid AND c.id = ${email.campaignId}::uuid AND c.status = 'running'
      AND ${contentVersion} = ${email.contentVersion} AND ${senderVersion} = ${email.senderVersion}
    FOR NO KEY UPDATE OF c
  ), failed AS (
    UPDATE scheduled_emails se
    SET status = 'failed', failed_at = ${now}, failure_reason = ${email.reason}, wait_reason = NULL,
        ended_at = ${now}, updated_at = ${now}
    FROM current WHERE se.id = current.id AND se.status = 'pending'
    RETURNING se.id, se.campaign_id, se.lead_id, se.workflow_step_number, current.template_id, current.template, current.lead
  ), later AS (
    UPDATE scheduled_emails later
    SET status = 'skipped', failure_reason = 'previous_step_not_delivered', wait_reason = NULL,
        ended_at = ${now}, updated_at = ${now}
    FROM failed
    WHERE later.campaign_id = failed.campaign_id AND later.lead_id = failed.lead_id
      AND later.workflow_step_number > failed.workflow_step_number AND ${isStillPending('later')}
  ), counted AS (
    UPDATE campaigns c
    SET emails_failed_count = c.emails_failed_count + 1, updated_at = ${now},
        fault_in_a_row = concat_ws(' ', failed.template_id, ${email.reason}::text),
        fault_leads = CASE WHEN c.fault_in_a_row = concat_ws(' ', failed.template_id, ${email.reason}::text)
                           THEN array_append(array_remove(c.fault_leads, failed.lead_id), failed.lead_id)
                           ELSE ARRAY[failed.lead_id] END
    FROM failed WHERE c.id = failed.campaign_id
    RETURNING cardinality(c.fault_leads) AS in_a_row
  ), event AS (
    INSERT INTO campaign_events (campaign_id, at, kind, message, details)
    SELECT campaign_id, ${now}::timestamptz, 'email_not_made',
           format('Step %s (“%s”) could not be made for %s: %s', workflow_step_number, template, lead, ${email.reason}::text),
           jsonb_build_object('emailId', id, 'leadId', lead_id, 'templateId', template_id)
    FROM failed
  )
  SELECT in_a_row AS "inARow" FROM counted`

/** Forgets the faults in a row: an email was made, or the campaign was paused for those that were not. */
export const clearFaultsInARow = (sql: Sql, campaignId: string) =>
  execute(sql)`
  UPDATE campaigns SET fault_in_a_row = NULL, fault_leads = '{}'
  WHERE id = ${campaignId}::uuid AND fault_in_a_row IS NOT NULL`
