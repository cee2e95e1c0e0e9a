import { Prisma } from '@/db/generated/client'
import { isAtOrBelow } from '@/db/queries/leads/lead-domain'
import { queryOne, queryPrepared, type Sql } from '@/db/sql'

/** An email that left, or may have left, and by which key it was found. */
export type FoundEmail = {
  via: 'id' | 'address' | 'company'
  key: string
  id: string
  /** Null for a reply to somebody who is no lead. */
  leadId: string | null
  campaignId: string | null
  mailboxId: string
  messageIds: string[]
  to: string
  /** Of its lead: the present one, and those before it was corrected. */
  leadAddresses: string[]
  subject: string
  sentAt: Date
  isOpen: boolean
  /** Nobody knows yet whether it left. */
  isInDoubt: boolean
  /** An answer also ends the sequences of others at the same company. */
  stopCompany: boolean
  /** Null for a planned email; else with which of those the conversation of this reply began, and all whom it went to. */
  reply: { plannedEmailId: string | null; isForward: boolean; recipients: readonly string[] } | null
}

// Of a lead with a long history the latest ones are enough, and of a large company, too.
const MOST_BY_ADDRESS = 200
const MOST_BY_COMPANY = 50

/** What is looked up: Message-IDs, addresses of leads, domains of their companies, which have addresses there and below. */
export type EmailKeys = { messageIds: readonly string[]; addresses: readonly string[]; domains: readonly string[] }

/**
 * Emails by Message-ID (ours or the provider's), by the addresses of leads, the former ones too, and by the domains of their companies, each with the
 * key that found it, for any number of messages at once; by Message-ID also replies that one of us has written. What is planned and
 * was never tried is not among them. One that was not recorded yet is found by its own id within its Message-ID.
 */
export const lookUpEmails = (sql: Sql, { messageIds, addresses, domains }: EmailKeys) =>
  queryPrepared<FoundEmail>(sql, 'look-up-emails')`
  WITH found AS (
    SELECT 'id' AS via, e.message_id AS key, e.id FROM emails e WHERE e.message_id = ANY(${messageIds}::text[])
    UNION
    SELECT 'id', e.provider_message_id, e.id FROM emails e WHERE e.provider_message_id = ANY(${messageIds}::text[])
    UNION
    SELECT 'id', se.message_id, se.id FROM scheduled_emails se
    WHERE se.id = ANY(${idsWithin(messageIds)}::uuid[]) AND se.message_id = ANY(${messageIds}::text[])
    UNION ALL
    SELECT 'address', asked.address, latest.id FROM unnest(${addresses}::text[]) asked(address)
    CROSS JOIN LATERAL (
      SELECT se.id FROM (SELECT id FROM leads WHERE email = asked.address
                         UNION SELECT lead_id FROM lead_former_addresses WHERE email = asked.address) l
      JOIN scheduled_emails se ON se.lead_id = l.id
      WHERE ${mayHaveLeft}
      ORDER BY se.id DESC LIMIT ${MOST_BY_ADDRESS}) latest
    UNION ALL
    SELECT 'company', asked.domain, latest.id FROM unnest(${domains}::text[]) asked(domain)
    CROSS JOIN LATERAL (
      SELECT se.id FROM leads l JOIN scheduled_emails se ON se.lead_id = l.id
      WHERE ${isAtOrBelow(Prisma.sql`asked.domain`)} AND ${mayHaveLeft}
      ORDER BY se.sent_at DESC NULLS LAST LIMIT ${MOST_BY_COMPANY}) latest
  )
  SELECT found.via, found.key, email.*
  FROM found
  -- With LIMIT the server looks each email up, and never reads all leads and emails for many messages.
  CROSS JOIN LATERAL (
    SELECT se.id, se.lead_id AS "leadId", se.campaign_id AS "campaignId", se.mailbox_id AS "mailboxId",
           array_remove(ARRAY[se.message_id, e.provider_message_id], NULL) AS "messageIds",
           COALESCE(e.to_email, l.email) AS to,
           ARRAY(SELECT l.email UNION ALL SELECT f.email FROM lead_former_addresses f WHERE f.lead_id = l.id) AS "leadAddresses",
           COALESCE(e.subject, t.subject) AS subject,
           COALESCE(se.sent_at, se.sending_since, se.scheduled_for) AS "sentAt",
           EXISTS (SELECT 1 FROM scheduled_emails o WHERE o.campaign_id = se.campaign_id AND o.lead_id = se.lead_id
                   AND o.status IN ('pending', 'sending', 'held')) AS "isOpen",
           se.status IN ('held', 'sending') AS "isInDoubt", c.stop_same_company AS "stopCompany",
           NULL::jsonb AS reply
    FROM scheduled_emails se
    JOIN leads l ON l.id = se.lead_id
    JOIN campaigns c ON c.id = se.campaign_id
    JOIN email_templates t ON t.id = se.template_id
    LEFT JOIN emails e ON e.id = se.id
    WHERE se.id = found.id AND ${mayHaveLeft} LIMIT 1) email
  UNION ALL
  SELECT 'id', key.id, p.id, p.lead_id, se.campaign_id, p.mailbox_id, array_remove(ARRAY[p.message_id, p.provider_message_id], NULL),
         p.to_emails[1], ARRAY[]::text[], p.subject, COALESCE(p.sent_at, p.sending_since, p.due_at), false, p.status IN ('held', 'sending'), false,
         jsonb_build_object('plannedEmailId', p.scheduled_email_id, 'isForward', p.kind = 'forward',
                            'recipients', p.to_emails || p.cc_emails)
  FROM replies p
  LEFT JOIN scheduled_emails se ON se.id = p.scheduled_email_id
  CROSS JOIN LATERAL unnest(ARRAY[p.message_id, p.provider_message_id]) AS key(id)
  WHERE (p.message_id = ANY(${messageIds}::text[]) OR p.provider_message_id = ANY(${messageIds}::text[]))
    AND key.id = ANY(${messageIds}::text[]) AND p.claim > 0`

const mayHaveLeft = Prisma.sql`(se.status IN ('sent', 'sending', 'held') OR se.claim > 0)`

const idsWithin = (messageIds: readonly string[]): string[] =>
  messageIds.flatMap((id) => /^<([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})@/.exec(id)?.[1] ?? [])

/** The Message-ID of a planned email that may have left; null for any other. */
export const selectMessageId = (sql: Sql, id: string) =>
  queryOne<{ messageId: string }>(sql)`
  SELECT se.message_id AS "messageId" FROM scheduled_emails se WHERE se.id = ${id}::uuid AND ${mayHaveLeft}`
