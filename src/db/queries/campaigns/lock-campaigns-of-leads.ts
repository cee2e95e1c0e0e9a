import { execute, type Tx } from '@/db/sql'

/**
 * Locks the campaigns that planned email for these leads, in the order of their ids. Results of emails are recorded
 * under the same locks, over many leads in no particular order: whoever changes several leads, or a lead and its
 * emails, takes these first, or one of the two would be ended as a deadlock.
 */
export const lockCampaignsOfLeads = (tx: Tx, leadIds: readonly string[]) =>
  execute(tx)`
  SELECT id FROM campaigns
  WHERE id IN (SELECT campaign_id FROM scheduled_emails WHERE lead_id = ANY(${leadIds}::uuid[]))
  ORDER BY id FOR NO KEY UPDATE`
