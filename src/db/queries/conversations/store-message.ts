import { execute, queryOne, type Tx } from '@/db/sql'
import type { ReceivedKind } from '@/domain/conversation/received-kind'
import type { StoredUndo } from '@/domain/conversation/stored-undo'

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

/** Stores a message and returns its id; null when it is there already, in whatever folder: it has done what it does. */
export const insertMessageIfNew = (tx: Tx, m: MessageRow, at: Date) =>
  queryOne<{ id: string }>(tx)`
  INSERT INTO received_messages (mailbox_id, folder, uid_validity, uid, message_id, content_hash, received_at, sent_at,
    from_email, from_name, to_emails, subject, in_reply_to, "references", thread_index, new_text, body_text, body_html, attachments, size,
    kind, details, matched_by, scheduled_email_id, lead_id, campaign_id, created_at)
  VALUES (${m.mailboxId}::uuid, ${m.folder}, ${String(m.uidValidity)}::bigint, ${String(m.uid)}::bigint, ${m.messageId},
    ${m.contentHash}, ${m.receivedAt}, ${m.sentAt}, ${m.fromEmail}, ${m.fromName}, ${[...m.toEmails]}::text[], ${m.subject},
    ${m.inReplyTo}, ${[...m.references]}::text[], ${m.threadIndex}, ${m.newText}, ${m.bodyText}, ${m.bodyHtml},
    ${JSON.stringify(m.attachments)}::jsonb, ${m.size}, ${m.kind}, ${JSON.stringify(m.details)}::jsonb, ${m.matchedBy},
    ${m.scheduledEmailId}::uuid, ${m.leadId}::uuid, ${m.campaignId}::uuid, ${at})
  ON CONFLICT (mailbox_id, message_id, content_hash) DO NOTHING
  RETURNING id`

/** Writes down what a message did, and what takes it back. */
export const writeEffects = (
  tx: Tx,
  { id, effects, undo }: { id: string; effects: Record<string, unknown>; undo: StoredUndo },
) =>
  execute(tx)`
  UPDATE received_messages SET effects = ${JSON.stringify(effects)}::jsonb, undo = ${JSON.stringify(undo)}::jsonb
  WHERE id = ${id}::uuid`
