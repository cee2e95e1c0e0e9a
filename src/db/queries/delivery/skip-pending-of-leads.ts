import { execute, type Tx } from '@/db/sql'

/** Why emails are skipped, in the words of the delivery gates. */
export type SkipOfLeads = { leadIds: readonly string[]; reason: 'lead_unmailable' | 'suppressed'; at: Date }

/**
 * Skips what is still planned for these leads, in all campaigns, and returns how many emails that were. Emails on the wire and emails whose delivery is unknown
 * stay as they are. Run it behind the closed send gate, or an email that was claimed before could
 * still begin after the commit.
 */
export const skipPendingOfLeads = (tx: Tx, { leadIds, reason, at }: SkipOfLeads) =>
  execute(tx)`
  UPDATE scheduled_emails
  SET status = 'skipped', failure_reason = ${reason}, wait_reason = NULL, updated_at = ${at}
  WHERE lead_id = ANY(${leadIds}::uuid[]) AND status = 'pending'
  RETURNING id, campaign_id AS "campaignId", lead_id AS "leadId"`
