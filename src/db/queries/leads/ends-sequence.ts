import { Prisma } from '@/db/generated/client'
import { REPLIED_STATUSES, UNMAILABLE_STATUSES } from '@/domain/lead/status'
import { isAtOrBelow } from './lead-domain'

/**
 * Fragment: true when the status of the lead `l` ends its sequence. `continues`: whether the campaign goes on after a
 * reply. The same lists as in `endReasonOf`.
 */
export const endsSequence = (continues: Prisma.Sql) => Prisma.sql`
  (l.status = ANY(${[...UNMAILABLE_STATUSES]}::text[]) OR (l.status = ANY(${[...REPLIED_STATUSES]}::text[]) AND NOT ${continues}))`

/** Fragment: whether this campaign goes on after a reply. */
export const continuesAfterReply = (campaignId: string) => Prisma.sql`
  (SELECT continue_after_reply FROM campaigns WHERE id = ${campaignId}::uuid)`

/** Fragment: true when an answer of ours has left to the lead at this moment or later. */
export const isAnsweredSince = (leadId: Prisma.Sql, moment: Prisma.Sql) => Prisma.sql`EXISTS (
  SELECT FROM replies p WHERE p.lead_id = ${leadId} AND p.kind = 'answer' AND p.status = 'sent' AND p.ended_at >= (${moment}))`

/** Fragment: true when the message `r` of a colleague has stopped the company of the lead `l` in the campaign `campaignId`. */
export const stopsCompanyOf = (campaignId: Prisma.Sql, leadId: Prisma.Sql) => Prisma.sql`
  (r.campaign_id = ${campaignId} AND r.kind = 'human' AND r.lead_id <> ${leadId} AND r.effects ? 'company'
    AND ${isAtOrBelow(Prisma.sql`(r.effects ->> 'company')`)})`

/**
 * Fragment: why the email `se` of the campaign `c` to the lead `l` is to stay where it is although the status of its lead says nothing:
 * since it was planned one of us has answered, a wish to stop waits for a person, or a colleague has replied for the company. Null where
 * nothing keeps it from being planned again. As messages and replies skip what is pending (`skipPendingOfEach`), for what was not pending then.
 */
export const heldBackByAnswer = Prisma.sql`
  CASE WHEN EXISTS (SELECT FROM received_messages r WHERE r.lead_id = se.lead_id AND r.effects ? 'asksPerson'
                      AND GREATEST(r.created_at, r.corrected_at) >= se.created_at) THEN 'asks_to_stop'
       WHEN c.continue_after_reply THEN NULL
       WHEN ${isAnsweredSince(Prisma.sql`se.lead_id`, Prisma.sql`se.created_at`)}
         OR EXISTS (SELECT FROM received_messages r WHERE r.lead_id = se.lead_id AND r.corrected_at IS NULL AND r.details ? 'byHand'
                      AND r.created_at >= se.created_at) THEN 'answered_by_hand'
       WHEN c.stop_same_company AND EXISTS (SELECT FROM received_messages r WHERE ${stopsCompanyOf(Prisma.sql`se.campaign_id`, Prisma.sql`se.lead_id`)}
                      AND GREATEST(r.created_at, r.corrected_at) >= se.created_at) THEN 'company_replied' END`
