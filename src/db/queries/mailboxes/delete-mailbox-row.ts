import { execute, queryOne, type Tx } from '@/db/sql'

/**
 * A mailbox, locked so that no campaign takes it and no reply is written from it meanwhile; what it is needed for is read once it is
 * locked (`selectMailboxUse`).
 */
export const lockMailboxForDeletion = (tx: Tx, mailboxId: string) =>
  queryOne<{ fromEmail: string }>(tx)`
  SELECT from_email AS "fromEmail" FROM mailboxes WHERE id = ${mailboxId}::uuid FOR UPDATE`

/** The first campaign that uses a mailbox, and how many of its replies have not left, or may have. */
export const selectMailboxUse = (tx: Tx, mailboxId: string) =>
  queryOne<{ campaignId: string | null; campaignName: string | null; waiting: number; held: number }>(tx)`
  SELECT used.id AS "campaignId", used.name AS "campaignName", open.waiting, open.held
  FROM (SELECT count(*) FILTER (WHERE status IN ('pending', 'sending'))::int AS waiting,
               count(*) FILTER (WHERE status = 'held')::int AS held
        FROM replies WHERE mailbox_id = ${mailboxId}::uuid) open
  LEFT JOIN (SELECT c.id, c.name FROM campaign_mailboxes m JOIN campaigns c ON c.id = m.campaign_id
             WHERE m.mailbox_id = ${mailboxId}::uuid ORDER BY c.id LIMIT 1) used ON true`

/** Deletes a mailbox with the messages that were read in it and the replies that were written from it. */
export const deleteMailboxRow = (tx: Tx, mailboxId: string) =>
  execute(tx)`
  DELETE FROM mailboxes WHERE id = ${mailboxId}::uuid`
