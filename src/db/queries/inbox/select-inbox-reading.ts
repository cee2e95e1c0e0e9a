import { queryOne, type Sql } from '@/db/sql'

/** How many mailboxes there are, how many have a way in, and how many of them were read once. */
export type InboxReading = { mailboxes: number; withWayIn: number; read: number; hasConversations: boolean }

export const selectInboxReading = (sql: Sql) =>
  queryOne<InboxReading>(sql)`
  SELECT count(*)::int AS mailboxes, count(r.mailbox_id)::int AS "withWayIn", count(r.last_read_at)::int AS read,
         EXISTS (SELECT FROM conversations) AS "hasConversations"
  FROM mailboxes m LEFT JOIN mailbox_readers r ON r.mailbox_id = m.id`
