import { execute, type Tx } from '@/db/sql'

/**
 * Locks the campaigns that planned email for these leads, in the order of their ids. Results of emails are recorded
 * under the same locks, over many leads in no particular order: a change to several leads, or to a lead and its emails,
 * takes these first, or PostgreSQL would end one of the two as a deadlock. Then come the leads, their emails, replies of ours to
 * them, and their conversations at last; several of a kind in the order of their ids.
 */
export const lockCampaignsOfLeads = (tx: Tx, leadIds: readonly string[]) =>
  execute(tx)`
  SELECT id FROM campaigns
  WHERE id IN (SELECT campaign_id FROM scheduled_emails WHERE lead_id = ANY(${leadIds}::uuid[]))
  ORDER BY id FOR NO KEY UPDATE`

/** The same for the campaigns of these emails: what comes after sees all that those have committed who were waited for. */
export const lockCampaignsOfEmails = (tx: Tx, emailIds: readonly string[]) =>
  execute(tx)`
  SELECT id FROM campaigns
  WHERE id IN (SELECT campaign_id FROM scheduled_emails WHERE id = ANY(${emailIds}::uuid[]))
  ORDER BY id FOR NO KEY UPDATE`
