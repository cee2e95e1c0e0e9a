import { execute, type Sql, type Tx } from '@/db/sql'

/** Takes open conversations from somebody who leaves the team: they are nobody's, and all see them. Returns how many. */
export const releaseConversationsOf = (tx: Tx, { userId, at }: { userId: string; at: Date }) =>
  execute(tx)`
  UPDATE conversations SET assignee_id = NULL, version = version + 1, updated_at = ${at}
  WHERE assignee_id = ${userId} AND scope <> 'done'`

/** Leaves the conversations of leads to another mailbox that has messages of theirs, before this one goes with its own. */
export const moveConversationsOff = (sql: Sql, mailboxId: string) =>
  execute(sql)`
  UPDATE conversations c SET mailbox_id = other.mailbox_id
  FROM (SELECT DISTINCT ON (m.conversation_id) m.conversation_id, m.mailbox_id
        FROM conversations k JOIN received_messages m ON m.conversation_id = k.id
        WHERE k.mailbox_id = ${mailboxId}::uuid AND k.lead_id IS NOT NULL AND m.mailbox_id <> k.mailbox_id
        ORDER BY m.conversation_id, m.received_at DESC, m.id DESC) other
  WHERE c.id = other.conversation_id`
