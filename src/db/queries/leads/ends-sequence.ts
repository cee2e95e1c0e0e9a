import { Prisma } from '@/db/generated/client'
import { REPLIED_STATUSES, UNMAILABLE_STATUSES } from '@/domain/lead/status'

/**
 * Fragment: true when the status of the lead `l` ends its sequence. `continues`: whether the campaign goes on after a
 * reply. The same lists as in `endReasonOf`.
 */
export const endsSequence = (continues: Prisma.Sql) => Prisma.sql`
  (l.status = ANY(${[...UNMAILABLE_STATUSES]}::text[]) OR (l.status = ANY(${[...REPLIED_STATUSES]}::text[]) AND NOT ${continues}))`

/** Fragment: whether this campaign goes on after a reply. */
export const continuesAfterReply = (campaignId: string) => Prisma.sql`
  (SELECT continue_after_reply FROM campaigns WHERE id = ${campaignId}::uuid)`
