import { Prisma } from '@/db/generated/client'

// How far the clocks of two processes may be apart. What one of them writes so shortly before, and really was before, has found the email
// pending and skipped it, so it does no harm to count it.
const CLOCKS_APART = Prisma.sql`interval '2 seconds'`

/**
 * Fragment: since when, by anybody's clock, a message or an answer may not have found the email `alias` pending: it began to leave then,
 * or the step before it did, with which it was skipped and comes back, or it ended. Null where none of that is so.
 */
export const notPendingSince = (alias: 'planned' | 'se') => {
  const email = Prisma.raw(alias)
  return Prisma.sql`LEAST(${email}.ended_at, COALESCE(${email}.sending_since, (
    SELECT max(earlier.sending_since) FROM scheduled_emails earlier
    WHERE earlier.campaign_id = ${email}.campaign_id AND earlier.lead_id = ${email}.lead_id AND earlier.status <> 'sent'
      AND earlier.workflow_step_number < ${email}.workflow_step_number))) - ${CLOCKS_APART}`
}
