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

type Row = { isNew: boolean } & { [Column in keyof LockedConversation]: LockedConversation[Column] | null }

/**
 * Begins a message's transaction: renews the reader's lease and locks it, then the campaigns of the lead in the order of their
 * ids (`lockCampaignsOfLeads`), then the lead with the email. Null when another reader has the lease, or the settings were saved
 * since. Lead and email are read as they are once they are locked. What to do with the company is read as the statement finds it: only a
 * draft can change that, and a campaign that has emails to answer is none. Whoever stores messages of this mailbox holds the lease, so
 * what is new here stays new.
 */
export async function beginMessageIf(
  tx: Tx,
  { mailboxId, lease }: ReaderLease,
  {
    settingsVersion,
    leaseUntil,
    message,
    actsOn,
  }: {
    settingsVersion: number
    leaseUntil: Date
    message: { messageId: string; contentHash: string }
    actsOn: { leadId: string; emailId: string } | null
  },
): Promise<BegunMessage | null> {
  const [row] = await queryPrepared<Row>(tx, 'begin-message')`
  WITH reader AS (
    UPDATE mailbox_readers SET lease_until = ${leaseUntil}
    WHERE mailbox_id = ${mailboxId}::uuid AND lease = ${lease} AND settings_version = ${settingsVersion}
    RETURNING mailbox_id
  ), locked AS MATERIALIZED (
    SELECT id FROM campaigns
    WHERE EXISTS (SELECT FROM reader)
      AND id IN (SELECT campaign_id FROM scheduled_emails WHERE lead_id = ${actsOn?.leadId ?? null}::uuid)
    ORDER BY id FOR NO KEY UPDATE
  ), conversation AS MATERIALIZED (
    SELECT l.email, l.status, se.status IN ('held', 'sending') AS "isHeld", se.claim, c.stop_same_company AS "stopCompany"
    FROM leads l JOIN scheduled_emails se ON se.lead_id = l.id JOIN campaigns c ON c.id = se.campaign_id
    WHERE (SELECT count(*) FROM locked) > 0
      AND l.id = ${actsOn?.leadId ?? null}::uuid AND se.id = ${actsOn?.emailId ?? null}::uuid
    FOR NO KEY UPDATE OF l, se
  )
  SELECT conversation.*, NOT EXISTS (
    SELECT FROM received_messages m WHERE m.mailbox_id = reader.mailbox_id
      AND m.message_id = ${message.messageId} AND m.content_hash = ${message.contentHash}) AS "isNew"
  FROM reader LEFT JOIN conversation ON true`
  if (!row) return null
  const { isNew, email, status, isHeld, claim, stopCompany } = row
  const isThere = email !== null && status !== null && isHeld !== null && claim !== null && stopCompany !== null
  return { isNew, conversation: isThere ? { email, status, isHeld, claim, stopCompany } : null }
}
