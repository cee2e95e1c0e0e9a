import { queryPrepared, type Sql, type Tx } from '@/db/sql'
import type { ReceivedKind } from '@/domain/conversation/received-kind'
import type { StoredEffects } from '@/domain/conversation/stored-effects'
import type { StoredUndo } from '@/domain/conversation/stored-undo'
import { placeMoves } from './folder-places'

/** A received message as it is stored. */
export type MessageRow = {
  mailboxId: string
  folder: string
  uidValidity: bigint
  uid: number
  /** '' where it has none. */
  messageId: string
  contentHash: string
  receivedAt: Date
  sentAt: Date | null
  fromEmail: string
  fromName: string
  toEmails: readonly string[]
  subject: string
  inReplyTo: string | null
  references: readonly string[]
  threadIndex: string | null
  newText: string
  bodyText: string
  bodyHtml: string | null
  attachments: readonly { filename: string | null; type: string; bytes: number }[]
  size: number
  kind: ReceivedKind
  details: Record<string, unknown>
  matchedBy: 'in_reply_to' | 'references' | 'original' | 'sender' | 'company' | null
  scheduledEmailId: string | null
  leadId: string | null
  campaignId: string | null
}

/** What a message did, what takes that back, and how the history of its campaign says it; null where it says nothing. */
export type StoredOutcome = { effects: StoredEffects; undo: StoredUndo; event: string | null }

/**
 * Stores a message with what it did, writes that into the history of its campaign, and puts the place in its folder. False when
 * it is there already: then nothing may stay of what the transaction has done.
 */
export async function storeMessageIfNew(
  tx: Tx,
  m: MessageRow,
  { effects, undo, event }: StoredOutcome,
  { role, at }: { role: string; at: Date },
): Promise<boolean> {
  const stored = await queryPrepared<{ id: string }>(tx, 'store-message')`
  WITH stored AS (
    INSERT INTO received_messages (mailbox_id, folder, uid_validity, uid, message_id, content_hash, received_at, sent_at,
      from_email, from_name, to_emails, subject, in_reply_to, "references", thread_index, new_text, body_text, body_html, attachments, size,
      kind, details, matched_by, scheduled_email_id, lead_id, campaign_id, created_at, effects, undo)
    VALUES (${m.mailboxId}::uuid, ${m.folder}, ${String(m.uidValidity)}::bigint, ${String(m.uid)}::bigint, ${m.messageId},
      ${m.contentHash}, ${m.receivedAt}, ${m.sentAt}, ${m.fromEmail}, ${m.fromName}, ${[...m.toEmails]}::text[], ${m.subject},
      ${m.inReplyTo}, ${[...m.references]}::text[], ${m.threadIndex}, ${m.newText}, ${m.bodyText}, ${m.bodyHtml},
      ${JSON.stringify(m.attachments)}::jsonb, ${m.size}, ${m.kind}, ${JSON.stringify(m.details)}::jsonb, ${m.matchedBy},
      ${m.scheduledEmailId}::uuid, ${m.leadId}::uuid, ${m.campaignId}::uuid, ${at},
      ${JSON.stringify(effects)}::jsonb, ${JSON.stringify(undo)}::jsonb)
    ON CONFLICT (mailbox_id, message_id, content_hash) DO NOTHING
    RETURNING id
  ), noted AS (
    INSERT INTO campaign_events (campaign_id, at, kind, message, details)
    SELECT ${m.campaignId}::uuid, ${at}, 'answer_read', ${event}::text,
           jsonb_build_object('receivedMessageId', id, 'leadId', ${m.leadId}::text)
    FROM stored WHERE ${event}::text IS NOT NULL AND ${m.campaignId}::uuid IS NOT NULL
  ), placed AS (
    INSERT INTO mailbox_folders AS f (mailbox_id, path, role, uid_validity, last_uid)
    SELECT ${m.mailboxId}::uuid, ${m.folder}, ${role}, ${String(m.uidValidity)}::bigint, ${String(m.uid)}::bigint FROM stored
    ON CONFLICT (mailbox_id, path) DO UPDATE SET ${placeMoves}
  )
  SELECT id FROM stored`
  return stored.length > 0
}

/** Which of these messages of a mailbox are there already, by their place in the list. */
export async function selectStored(
  sql: Sql,
  mailboxId: string,
  messages: readonly Pick<MessageRow, 'messageId' | 'contentHash'>[],
): Promise<ReadonlySet<number>> {
  const rows = await queryPrepared<{ n: number }>(sql, 'select-stored-messages')`
  SELECT given.n::int - 1 AS n
  FROM unnest(${messages.map((one) => one.messageId)}::text[], ${messages.map((one) => one.contentHash)}::text[])
         WITH ORDINALITY AS given(message_id, content_hash, n)
  JOIN received_messages m ON m.mailbox_id = ${mailboxId}::uuid
    AND m.message_id = given.message_id AND m.content_hash = given.content_hash`
  return new Set(rows.map(({ n }) => n))
}
