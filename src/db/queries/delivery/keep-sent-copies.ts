import { execute, type Sql } from '@/db/sql'

/** Keeps messages that were sent until they lie in Sent, where the reader of their mailbox asks for that. Returns how many. */
export const keepSentCopies = (
  sql: Sql,
  { copies, acceptedAt }: { copies: readonly { id: string; raw: Buffer }[]; acceptedAt: Date },
) =>
  execute(sql)`
  INSERT INTO sent_copies (email_id, mailbox_id, raw, accepted_at)
  SELECT se.id, se.mailbox_id, copy.raw, ${acceptedAt}::timestamptz
  FROM unnest(${copies.map(({ id }) => id)}::uuid[], ${copies.map(({ raw }) => raw)}::bytea[]) AS copy(id, raw)
  JOIN scheduled_emails se ON se.id = copy.id AND se.status = 'sent'
  JOIN mailbox_readers r ON r.mailbox_id = se.mailbox_id AND r.appends_sent AND r.files_sent = false
  ON CONFLICT (email_id) DO NOTHING`

/** The same for a reply. */
export const keepReplyCopy = (
  sql: Sql,
  { replyId, raw, acceptedAt }: { replyId: string; raw: Buffer; acceptedAt: Date },
) =>
  execute(sql)`
  INSERT INTO sent_copies (reply_id, mailbox_id, raw, accepted_at)
  SELECT p.id, p.mailbox_id, ${raw}::bytea, ${acceptedAt}::timestamptz
  FROM replies p JOIN mailbox_readers r ON r.mailbox_id = p.mailbox_id AND r.appends_sent AND r.files_sent = false
  WHERE p.id = ${replyId}::uuid AND p.status = 'sent'
  ON CONFLICT (reply_id) DO NOTHING`
