import { Prisma } from '@/db/generated/client'

/**
 * Fragment: true when a person has taken the lead out of the campaign, which plans nothing for it any more. A statement that waits
 * for the campaign's lock inside itself sees the leads of before, so whatever brings an email back may miss one: the gate asks again.
 */
export const isTakenOut = (campaignId: Prisma.Sql, leadId: Prisma.Sql) => Prisma.sql`EXISTS (
  SELECT 1 FROM campaign_taken_out_leads t WHERE t.campaign_id = ${campaignId} AND t.lead_id = ${leadId})`
