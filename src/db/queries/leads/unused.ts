import { Prisma } from '@/db/generated/client'

/** Fragment: true when the lead `l` is in no batch but this one, was never emailed or planned for, and has not written. */
export const isUnused = (batchId?: string) => Prisma.sql`
  l.emails_sent = 0 AND l.last_contacted_at IS NULL
  AND NOT EXISTS (SELECT FROM batch_leads o WHERE o.lead_id = l.id ${batchId ? Prisma.sql`AND o.batch_id <> ${batchId}::uuid` : Prisma.empty})
  AND NOT EXISTS (SELECT FROM scheduled_emails se WHERE se.lead_id = l.id)
  AND NOT EXISTS (SELECT FROM received_messages r WHERE r.lead_id = l.id)`
