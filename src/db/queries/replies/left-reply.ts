import { Prisma } from '@/db/generated/client'
import type { ReplyKind } from '@/domain/reply/state'

/** A reply after a change that may have made it an answer. */
export type LeftReply = {
  leadId: string | null
  conversationId: string | null
  kind: ReplyKind
  /** When it left, where this change shows that it did; null where it did not, or that was known before. */
  answeredAt: Date | null
  /** When it was written. */
  writtenAt: Date
  subject: string
  bodyText: string
}

/** What `UPDATE replies` returns for the parts below, as `changed`. */
export const returningChanged = Prisma.sql`
    RETURNING new.status, old.status AS was, new.kind, new.subject, new.body_text, new.lead_id, new.conversation_id, new.mailbox_id, new.sending_since,
              new.created_at, COALESCE(new.sent_at, new.sending_since) AS left_at, new.to_emails || new.cc_emails AS recipients,
              old.taken_emails AS had, new.taken_emails AS taken, new.refused_emails AS refused`

/** Locks the reply's lead, which comes before replies of ours to it (`lockCampaignsOfLeads`), as `of_lead`: the change waits for it (`leadIsLocked`). */
export const lockLeadOf = (replyId: string) => Prisma.sql`
  of_lead AS MATERIALIZED (
    SELECT id FROM leads WHERE id = (SELECT lead_id FROM replies WHERE id = ${replyId}::uuid) FOR NO KEY UPDATE
  )`
export const leadIsLocked = Prisma.sql`(SELECT count(*) FROM of_lead) >= 0`

const hadItBefore = Prisma.sql`(c.was = 'sent' OR COALESCE(l.email = ANY (c.had), false))`

/** The last contact of the lead that the reply has reached with this change. */
export const contactLead = (now: Date) => Prisma.sql`
    UPDATE leads l SET last_contacted_at = GREATEST(l.last_contacted_at, c.sending_since), updated_at = ${now}
    FROM changed c
    WHERE l.id = c.lead_id AND l.email = ANY (c.recipients) AND NOT ${hadItBefore}
      AND (l.email = ANY (c.taken) OR (c.status = 'sent' AND l.email <> ALL (c.refused)))`

/** A `LeftReply`: it has left once it is sent, and for its lead as soon as a server has taken it for that address. */
export const selectLeft = Prisma.sql`
  SELECT c.kind, c.lead_id AS "leadId", c.conversation_id AS "conversationId", c.created_at AS "writtenAt", c.subject, c.body_text AS "bodyText",
         CASE WHEN NOT ${hadItBefore} AND (c.status = 'sent' OR l.email = ANY (c.taken)) THEN c.left_at END AS "answeredAt"
  FROM changed c LEFT JOIN leads l ON l.id = c.lead_id`
