import { Prisma } from '@/db/generated/client'

// A campaign that was just planned is not in the server's statistics: it takes it for a single row, and "pending" for a state
// that hardly ever occurs. Joined by campaign and lead, many emails are then compared with all of the campaign's. So what
// moves many emails finds them first, and joins by their ids, to which there is one way only.

/** Fragment: LATERAL, the emails of the lead of `row` in all campaigns, as `own`, read by the lead's index. */
export const emailsOfLead = (row: 'ahead' | 'back' | 'reopened') => Prisma.sql`LATERAL (
  SELECT e.id, e.campaign_id, e.workflow_step_number FROM scheduled_emails e
  WHERE e.lead_id = ${Prisma.raw(row)}.lead_id OFFSET 0) own`

/**
 * Fragment: true while the email, which is found by its id or by campaign and lead, is pending. In a form that no partial
 * index answers: the server would read all pending emails by idx_scheduled_emails_due, and look for that one among them.
 */
export const isStillPending = (email: 'later' | 'se') =>
  Prisma.sql`CASE ${Prisma.raw(email)}.status WHEN 'pending' THEN true ELSE false END`
