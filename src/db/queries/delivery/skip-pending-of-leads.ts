import { execute, type Tx } from '@/db/sql'

/** Why emails are skipped, in the words of the delivery gates. */
export type SkipOfLeads = { leadIds: readonly string[]; reason: 'lead_unmailable' | 'suppressed'; at: Date }

/**
 * Skips the pending emails of these leads, in all campaigns. Returns how many. Emails on the wire and held ones stay as
 * they are. Runs behind the closed send gate, or an email that was claimed before could still begin after the commit.
 */
export const skipPendingOfLeads = (tx: Tx, { leadIds, reason, at }: SkipOfLeads) =>
  execute(tx)`
  UPDATE scheduled_emails
  SET status = 'skipped', failure_reason = ${reason}, wait_reason = NULL, updated_at = ${at}
  WHERE lead_id = ANY(${leadIds}::uuid[]) AND status = 'pending'
  RETURNING id, campaign_id AS "campaignId", lead_id AS "leadId"`
