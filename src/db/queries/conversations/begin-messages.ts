import { queryPrepared, type Tx } from '@/db/sql'
import type { LeadStatus } from '@/domain/lead/status'
import type { ReaderLease } from './claim-reader'

/** The email and lead that a message acts on, locked until the transaction ends. */
export type LockedConversation = {
  email: string
  status: LeadStatus
  /** Nobody knows whether the email left; one that is on the wire as well, since its worker may have died there. */
  isHeld: boolean
  claim: number
  stopCompany: boolean
}

/** A message that its reader may store. */
export type BegunMessage = {
  /** It is not there yet, in whatever folder. */
  isNew: boolean
  /** Null where it acts on nothing, or where what it belonged to is gone. */
  conversation: LockedConversation | null
}

/** A message that is to be stored, and what it acts on: null for nothing. */
export type BeginningMessage = {
  messageId: string
  contentHash: string
  actsOn: { leadId: string; emailId: string | null } | null
}

type Row = { isNew: boolean } & { [Column in keyof LockedConversation]: LockedConversation[Column] | null }

/**
 * Begins the transaction of some messages: renews the reader's lease and locks it, then the campaigns of their leads in the order of
 * their ids, then the leads, and then the emails, each in that order (`lockCampaignsOfLeads`). Returns them in their order; null when another reader has the
 * lease, or the settings were saved since. Leads and emails are read as they are once they are locked. What to do with the company is
 * read as the statement finds it: only a draft can change that, and a campaign that has emails to answer is none. Whoever stores
 * messages of this mailbox holds the lease, so what is new here stays new.
 */
export async function beginMessagesIf(
  tx: Tx,
  { mailboxId, lease }: ReaderLease,
  {
    settingsVersion,
    leaseUntil,
    messages,
  }: { settingsVersion: number; leaseUntil: Date; messages: readonly BeginningMessage[] },
): Promise<BegunMessage[] | null> {
  const leadIds = messages.map(({ actsOn }) => actsOn?.leadId ?? null)
  const emailIds = messages.map(({ actsOn }) => actsOn?.emailId ?? null)
  const rows = await queryPrepared<Row>(tx, 'begin-messages')`
  WITH reader AS (
    UPDATE mailbox_readers SET lease_until = ${leaseUntil}
    WHERE mailbox_id = ${mailboxId}::uuid AND lease = ${lease} AND settings_version = ${settingsVersion}
    RETURNING mailbox_id
  ), locked AS MATERIALIZED (
    SELECT id FROM campaigns
    WHERE EXISTS (SELECT FROM reader)
      AND id IN (SELECT campaign_id FROM scheduled_emails WHERE lead_id = ANY(${leadIds}::uuid[]))
    ORDER BY id FOR NO KEY UPDATE
  ), lead AS MATERIALIZED (
    SELECT id, email, status FROM leads
    WHERE EXISTS (SELECT FROM reader) AND (SELECT count(*) FROM locked) >= 0 AND id = ANY(${leadIds}::uuid[])
    ORDER BY id FOR NO KEY UPDATE
  ), email AS MATERIALIZED (
    SELECT id, lead_id, campaign_id, status, claim FROM scheduled_emails
    WHERE (SELECT count(*) FROM lead) > 0 AND id = ANY(${emailIds}::uuid[])
    ORDER BY id FOR NO KEY UPDATE
  ), conversation AS MATERIALIZED (
    SELECT lead.id AS lead_id, email.id AS email_id, lead.email, lead.status, email.status IN ('held', 'sending') AS is_held,
           email.claim, c.stop_same_company
    FROM lead JOIN email ON email.lead_id = lead.id JOIN campaigns c ON c.id = email.campaign_id
  )
  SELECT found.email, found.status, found.is_held AS "isHeld", found.claim, found.stop_same_company AS "stopCompany",
         NOT EXISTS (
           SELECT FROM received_messages m WHERE m.mailbox_id = reader.mailbox_id
             AND m.message_id = given.message_id AND m.content_hash = given.content_hash OFFSET 0) AS "isNew"
  FROM reader
  CROSS JOIN unnest(${messages.map((one) => one.messageId)}::text[], ${messages.map((one) => one.contentHash)}::text[],
                    ${leadIds}::uuid[], ${emailIds}::uuid[])
             WITH ORDINALITY AS given(message_id, content_hash, lead_id, email_id, n)
  LEFT JOIN conversation found ON found.lead_id = given.lead_id AND found.email_id = given.email_id
  ORDER BY given.n`
  return rows.length === 0 ? null : rows.map(begunOf)
}

function begunOf({ isNew, email, status, isHeld, claim, stopCompany }: Row): BegunMessage {
  const isThere = email !== null && status !== null && isHeld !== null && claim !== null && stopCompany !== null
  return { isNew, conversation: isThere ? { email, status, isHeld, claim, stopCompany } : null }
}
