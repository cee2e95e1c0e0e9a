import { Prisma } from '../generated/client'

/** Why mails are skipped, in the words of the delivery gates. */
export type SkipOfLeads = { leadIds: readonly string[]; reason: 'lead_unmailable' | 'suppressed'; at: Date }

/**
 * Skips what is still planned for these leads, in all campaigns. Mails on the wire and mails whose delivery is unknown
 * stay as they are. Run it in a transaction that has closed the dialogue gate, or a mail that was claimed before could
 * still begin after the commit.
 */
export const skipPendingOfLeads = ({ leadIds, reason, at }: SkipOfLeads) => Prisma.sql`
  UPDATE scheduled_emails
  SET status = 'skipped', failure_reason = ${reason}, wait_reason = NULL, updated_at = ${at}
  WHERE lead_id = ANY(${leadIds}::uuid[]) AND status = 'pending'
  RETURNING id, campaign_id AS "campaignId", lead_id AS "leadId"`
