import { execute, type Sql, type Tx } from '@/db/sql'

/**
 * Takes the conversations from somebody who answers them no more, those that are done as well, which the next message opens again: they
 * are nobody's, and all see them. Returns how many.
 */
export const releaseConversationsOf = (tx: Tx, { userId, at }: { userId: string; at: Date }) =>
  execute(tx)`
  UPDATE conversations SET assignee_id = NULL, version = version + 1, updated_at = ${at}
  WHERE id IN (SELECT id FROM conversations WHERE assignee_id = ${userId} ORDER BY id FOR NO KEY UPDATE)`

/** Leaves the conversations of leads to another mailbox that has messages of theirs, before this one goes with its own. */
export const moveConversationsOff = (sql: Sql, mailboxId: string) =>
  execute(sql)`
  WITH locked AS MATERIALIZED (
    SELECT id FROM conversations WHERE mailbox_id = ${mailboxId}::uuid AND lead_id IS NOT NULL ORDER BY id FOR NO KEY UPDATE
  )
  UPDATE conversations c SET mailbox_id = other.mailbox_id
  FROM (SELECT DISTINCT ON (m.conversation_id) m.conversation_id, m.mailbox_id
        FROM locked k JOIN received_messages m ON m.conversation_id = k.id
        WHERE m.mailbox_id <> ${mailboxId}::uuid
        ORDER BY m.conversation_id, m.received_at DESC, m.id DESC) other
  WHERE c.id = other.conversation_id`
