import { Prisma } from '@/db/generated/client'
import { stopsCompanyOf } from '../leads/ends-sequence'
import { isReportOfOurs } from './reports'

// A bounce ends it at its own address alone. A report about a reply to several people may be about another one of them.
const isAboutLead = Prisma.sql`
  CASE WHEN r.kind = 'bounce' THEN COALESCE(r.effects -> 'reportedOf' ? l.email, COALESCE(e.to_email, l.email) = l.email)
       ELSE COALESCE(r.effects -> 'reportedOf' ?| ARRAY[l.email, COALESCE(e.to_email, l.email)], true) END`

/** Fragment: true when the message `r` about the email `se`, with the record `e` of that, by itself ends the sequence of its lead `l`. */
export const endsSequenceItself = Prisma.sql`
  (r.kind = 'human' OR (r.kind = 'stop_request' AND NOT r.effects ? 'byOther') OR (r.corrected_at IS NULL AND r.details ? 'byHand')
    OR (${isReportOfOurs} AND ${isAboutLead}))`

// After these, campaigns that go on after a reply go on.
const isAnswer = Prisma.sql`r.kind IN ('human', 'own')`
const cameSince = (moment: Prisma.Sql) => Prisma.sql`GREATEST(r.created_at, r.corrected_at) >= (${moment})`

/**
 * Fragment: the messages, as (id, undo, created_at, reason), that end the email `planned` of the campaign `c` to the lead `l`, and came or
 * were corrected at this moment or later: those of its lead, and those of colleagues that stop the company.
 */
export const endingMessages = (moment: Prisma.Sql) => Prisma.sql`(
  SELECT r.id, r.undo, r.created_at,
         CASE r.kind WHEN 'human' THEN 'lead_replied' WHEN 'own' THEN 'answered_by_hand' WHEN 'bounce' THEN 'lead_bounced'
           WHEN 'complaint' THEN 'lead_complained'
           ELSE CASE WHEN r.effects ? 'asksPerson' THEN 'asks_to_stop' ELSE 'lead_unsubscribed' END END AS reason
  FROM received_messages r
  JOIN scheduled_emails se ON se.id = r.scheduled_email_id
  LEFT JOIN emails e ON e.id = se.id
  WHERE r.lead_id = planned.lead_id AND r.matched_by IS NOT NULL AND ${endsSequenceItself}
    AND NOT (c.continue_after_reply AND ${isAnswer}) AND ${cameSince(moment)}
  UNION ALL
  SELECT r.id, r.undo, r.created_at, 'company_replied' FROM received_messages r
  WHERE ${stopsCompanyOf(Prisma.sql`planned.campaign_id`, Prisma.sql`planned.lead_id`)}
    AND c.stop_same_company AND NOT c.continue_after_reply AND ${cameSince(moment)})`
