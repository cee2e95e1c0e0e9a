import { Prisma } from '../generated/client'

/** Cancels what is planned and not on the wire. */
export const cancelPending = (campaignId: string, at: Date) => Prisma.sql`
  UPDATE scheduled_emails SET status = 'cancelled', wait_reason = NULL, updated_at = ${at}
  WHERE campaign_id = ${campaignId}::uuid AND status = 'pending'`
