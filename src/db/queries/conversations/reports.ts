import { Prisma } from '@/db/generated/client'

/**
 * Fragment: true where the message `r` about the email `se` is a complaint, or says that its address is dead, and counts: forged
 * reports count nowhere, and neither do those that a person has corrected.
 */
export const isReportOfOurs = Prisma.sql`(r.corrected_at IS NULL AND r.mailbox_id = se.mailbox_id
  AND (r.kind = 'complaint' OR (r.kind = 'bounce' AND r.details @> '{"recipients": [{"severity": "hard"}]}')))`
